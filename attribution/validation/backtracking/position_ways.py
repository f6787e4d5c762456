"""A tree -> its positions and the number of ways from one to the next, as matrices.

Glushkov's automaton (V. Glushkov, "The Abstract Theory of Automata", 1961): one state for each leaf, no silent
edges. Here an edge carries in how many ways it can be taken, as an engine that backtracks tries all of them: in
`(a*)*` there are two from the a to itself, round the inner loop and round the outer.
"""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from attribution.automata.automaton import TooLarge, character_classes
from attribution.patterns.leaves import ascii_set
from attribution.patterns.tree import Alternation, Concat, Leaf, Literal, Node, Repeat

MAX_POSITIONS: Final = 150
_MOST_WAYS: Final = 4
_VISIBLE: Final = sum(1 << code for code in range(0x21, 0x7F))
_LIKED: Final = "A1aX0-_"


Numbers = NDArray[np.float64]


class _Part(NamedTuple):
    """A piece of the tree: in how many ways it is entered at, left from each position, or passed without reading."""

    first: Numbers
    last: Numbers
    empty: int


@dataclass(frozen=True, slots=True)
class Ways:
    """The automaton. State 0 is the start, state `p` stands behind the leaf `p - 1`.

    `alphabet` holds one visible character for each class of those that no leaf tells apart. `steps[k]` are the edges
    that read characters of class `k`, as a matrix of numbers of ways. In one of `ends` a match may end.
    """

    alphabet: str
    classes: bytes
    steps: dict[int, Numbers]
    ends: frozenset[int]

    def step(self, char: str) -> Numbers:
        """The edges that read the ASCII character."""
        return self.steps[self.classes[ord(char)]]


class _Builder:
    """Numbers leaves and collects edges."""

    def __init__(self) -> None:
        self.leaves: list[Leaf | Literal] = []
        self.edges = np.zeros((MAX_POSITIONS + 1, MAX_POSITIONS + 1))

    def part(self, node: Node) -> _Part:
        """The node's part; its leaves and edges are added."""
        match node:
            case Literal() | Leaf():
                if len(self.leaves) >= MAX_POSITIONS:
                    raise TooLarge
                self.leaves.append(node)
                here = _only(len(self.leaves))
                return _Part(here, here, 0)
            case Alternation(branches):
                first, last, empty = zip(*map(self.part, branches), strict=True)
                return _Part(np.sum(first, axis=0), np.sum(last, axis=0), min(_MOST_WAYS, sum(empty)))
            case Repeat(item, low, None):
                part = self.part(item)
                self.join(part.last, part.first)
                return _Part(part.first, part.last, part.empty if low else 1)
            case Repeat(item, low, int(high)):
                copies = [self.part(item) for _ in range(high)]
                return self._chain([*copies[:low], *(copy._replace(empty=copy.empty + 1) for copy in copies[low:])])
            case Concat(items):
                return self._chain([self.part(item) for item in items])
        raise TypeError(f"no ways through {node!r}")

    def join(self, last: Numbers, first: Numbers) -> None:
        """Edges from all that may be last to all that may come next."""
        self.edges = np.minimum(_MOST_WAYS, self.edges + np.outer(last, first))

    def _chain(self, parts: list[_Part]) -> _Part:
        """The parts one after the other."""
        whole = _Part(np.zeros(MAX_POSITIONS + 1), np.zeros(MAX_POSITIONS + 1), 1)
        for part in parts:
            self.join(whole.last, part.first)
            first = np.minimum(_MOST_WAYS, whole.first + part.first * whole.empty)
            last = np.minimum(_MOST_WAYS, part.last + whole.last * part.empty)
            whole = _Part(first, last, min(_MOST_WAYS, whole.empty * part.empty))
        return whole


def _only(position: int) -> Numbers:
    """One way to be at the position."""
    found = np.zeros(MAX_POSITIONS + 1)
    found[position] = 1
    return found


def ways_through(tree: Node) -> Ways:
    """The automaton of the tree; TooLarge beyond MAX_POSITIONS."""
    builder = _Builder()
    whole = builder.part(tree)
    builder.join(_only(0), whole.first)
    ends = frozenset(np.flatnonzero(whole.last).tolist()) | (frozenset({0}) if whole.empty else frozenset())
    sets = [ascii_set(leaf) for leaf in builder.leaves]
    edges = builder.edges[: len(sets) + 1, : len(sets) + 1]
    classes, members = character_classes([_VISIBLE, *dict.fromkeys(sets)])
    steps = {
        kind: edges * np.array([0.0, *(chars >> member & 1 for chars in sets)]) for kind, member in enumerate(members)
    }
    return Ways(_alphabet(classes), classes, steps, ends)


def _alphabet(classes: bytes) -> str:
    """The character of each class that people like best."""
    chosen: dict[int, str] = {}
    for char in _LIKED + "".join(map(chr, range(0x21, 0x7F))):
        chosen.setdefault(classes[ord(char)], char)
    return "".join(chosen.values())
