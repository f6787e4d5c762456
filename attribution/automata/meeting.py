"""Which of many automata have a string in common with one automaton: all of them at once.

Two languages meet if their product automaton (M. Rabin, D. Scott, "Finite Automata and Their Decision Problems", 1959)
reaches an end. Pair by pair that is too slow: 2,000 patterns make two million products. But a product need not be
built. Let `meet[p]` be the positions q, of all automata, such that p and q can read a same string to an end. Then

    q in meet[p]  if  p and q share a character, and after it both may end,
                      or some p' follows on p, some q' follows on q, and q' in meet[p']

which is a set equation over all q at once. The columns' positions lie side by side in one bit vector, a
Python integer; "some q' follows on q" is a shift and a mask for each distance q' - q, and there are few
distances, as nearly always the next position follows. This is the bit-parallel simulation of position
automata (G. Navarro, M. Raffinot, "Fast and Simple Character Classes and Bounded Gaps", 2003), run
backwards, over all columns at once. The least solution is found from the last position to the first; where
a position follows on itself or on a later one, by repeating until nothing is added.

A used code has no white space at either end: there only inner characters count as shared.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from attribution.automata.alphabet import Alphabet
from attribution.automata.positions import Budget, Positions


class SideBySide:
    """Automata in one bit vector, to be met by others."""

    def __init__(self, automata: Sequence[Positions], alphabet: Alphabet, budget: Budget) -> None:
        """`budget` is taken from for each byte of bit vectors that is looked at: 10^9 of them are 1 s."""
        self._alphabet = alphabet
        self._budget = budget
        sizes = np.array([len(automaton.leaves) for automaton in automata], dtype=np.int64)
        bases = (np.cumsum(sizes) - sizes).tolist()
        self._count = len(automata)
        self._size = int(sizes.sum())
        starts = [(base + at, place) for place, base in enumerate(bases) for at in automata[place].starts]
        self._starts, self._owners = np.array(starts, dtype=np.int64).reshape(-1, 2).T
        reading: dict[int, list[int]] = {}
        ends: list[int] = []
        steps: dict[int, list[int]] = {}
        for base, automaton in zip(bases, automata, strict=True):
            for at, leaf in enumerate(automaton.leaves, start=base):
                reading.setdefault(leaf, []).append(at)
            ends.extend(at for at, end in enumerate(automaton.ends, start=base) if end)
            for at, follow in enumerate(automaton.follow):
                for there in follow:
                    steps.setdefault(there - at, []).append(base + at)
        self._ends = self._vector(ends)
        self._reading = {leaf: self._vector(places) for leaf, places in reading.items()}
        self._steps = [(distance, self._vector(places)) for distance, places in sorted(steps.items())]
        self._cost = len(self._steps) * (self._size // 8 + 1)
        self._sharing: dict[int, tuple[int, int]] = {}

    def met_by(self, automaton: Positions) -> NDArray[np.bool_]:
        """Whether each of them shares a used code with the automaton; SpentError where the budget is spent.

        150 µs among 2,000 patterns of some eight characters each.
        """
        meet = self._meet(automaton)
        found = 0
        for start in automaton.starts:
            found |= meet[start] & self._shared(automaton.leaves[start])[1]
        met = np.zeros(self._count, dtype=np.bool_)
        met[self._owners[self._bits(found)[self._starts]]] = True
        return met

    def _meet(self, automaton: Positions) -> list[int]:
        """The least solution: for each position, those with which it can read a same string to an end."""
        meet = [0] * len(automaton.leaves)
        turns_back = any(there < at for at, follow in enumerate(automaton.follow) for there in follow)
        growing = True
        while growing:
            growing = False
            for at in reversed(range(len(meet))):
                found = self._one(automaton, at, meet)
                growing = growing or (turns_back and found != meet[at])
                meet[at] = found
        return meet

    def _one(self, automaton: Positions, at: int, meet: list[int]) -> int:
        """The equation of one position, solved where it refers to itself."""
        shared, inner = self._shared(automaton.leaves[at])
        following = 0
        for there in automaton.follow[at]:
            following |= meet[there]
        found = shared & self._before(following)
        if automaton.ends[at]:
            found |= inner & self._ends
        if at in automaton.follow[at]:
            new = found
            while new:
                new = shared & self._before(new) & ~found
                found |= new
        return found

    def _before(self, places: int) -> int:
        """The positions on which one of these follows."""
        if not places:
            return 0
        self._budget.spend(self._cost)
        found = 0
        for distance, sources in self._steps:
            found |= (places >> distance if distance >= 0 else places << -distance) & sources
        return found

    def _shared(self, leaf: int) -> tuple[int, int]:
        """The positions that share a character with the leaf, and those that share one that may stand at an end."""
        known = self._sharing.get(leaf)
        if known is None:
            share, inner = self._alphabet.share[leaf], self._alphabet.share_inner[leaf]
            known = self._sharing[leaf] = (self._union(share), self._union(inner))
        return known

    def _union(self, wanted: NDArray[np.bool_]) -> int:
        """The positions that read one of these leaves."""
        found = 0
        for leaf, places in self._reading.items():
            if wanted[leaf]:
                found |= places
        return found

    def _vector(self, places: Iterable[int]) -> int:
        """The bit vector with these bits."""
        bits = np.zeros(self._size, dtype=np.uint8)
        bits[list(places)] = 1
        return int.from_bytes(np.packbits(bits, bitorder="little").tobytes(), "little")

    def _bits(self, vector: int) -> NDArray[np.bool_]:
        """The bits of the vector."""
        whole = np.frombuffer(vector.to_bytes(self._size // 8 + 1, "little"), dtype=np.uint8)
        return np.unpackbits(whole, bitorder="little").astype(np.bool_)
