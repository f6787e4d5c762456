"""Position automata as numbers, and how far the algorithms over pairs of them may go.

A state means *about to read* one of the characters that the pattern mentions. `SAVE\\d*` has five: S, A, V, E and
`\\d`; the last follows on E and on itself, and the text may end after either of the two. Used codes are never empty, so
whether the empty string belongs to the language is not said.
"""

from dataclasses import dataclass

from attribution.automata.alphabet import Alphabet
from attribution.automata.automaton import Nfa, places


@dataclass(frozen=True, slots=True)
class Positions:
    """An automaton; `leaves` are rows of the alphabet, `follow[p]` the positions that may come after `p`."""

    leaves: tuple[int, ...]
    starts: tuple[int, ...]
    follow: tuple[tuple[int, ...], ...]
    ends: tuple[bool, ...]

    @property
    def edges(self) -> int:
        """How many pairs of positions follow on each other."""
        return sum(map(len, self.follow))


def positions(automaton: Nfa, alphabet: Alphabet) -> Positions:
    """The automaton over an alphabet that knows all its leaves."""
    inside = (1 << len(automaton.leaves)) - 1
    return Positions(
        leaves=tuple(alphabet.numbers[leaf] for leaf in automaton.leaves),
        starts=tuple(places(automaton.starts & inside)),
        follow=tuple(tuple(places(after & inside)) for after in automaton.after),
        ends=tuple(map(automaton.may_end, automaton.after)),
    )


class SpentError(Exception):
    """The budget is spent, and the question undecided."""


class Budget:
    """How much may be computed before something is left undecided: a count, so the same everywhere."""

    def __init__(self, amount: int) -> None:
        self._left = amount

    def spend(self, amount: int) -> None:
        """Take so much; SpentError where there was less left."""
        self._left -= amount
        if self._left < 0:
            raise SpentError
