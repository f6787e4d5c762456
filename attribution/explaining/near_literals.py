"""Used codes and literals that differ in letter case, white space or look-alikes, or by a slip of a finger."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final

from attribution.explaining.confusables import skeleton
from attribution.explaining.difference import BIT, Difference
from attribution.explaining.typos import TypoIndex
from attribution.matching.language import LiteralText
from attribution.matching.used_codes import is_carried
from attribution.terms import WHITE_SPACE
from attribution.text import fold_ascii

_NO_SPACE: Final = dict.fromkeys(map(ord, WHITE_SPACE))
_CASE, _SPACE = BIT[Difference.CASE], BIT[Difference.WHITE_SPACE]

TextMiss = tuple[int, int, int]
"""Place of a used code, index of a promo code, mask of the differences of their texts: 0 where they match."""


def squeezed(text: str) -> str:
    """The text without white space, also inside."""
    return text.translate(_NO_SPACE)


class NearLiterals:
    """Finds literals near used codes. What it looks them up in is made when first used: 2 us a literal."""

    def __init__(self, languages: Mapping[int, LiteralText], written: Mapping[int, str]) -> None:
        """Both by index of the promo code; `written` are the literals as the program has them."""
        self._languages = languages
        self._written = {index: text for index, text in written.items() if squeezed(text) and is_carried(text)}

    def near(self, used_codes: Sequence[str]) -> list[TextMiss]:
        """The near literals of distinct stripped used codes, and those that match; each pair once."""
        if not self._written:
            return []
        found: dict[tuple[int, int], int] = {}
        for place, code in enumerate(used_codes):
            for index in self._bare.get(_bare(code), ()):
                found[place, index] = self._spelling(code, index)
            for look, alike in zip(_looks(code), self._alike, strict=True):
                for index in alike.get(look, ()):
                    found.setdefault((place, index), BIT[Difference.LOOK_ALIKE])
        for place, text in self._typos.pairs([_bare(code) for code in used_codes]):
            for index in self._bare[self._texts[text]]:
                found.setdefault((place, index), BIT[Difference.TYPO])
        return [(place, index, mask) for (place, index), mask in found.items()]

    def _spelling(self, code: str, index: int) -> int:
        """What keeps a code and a literal apart that are equal without regard to letter case and white space."""
        literal = self._languages[index]
        if literal.accepts(code):
            return 0
        if fold_ascii(code) == fold_ascii(literal.text):
            return _CASE
        return _SPACE if squeezed(literal.compared(code)) == squeezed(literal.text) else _CASE | _SPACE

    @cached_property
    def _bare(self) -> dict[str, list[int]]:
        return _grouped((_bare(text), index) for index, text in self._written.items())

    @cached_property
    def _texts(self) -> list[str]:
        return list(self._bare)

    @cached_property
    def _typos(self) -> TypoIndex:
        return TypoIndex(self._texts)

    @cached_property
    def _alike(self) -> tuple[dict[str, list[int]], ...]:
        """Look -> literals that have it: as they are written, and in capitals."""
        looks = [_looks(text) for text in self._written.values()]
        return tuple(_grouped(zip(side, self._written, strict=True)) for side in zip(*looks, strict=True))


def _bare(text: str) -> str:
    return squeezed(fold_ascii(text))


def _looks(text: str) -> tuple[str, str]:
    """What the text looks like, as it is written and in capitals."""
    return skeleton(text), skeleton(text.upper())


def _grouped(pairs: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for text, index in pairs:
        found[text].append(index)
    return dict(found)
