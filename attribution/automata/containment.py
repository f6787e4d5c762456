"""Whether all that one automaton accepts is accepted by another.

A string of the smaller that the larger refuses is looked for in the product of the smaller with the
larger's *subsets* (M. Rabin, D. Scott, 1959), which are made as they are reached. A pair of a position
and a subset need not be followed where the same position was reached with a part of that subset: what is
refused from the larger one is refused from the part as well. This is the antichain method (M. De Wulf,
L. Doyen, T. Henzinger, J.-F. Raskin, "Antichains: A New Algorithm for Checking Universality of Finite
Automata", CAV 2006). Characters are taken class by class, of the classes that the two tell apart.

Only used codes are compared: not the empty string, and none with white space at an end.
"""

from typing import Final

import numpy as np

from attribution.automata.alphabet import Alphabet
from attribution.automata.automaton import following
from attribution.automata.positions import Budget, Positions

MAX_STEPS: Final = 200_000
"""Characters followed and subsets compared, for one pair."""


def contains(larger: Positions, smaller: Positions, alphabet: Alphabet) -> bool:
    """Whether every used code of `smaller` is one of `larger`; SpentError where that takes too many steps.

    Some 200 µs for patterns of eight characters, and never more than some 50 ms.
    """
    return _Comparison(larger, smaller, alphabet).holds(Budget(MAX_STEPS))


class _Comparison:
    """The search; subsets of the larger automaton's positions are bits."""

    def __init__(self, larger: Positions, smaller: Positions, alphabet: Alphabet) -> None:
        self._smaller = smaller
        self._larger = larger
        rows = sorted({*larger.leaves, *smaller.leaves})
        kinds = np.unique(np.vstack([alphabet.member[rows], alphabet.inner]), axis=1)
        holds = dict(zip(rows, kinds.tolist(), strict=False))
        self._inner = kinds[-1].tolist()
        self._classes = [np.flatnonzero(kinds[rows.index(leaf)]).tolist() for leaf in smaller.leaves]
        self._reads = [
            sum(1 << at for at, leaf in enumerate(larger.leaves) if holds[leaf][one]) for one in range(kinds.shape[1])
        ]
        self._ends = sum(1 << at for at, end in enumerate(larger.ends) if end)
        self._after = [sum(1 << there for there in follow) for follow in larger.follow]
        self._known: dict[int, int] = {}

    def holds(self, budget: Budget) -> bool:
        """Whether no string is refused."""
        start = sum(1 << at for at in self._larger.starts)
        smallest: dict[int, list[int]] = {}
        waiting = [(at, start, True) for at in self._smaller.starts]
        while waiting:
            at, subset, first = waiting.pop()
            for one in self._classes[at]:
                if first and not self._inner[one]:
                    continue
                read = subset & self._reads[one]
                if self._smaller.ends[at] and self._inner[one] and not read & self._ends:
                    return False
                then = self._following(read)
                for there in self._smaller.follow[at]:
                    seen = smallest.setdefault(there, [])
                    budget.spend(1 + len(seen))
                    if _is_new(then, seen):
                        waiting.append((there, then, False))
        return True

    def _following(self, read: int) -> int:
        """The positions that may come after one of these."""
        if read not in self._known:
            self._known[read] = following(self._after, read)
        return self._known[read]


def _is_new(subset: int, smallest: list[int]) -> bool:
    """Whether no part of the subset was seen; then it replaces those of which it is a part."""
    if any(seen & subset == seen for seen in smallest):
        return False
    smallest[:] = [seen for seen in smallest if seen & subset != subset]
    smallest.append(subset)
    return True
