"""All promo codes of a program -> which of them match a used code, by text alone.

Dates, states and programs are no business of this layer. `match_one` and `match_column` answer the
same question for one used code and for a column of distinct ones; they agree exactly.
"""

from collections.abc import Sequence
from functools import cached_property
from itertools import chain
from typing import Final, NamedTuple, Protocol

import numpy as np
import polars as pl

from attribution.matching.column import Columns
from attribution.matching.decider import Decider
from attribution.matching.literal_table import LiteralTable, Pairs, joined
from attribution.matching.plan import Plan
from attribution.matching.single import Single
from attribution.terms import LiteralCase, MatchMode, RegexMatch

LONGEST: Final = 400
"""Characters; longer used codes are no promo codes, and are matched one at a time."""

_ASCII_LOWER: Final = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


class PromoCodeText(Protocol):
    """What of a promo code matters here."""

    @property
    def id(self) -> str:
        """Names the promo code in errors."""
    @property
    def code(self) -> str:
        """The literal or the pattern."""
    @property
    def match_mode(self) -> MatchMode:
        """Which of the two it is."""


class MatchSettings(Protocol):
    """What of the settings matters here."""

    @property
    def literal_case(self) -> LiteralCase:
        """How literals are compared."""
    @property
    def regex_match(self) -> RegexMatch:
        """How patterns are applied."""


class _Rule(NamedTuple):
    """A promo code as far as it matters here: all that a copy of the matcher needs."""

    id: str
    code: str
    match_mode: MatchMode


class _Settings(NamedTuple):
    """The settings that matter here."""

    literal_case: LiteralCase
    regex_match: RegexMatch


class Matcher:
    """Immutable; may be shared by threads. Pickling carries the promo codes only, the rest is made again.

    Construction reads the patterns (10 µs each where patterns are alike, 100 µs where each is its
    own); indices and tables are made when first used.
    """

    def __init__(self, promo_codes: Sequence[PromoCodeText], settings: MatchSettings) -> None:
        self._rules = [_Rule(rule.id, rule.code, rule.match_mode) for rule in promo_codes]
        self._settings = _Settings(settings.literal_case, settings.regex_match)
        self._ignore_case = settings.literal_case == LiteralCase.INSENSITIVE
        search = settings.regex_match == RegexMatch.SEARCH
        is_pattern = [rule.match_mode == MatchMode.RE for rule in self._rules]
        self._plan = Plan(
            ((index, rule.code) for index, rule in enumerate(self._rules) if is_pattern[index]), search=search
        )
        self._has_patterns = any(is_pattern)
        self._decider = Decider([rule.id for rule in self._rules], [rule.code for rule in self._rules], search=search)

    def __reduce__(self) -> tuple[type["Matcher"], tuple[list[_Rule], _Settings]]:
        """Leave out whatever is compiled."""
        return Matcher, (self._rules, self._settings)

    def match_one(self, used_code: str) -> tuple[int, ...]:
        """Indices of the promo codes that match a stripped used code, ascending."""
        literal = self._literals.get(self._key(used_code), ())
        if not self._has_patterns:
            return literal
        found = self._single.matches(used_code)
        return tuple(sorted(chain(literal, found))) if found else literal

    def match_column(self, used_codes: pl.Series) -> pl.DataFrame:
        """Distinct stripped used codes -> used_code String, promo_index UInt32: one row per match, unordered.

        Nulls match nothing.
        """
        codes = used_codes.cast(pl.String).drop_nulls().rechunk()
        if codes.is_empty():
            return pl.DataFrame(schema={"used_code": pl.String, "promo_index": pl.UInt32})
        size = codes.str.len_bytes()
        plain = (size == codes.str.len_chars()) & (size <= LONGEST)
        rows = plain.arg_true().to_numpy()
        regular = codes if len(rows) == len(codes) else codes.gather(rows)
        odd = (~plain).arg_true().to_list()
        parts = [
            (rows[found], indices)
            for found, indices in (self._literal_pairs(regular), self._pattern_pairs(regular))
        ]
        parts.append(self._one_by_one(odd, codes.gather(odd).to_list()))
        row, index = joined(parts)
        return pl.DataFrame({"used_code": codes.gather(row), "promo_index": index})

    def _key(self, used_code: str) -> str:
        """The used code as literals are compared: with ASCII folding only, where case is ignored."""
        if not self._ignore_case:
            return used_code
        return used_code.lower() if used_code.isascii() else used_code.translate(_ASCII_LOWER)

    def _literal_pairs(self, regular: pl.Series) -> Pairs:
        """Literal matches of ASCII used codes."""
        return self._table.find(regular.str.to_lowercase() if self._ignore_case else regular)

    def _pattern_pairs(self, regular: pl.Series) -> Pairs:
        """Pattern matches of ASCII used codes."""
        return self._columns.matches(regular) if self._has_patterns else joined([])

    def _one_by_one(self, rows: Sequence[int], used_codes: Sequence[str]) -> Pairs:
        """Matches of the few used codes that are beyond ASCII or very long."""
        pairs = [
            (row, index) for row, code in zip(rows, used_codes, strict=True) for index in self.match_one(code)
        ]
        array = np.array(pairs, dtype=np.uint32).reshape(-1, 2)
        return array[:, 0], array[:, 1]

    @cached_property
    def _literals(self) -> dict[str, tuple[int, ...]]:
        """Literal as compared -> indices of its promo codes, ascending."""
        found: dict[str, tuple[int, ...]] = {}
        for index, rule in enumerate(self._rules):
            if rule.match_mode == MatchMode.LI:
                key = self._key(rule.code)
                found[key] = (*found[key], index) if key in found else (index,)
        return found

    @cached_property
    def _table(self) -> LiteralTable:
        """The literals for columns."""
        return LiteralTable(self._literals)

    @cached_property
    def _single(self) -> Single:
        """The patterns for one used code."""
        return Single(self._plan, self._decider)

    @cached_property
    def _columns(self) -> Columns:
        """The patterns for columns."""
        return Columns(self._plan, self._decider)
