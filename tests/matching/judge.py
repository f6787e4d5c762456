"""Matchers of bare texts, and what `regex` and plain comparison say of the same texts."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import polars as pl
import regex

from attribution.matching import Matcher
from attribution.matching.language import Language, LiteralText, PatternText
from attribution.text import fold_ascii


class Choice(NamedTuple):
    """How literals and patterns are compared."""

    folded: bool = False
    search: bool = False


FULL = Choice()
SEARCH = Choice(search=True)
INSENSITIVE = Choice(folded=True)


def matcher(patterns: Iterable[str] = (), literals: Iterable[str] = (), choice: Choice = FULL) -> Matcher:
    """Patterns first, then literals."""
    named: dict[str, Language] = {f"re{at}": PatternText(text, choice.search) for at, text in enumerate(patterns)}
    for at, text in enumerate(literals):
        named[f"li{at}"] = LiteralText(fold_ascii(text) if choice.folded else text, choice.folded)
    return Matcher(list(named.values()), list(named))


Matches = set[tuple[str, int]]


def column_matches(made: Matcher, texts: Sequence[str]) -> Matches:
    """What the column form says; checks the shape of its answer."""
    places, indices = made.match_column(pl.Series("any name", texts, dtype=pl.String))
    assert places.dtype == indices.dtype == np.uint32
    pairs = list(zip(places.tolist(), indices.tolist(), strict=True))
    assert len(set(pairs)) == len(pairs)
    return {(texts[place], index) for place, index in pairs}


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
        judge = compiled.search if choice.search else compiled.fullmatch
        found.update((text, index) for text in texts if judge(text))
    return found
