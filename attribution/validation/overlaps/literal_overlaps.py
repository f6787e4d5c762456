"""The distinct literals of a program, and which patterns match some spelling of them.

A literal with white space at an end is never equal to a used code, which has none, and is left out; so is
one that UTF-8 cannot carry. Where case is ignored, literals are compared in lower case, and each pattern is
rewritten so that it matches the lower-case text of whatever it matches. The rest is what the matcher does
for a column of used codes anyway.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
import polars as pl

from attribution.automata.spelling import spelled
from attribution.matching import Matcher, PatternTimeoutError
from attribution.patterns.pattern_text import LOWER, written
from attribution.patterns.tree import lengths
from attribution.terms import WHITE_SPACE, LiteralCase, MatchMode, RegexMatch
from attribution.validation.overlaps.codes import Indices
from attribution.validation.overlaps.languages import Languages, grouped


class _Rule(NamedTuple):
    """A language, as the matcher wants it."""

    id: str
    code: str
    match_mode: MatchMode = MatchMode.RE


class _Exactly(NamedTuple):
    """Settings, as the matcher wants them."""

    literal_case: LiteralCase = LiteralCase.SENSITIVE
    regex_match: RegexMatch = RegexMatch.FULL


class Literals:
    """The literals by number, as they are compared.

    of       index of a promo code -> number of its literal
    members  literal -> indices of its promo codes
    """

    def __init__(self, texts: Mapping[int, str], languages: Languages, *, ignore_case: bool) -> None:
        """`texts`: index of the promo code -> literal."""
        self.ignore_case = ignore_case
        self._languages = languages
        self._aside: list[int] = []
        numbers: dict[str, int] = {}
        self.of = {
            index: numbers.setdefault(self.key(text), len(numbers))
            for index, text in texts.items()
            if text.strip(WHITE_SPACE) == text and is_carried(text)
        }
        self.keys = list(numbers)
        self.numbers = numbers
        self.members = grouped(self.of.items(), len(self.keys))

    def key(self, text: str) -> str:
        """The text as literals are compared."""
        return text.translate(LOWER) if self.ignore_case else text

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
        return grouped(self.pairs(self.keys), len(self._languages.items))

    def pairs(self, keys: Sequence[str]) -> list[tuple[int, int]]:
        """Distinct texts as compared -> pairs of the place of a text and the number of a language."""
        column = pl.Series(keys, dtype=pl.String)
        place = pl.DataFrame({"used_code": column, "place": np.arange(len(keys))})
        while True:
            try:
                found = self._matcher.match_column(column)
                break
            except PatternTimeoutError as error:
                self._set_aside(int(error.promo_code_id))
        rows = found.join(place, on="used_code").select("place", "promo_index").rows()
        return sorted([*rows, *self._one_by_one(keys)], key=lambda row: (row[1], row[0]))

    @cached_property
    def _matcher(self) -> Matcher:
        """The languages, as patterns over texts as compared."""
        return Matcher(self._rules, _Exactly())

    @cached_property
    def _rules(self) -> list[_Rule]:
        trees = [language.tree for language in self._languages.items]
        return [_Rule(str(at), written(tree, folded=self.ignore_case)) for at, tree in enumerate(trees)]

    def _set_aside(self, language: int) -> None:
        """Leave a language out of the matcher, for which it backtracks without end, as a literal that is no code."""
        self._aside.append(language)
        self._rules[language] = _Rule(str(language), "", MatchMode.LI)
        del self._matcher

    def _one_by_one(self, keys: Sequence[str]) -> Iterator[tuple[int, int]]:
        """The same as `pairs` for the languages that were set aside."""
        for language in self._aside:
            item = self._languages.items[language]
            low, high = lengths(item.tree)
            for place, key in enumerate(keys):
                fits = low <= len(key) and (high is None or len(key) <= high)
                if fits and spelled(item.automaton, self._spellings(key)):
                    yield place, language


def is_carried(text: str) -> bool:
    """Whether a used code can hold the text at all: it comes as UTF-8."""
    return text.isascii() or not any("\ud800" <= char <= "\udfff" for char in text)
