"""Used codes that a pattern would match in another letter case, without white space, or in a part.

A pattern is near what it matches a part of if everything that it matches has `SHORTEST_PART` characters or more:
`[A-Z]+` is a part of everything. Candidates come from one matcher of all patterns at their most lenient; for each of
them `regex` then tells which leniences were needed.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from itertools import product
from typing import Final

import polars as pl

from attribution import patterns
from attribution.errors import PatternError
from attribution.explaining.near_difference import BIT, Difference
from attribution.explaining.near_literals import NearTexts, squeezed
from attribution.matching.decider import PatternTimeoutError, holds, longest_part
from attribution.matching.index.plan import Plan
from attribution.matching.language import PatternText
from attribution.matching.patience import PatientMatcher

SHORTEST_PART: Final = 3
_PATIENCE: Final = 0.2  # seconds for one pattern and one used code
_GIVEN_UP: Final = 10  # patterns that took too long; with more, no pattern is near
_CASE, _SPACE, _PART = BIT[Difference.CASE], BIT[Difference.WHITE_SPACE], BIT[Difference.PART]
_MASKS: Final = sorted(sum(bits) for bits in product((0, _CASE), (0, _SPACE), (0, _PART)))
_IGNORING_CASE: Final = "(?i)"
_PERHAPS_NARROWER: Final = re.compile(r"(?<!^)\^|\(\?|\\[pP]|[*+?}]\+")
"""Negations, groups with a flag or look-around, and possessive parts: `[^a]` matches no A where case is ignored."""


class NearPatterns:
    """Finds patterns near used codes. A pattern that takes too long over one used code is near none from then on."""

    def __init__(self, languages: Mapping[int, PatternText]) -> None:
        """`languages` by index of the promo code."""
        self._languages = languages
        self._compile = cache(patterns.compile)
        self._slow: set[int] = set()

    def near(self, used_codes: pl.Series) -> NearTexts:
        """The near patterns of distinct stripped used codes, and those that match; each pair once."""
        codes = used_codes.to_list()
        found = [(place, index, self._apart(codes[place], index)) for place, index in self._candidates(codes)]
        return NearTexts.of([(place, index, mask) for place, index, mask in found if mask is not None])

    def part(self, used_code: str, index: int, mask: int) -> str | None:
        """The longest part of the used code that the pattern matches, where the mask has `Difference.PART`."""
        if not mask & _PART:
            return None
        text, pattern = self._lenient(used_code, index, mask)
        return longest_part(self._compile(pattern.text), text, limit=_PATIENCE)

    def _apart(self, used_code: str, index: int) -> int | None:
        """The smallest mask with which the pattern matches; None without one, or where that takes too long."""
        for mask in _MASKS:
            if index in self._slow:
                return None
            if self._may_help(used_code, index, mask):
                text, pattern = self._lenient(used_code, index, mask)
                answer = holds(self._compile(pattern.text), text, search=pattern.search, limit=_PATIENCE)
                if answer:
                    return mask
                if answer is None:
                    self._slow.add(index)
        return None

    def _may_help(self, used_code: str, index: int, mask: int) -> bool:
        """Whether the leniences of a mask exist for this used code and pattern."""
        return (
            (not mask & _SPACE or squeezed(used_code) != used_code)
            and (not mask & _PART or index in self._found_in_parts)
            and (not mask & _CASE or index in self._caseless)
        )

    def _lenient(self, used_code: str, index: int, mask: int) -> tuple[str, PatternText]:
        """The used code and the pattern as they are compared with the leniences of a mask."""
        pattern = self._languages[index]
        text = _IGNORING_CASE + pattern.text if mask & _CASE else pattern.text
        search = pattern.search or bool(mask & _PART)
        return squeezed(used_code) if mask & _SPACE else used_code, PatternText(text, search)

    def _candidates(self, used_codes: Sequence[str]) -> list[tuple[int, int]]:
        """Places of used codes and indices of the patterns that match with every lenience, and perhaps some more."""
        if not self._languages:
            return []
        places: dict[str, list[int]] = {}
        for place, code in enumerate(used_codes):
            for text in {code, squeezed(code)}:
                places.setdefault(text, []).append(place)
        column = pl.Series(list(places), dtype=pl.String)
        try:
            numbers, variants = self._matcher.do(lambda matcher: matcher.match_column(column))
        except PatternTimeoutError:
            return []
        of_text = list(places.values())
        indices = [index for index, _ in self._variants]
        found = zip(numbers.tolist(), variants.tolist(), strict=True)
        return sorted({(place, indices[which]) for number, which in found for place in of_text[number]})

    @cached_property
    def _matcher(self) -> PatientMatcher:
        return PatientMatcher([variant for _, variant in self._variants], most=_GIVEN_UP)

    @cached_property
    def _variants(self) -> list[tuple[int, PatternText]]:
        """Each pattern at its most lenient; also with its letter case where it may match less without."""
        found = []
        for index, pattern in self._languages.items():
            search = pattern.search or index in self._found_in_parts
            if index in self._caseless:
                found.append((index, PatternText(_IGNORING_CASE + pattern.text, search)))
            if index not in self._caseless or _PERHAPS_NARROWER.search(pattern.text):
                found.append((index, PatternText(pattern.text, search)))
        return found

    @cached_property
    def _caseless(self) -> frozenset[int]:
        """The patterns that can be told to ignore case."""
        return frozenset(index for index, pattern in self._languages.items() if _can_ignore_case(pattern.text))

    @cached_property
    def _found_in_parts(self) -> frozenset[int]:
        """The patterns that match whole used codes only, and nothing shorter than `SHORTEST_PART`."""
        whole = {index: pattern for index, pattern in self._languages.items() if not pattern.search}
        plan = Plan(whole)
        lows = [low for low, _ in plan.languages.limits]
        sizes = [(entry.promo, lows[entry.head] + len(entry.literal) + lows[entry.tail]) for entry in plan.entries]
        sizes += [(index, lows[number]) for index, number in (*plan.scanned, *plan.opaque)]
        return frozenset(whole) - {index for index, size in sizes if size < SHORTEST_PART}


def _can_ignore_case(pattern: str) -> bool:
    try:
        patterns.check(_IGNORING_CASE + pattern)
    except PatternError:
        return False
    return True
