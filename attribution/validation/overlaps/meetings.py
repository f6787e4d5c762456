"""Which patterns may have a used code in common with which, program by program.

Automata whose positions follow on each other at many different distances would slow down all others that
stand in one bit vector with them, and have one to themselves.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from attribution.automata.meeting import SideBySide
from attribution.automata.positions import Budget, Positions, SpentError
from attribution.validation.overlaps.codes import Codes, Indices
from attribution.validation.overlaps.languages import Languages

FEW_DISTANCES: Final = 16
AT_ONCE: Final = 1000
"""Automata in one bit vector, so that it stays near the processor."""


class Meeting(NamedTuple):
    """A promo code and some that precede it, whose languages meet its own; with `decided` false, that may do so."""

    promo_code: int
    others: Indices
    decided: bool


class _Block(NamedTuple):
    """The places of some columns, the best rank of their promo codes, and their automata side by side."""

    places: Indices
    rank: int
    automata: SideBySide


def meetings(codes: Codes, languages: Languages, budget: Budget) -> Iterator[Meeting]:
    """For each promo code with a pattern, and each group of promo codes that may hold together with it, one at most."""
    number = languages.numbers(len(codes.rank))
    for own, others in codes.programs():
        mine, theirs = own[number[own] >= 0], others[number[others] >= 0]
        if not len(mine):
            continue
        theirs = codes.in_precedence(theirs)
        columns, best, column_of = np.unique(number[theirs], return_index=True, return_inverse=True)
        blocks = list(_blocks(columns, codes.rank[theirs[best]], languages, budget))
        rows: dict[int, list[int]] = {}
        for index in mine.tolist():
            rows.setdefault(int(number[index]), []).append(index)
        for row, members in rows.items():
            worst = int(codes.rank[members].max())
            before = [block for block in blocks if block.rank < worst]
            met, decided = _row(languages.positions[row], before, len(columns))
            candidates = theirs[met[column_of]]
            for index in members:
                yield Meeting(index, candidates, decided)


def _blocks(columns: Indices, ranks: Indices, languages: Languages, budget: Budget) -> Iterator[_Block]:
    """The columns in portions, those that come first in precedence together: a row need not meet what it precedes."""
    distances = [_distances(languages.positions[column]) for column in columns.tolist()]
    simple = np.array(distances, dtype=np.int64) <= FEW_DISTANCES
    for part in (np.flatnonzero(simple), np.flatnonzero(~simple)):
        in_precedence = part[np.argsort(ranks[part])]
        for start in range(0, len(part), AT_ONCE):
            places = in_precedence[start : start + AT_ONCE]
            automata = [languages.positions[column] for column in columns[places].tolist()]
            yield _Block(places, int(ranks[places[0]]), SideBySide(automata, languages.alphabet, budget))


def _distances(automaton: Positions) -> int:
    """How many different ones there are between a position and those that follow on it."""
    return len({there - at for at, follow in enumerate(automaton.follow) for there in follow})


def _row(automaton: Positions, blocks: Sequence[_Block], count: int) -> tuple[NDArray[np.bool_], bool]:
    """Which columns of these blocks the automaton meets; all columns where the budget is spent."""
    met = np.zeros(count, dtype=np.bool_)
    try:
        for block in blocks:
            met[block.places] = block.automata.met_by(automaton)
    except SpentError:
        return np.ones(count, dtype=np.bool_), False
    return met, True
