"""The distinct literals of a program, and which patterns match some spelling of them.

A literal with white space at an end is never equal to a used code, which has none, and is left out; so is
one that UTF-8 cannot carry. Where case is ignored, literals are compared in lower case, and each pattern is
rewritten so that it matches the lower-case text of all that it matches. The rest is what the matcher does
for a column of used codes anyway.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import polars as pl

from attribution.automata.spelling import spelled
from attribution.matching.language import PatternText
from attribution.matching.patience import PatientMatcher
from attribution.matching.used_codes import is_carried
from attribution.patterns.pattern_text import written
from attribution.patterns.tree import lengths
from attribution.terms import WHITE_SPACE
from attribution.text import fold_ascii
from attribution.validation.overlaps.codes import Indices
from attribution.validation.overlaps.languages import Languages, grouped


class TextPair(NamedTuple):
    """Two texts: a literal or None, and the languages in ascending order, two if there is no literal."""

    literal: int | None
    languages: tuple[int, ...]


class Literals:
    """The literals by number, as they are compared.

    of       index of a promo code -> number of its literal
    members  literal -> indices of its promo codes
    """

    def __init__(self, texts: Mapping[int, str], languages: Languages, *, ignore_case: bool) -> None:
        """`texts`: index of the promo code -> literal as it is compared."""
        self.ignore_case = ignore_case
        self.languages = languages
        numbers: dict[str, int] = {}
        self.of = {
            index: numbers.setdefault(text, len(numbers))
            for index, text in texts.items()
            if text.strip(WHITE_SPACE) == text and is_carried(text)
        }
        self.keys = list(numbers)
        self.numbers = numbers
        self.members = grouped(self.of.items(), len(self.keys))

    def texts(self, first: int, second: int) -> TextPair:
        """The texts of two promo codes."""
        numbers = sorted(self.languages.of[index] for index in (first, second) if index in self.languages.of)
        return TextPair(self.of.get(first, self.of.get(second)), tuple(numbers))

    def key(self, text: str) -> str:
        """The text as literals are compared."""
        return fold_ascii(text) if self.ignore_case else text

    def spellings(self, number: int) -> tuple[str, ...]:
        """The used codes that equal the literal: for each character what it may be, upper case first."""
        return self._spellings(self.keys[number])

    def _spellings(self, key: str) -> tuple[str, ...]:
        if not self.ignore_case:
            return tuple(key)
        return tuple(char.upper() + char if "a" <= char <= "z" else char for char in key)

    @cached_property
    def matched(self) -> list[Indices]:
        """language -> the literals of which it has some spelling; in doubt, perhaps."""
        return grouped(self.pairs(self.keys), len(self.languages.items))

    def pairs(self, keys: Sequence[str]) -> list[tuple[int, int]]:
        """Distinct texts as compared -> pairs of the place of a text and the number of a language."""
        column = pl.Series(keys, dtype=pl.String)
        place, language = self._matcher.do(lambda matcher: matcher.match_column(column))
        found = zip(place.tolist(), language.tolist(), strict=True)
        return sorted([*found, *self._one_by_one(keys)], key=lambda row: (row[1], row[0]))

    @cached_property
    def _matcher(self) -> PatientMatcher:
        """The languages, as patterns over texts as compared."""
        trees = (language.tree for language in self.languages.items)
        return PatientMatcher([PatternText(written(tree, folded=self.ignore_case), search=False) for tree in trees])

    def _one_by_one(self, keys: Sequence[str]) -> Iterator[tuple[int, int]]:
        """The `pairs` of the languages for which the matcher backtracks without end."""
        for language in self._matcher.slow:
            item = self.languages.items[language]
            low, high = lengths(item.tree)
            for place, key in enumerate(keys):
                fits = low <= len(key) and (high is None or len(key) <= high)
                if fits and spelled(item.automaton, self._spellings(key)):
                    yield place, language
