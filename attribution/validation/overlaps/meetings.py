"""Which patterns may have a used code in common with which, program by program.

Automata whose positions follow on each other at many different distances would slow down all others that
stand in one bit vector with them, and have one to themselves.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from attribution.patterns.meeting import Budget, SideBySide, SpentError
from attribution.patterns.positions import Positions
from attribution.validation.overlaps.codes import Codes, Indices
from attribution.validation.overlaps.languages import Languages

FEW_DISTANCES: Final = 16


class Meeting(NamedTuple):
    """A promo code and the others whose language meets its own; `decided` is false where the budget was spent."""

    promo_code: int
    others: Indices
    decided: bool


def meetings(codes: Codes, languages: Languages, budget: Budget) -> Iterator[Meeting]:
    """One for each promo code with a pattern and each of the groups of promo codes that may hold together with it."""
    number = np.full(len(codes.rank), -1, dtype=np.int64)
    number[list(languages.of)] = list(languages.of.values())
    for own, others in codes.programs():
        mine, theirs = own[number[own] >= 0], others[number[others] >= 0]
        if not len(mine):
            continue
        columns, column_of = np.unique(number[theirs], return_inverse=True)
        blocks = _blocks(columns, languages, budget)
        for row in np.unique(number[mine]).tolist():
            met, decided = _row(languages.positions[row], blocks, len(columns))
            for index in mine[number[mine] == row].tolist():
                yield Meeting(index, theirs[met[column_of]], decided)


def _blocks(columns: Indices, languages: Languages, budget: Budget) -> list[tuple[Indices, SideBySide]]:
    """The places of columns that stand in one bit vector, and it."""
    automata = [languages.positions[column] for column in columns.tolist()]
    simple = np.array([_distances(automaton) <= FEW_DISTANCES for automaton in automata], dtype=np.bool_)
    parts = [np.flatnonzero(simple), np.flatnonzero(~simple)]
    return [(part, _side_by_side(part, automata, languages, budget)) for part in parts if len(part)]


def _side_by_side(part: Indices, automata: Sequence[Positions], languages: Languages, budget: Budget) -> SideBySide:
    return SideBySide([automata[place] for place in part.tolist()], languages.alphabet, budget)


def _distances(automaton: Positions) -> int:
    """How many different ones there are between a position and those that follow on it."""
    return len({there - at for at, follow in enumerate(automaton.follow) for there in follow})


def _row(
    automaton: Positions, blocks: Sequence[tuple[Indices, SideBySide]], count: int
) -> tuple[NDArray[np.bool_], bool]:
    """Which columns the automaton meets; all of them where the budget is spent."""
    met = np.zeros(count, dtype=np.bool_)
    try:
        for places, block in blocks:
            met[places] = block.met_by(automaton)
    except SpentError:
        return np.ones(count, dtype=np.bool_), False
    return met, True
