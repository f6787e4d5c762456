"""Matchers of bare texts, and what `regex` and plain comparison say of the same texts."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import polars as pl
import regex

from attribution.matching import Matcher
from attribution.terms import LiteralCase, MatchMode, RegexMatch


class Rule(NamedTuple):
    """Stands for a promo code."""

    id: str
    code: str
    match_mode: MatchMode


class Choice(NamedTuple):
    """Stands for the settings."""

    literal_case: LiteralCase = LiteralCase.SENSITIVE
    regex_match: RegexMatch = RegexMatch.FULL


FULL = Choice()
SEARCH = Choice(regex_match=RegexMatch.SEARCH)
INSENSITIVE = Choice(literal_case=LiteralCase.INSENSITIVE)


def matcher(patterns: Iterable[str] = (), literals: Iterable[str] = (), choice: Choice = FULL) -> Matcher:
    """Patterns first, then literals."""
    rules = [Rule(f"re{at}", text, MatchMode.RE) for at, text in enumerate(patterns)]
    rules += [Rule(f"li{at}", text, MatchMode.LI) for at, text in enumerate(literals)]
    return Matcher(rules, choice)


Matches = set[tuple[str, int]]


def column_matches(made: Matcher, texts: Sequence[str]) -> Matches:
    """What the column form says; checks the shape of its answer."""
    table = made.match_column(pl.Series("any name", texts, dtype=pl.String))
    assert table.schema == {"used_code": pl.String, "promo_index": pl.UInt32}
    assert not table.is_duplicated().any()
    return set(table.rows())


def single_matches(made: Matcher, texts: Sequence[str]) -> Matches:
    """What the single form says; checks the shape of its answer."""
    found: Matches = set()
    for text in texts:
        indices = made.match_one(text)
        assert isinstance(indices, tuple)
        assert list(indices) == sorted(set(indices))
        found.update((text, index) for index in indices)
    return found


def true_matches(patterns: Iterable[str], texts: Sequence[str], choice: Choice) -> Matches:
    """What `regex` says; the flags of the patterns stand in front."""
    found: Matches = set()
    for index, pattern in enumerate(patterns):
        compiled = regex.compile(pattern, regex.VERSION0, cache_pattern=False)
        judge = compiled.search if choice.regex_match == RegexMatch.SEARCH else compiled.fullmatch
        found.update((text, index) for text in texts if judge(text))
    return found
