"""Literals that are compared alike, for one used code and for columns of them."""

from collections.abc import Mapping
from functools import cached_property

import polars as pl

from attribution.matching.index.pairs import Pairs
from attribution.text import fold_ascii
from attribution.text_table import TextTable


class LiteralIndex:
    """Looks literals up; its dictionary and its table are made when first used."""

    def __init__(self, texts: Mapping[int, str], *, folded: bool) -> None:
        """`texts`: index of the promo code, ascending -> literal, in lower case where `folded`."""
        self._texts = texts
        self._folded = folded

    def of_one(self, used_code: str) -> tuple[int, ...]:
        """Indices of the promo codes that equal the used code, ascending: some 0.3 us."""
        last = self._last.get(fold_ascii(used_code) if self._folded else used_code)
        if last is None:
            return ()
        return self._repeated.get(last) or (last,)

    def of_column(self, ascii_codes: pl.Series) -> Pairs:
        """Places of used codes and indices of the promo codes that equal them."""
        return self._table.find(ascii_codes.str.to_lowercase() if self._folded else ascii_codes)

    @cached_property
    def _last(self) -> dict[str, int]:
        """Literal -> index of its last promo code."""
        return {text: index for index, text in self._texts.items()}

    @cached_property
    def _repeated(self) -> dict[int, tuple[int, ...]]:
        """Where promo codes share a literal: index of the last one -> indices of all, ascending."""
        if len(self._last) == len(self._texts):
            return {}
        groups: dict[int, list[int]] = {}
        for index, text in self._texts.items():
            groups.setdefault(self._last[text], []).append(index)
        return {last: tuple(group) for last, group in groups.items() if len(group) > 1}

    @cached_property
    def _table(self) -> TextTable:
        """The ASCII literals, for columns."""
        plain = {index: text for index, text in self._texts.items() if text.isascii()}
        return TextTable(list(plain.values()), list(plain))
