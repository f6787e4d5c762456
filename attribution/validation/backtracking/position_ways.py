"""A tree -> its positions and the number of ways from one to the next, as matrices.

Glushkov's automaton (V. Glushkov, "The Abstract Theory of Automata", 1961): one state for each leaf, no silent
edges. Here an edge carries in how many ways it can be taken, as an engine that backtracks tries all of them: in
`(a*)*` there are two from the a to itself, round the inner loop and round the outer.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from attribution.automata.automaton import TooLarge, character_classes
from attribution.patterns.leaves import ascii_set
from attribution.patterns.tree import Alternation, Concat, Leaf, Literal, Node, Repeat

MAX_POSITIONS: Final = 150
_MOST_WAYS: Final = 4
_VISIBLE: Final = sum(1 << code for code in range(0x21, 0x7F))
_LIKED: Final = "A1aX0-_"


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of the tree: in how many ways it is entered at, left from a position, or passed without reading."""

    first: Counter[int]
    last: Counter[int]
    empty: int


@dataclass(frozen=True, slots=True)
class Ways:
    """The automaton. State 0 is the start, state `p` stands behind the leaf `p - 1`.

    `alphabet` holds one visible character for each class of those that no leaf tells apart. `steps[k]` are the edges
    that read characters of class `k`, as a matrix of numbers of ways. In one of `ends` a match may end.
    """

    alphabet: str
    classes: bytes
    steps: dict[int, NDArray[np.float64]]
    ends: frozenset[int]

    def step(self, char: str) -> NDArray[np.float64]:
        """The edges that read the ASCII character."""
        return self.steps[self.classes[ord(char)]]


class _Builder:
    """Numbers leaves and collects edges."""

    def __init__(self) -> None:
        self.leaves: list[Leaf | Literal] = []
        self.edges: Counter[tuple[int, int]] = Counter()

    def part(self, node: Node) -> _Part:
        """The node's part; its leaves and edges are added."""
        match node:
            case Literal() | Leaf():
                if len(self.leaves) >= MAX_POSITIONS:
                    raise TooLarge
                self.leaves.append(node)
                here = len(self.leaves)
                return _Part(Counter({here: 1}), Counter({here: 1}), 0)
            case Alternation(branches):
                parts = [self.part(branch) for branch in branches]
                first, last = Counter[int](), Counter[int]()
                for part in parts:
                    first.update(part.first)
                    last.update(part.last)
                return _Part(first, last, min(_MOST_WAYS, sum(part.empty for part in parts)))
            case Repeat(item, low, None):
                part = self.part(item)
                self.join(part.last, part.first)
                return _Part(part.first, part.last, part.empty if low else 1)
            case Repeat(item, low, int(high)):
                copies = [self.part(item) for _ in range(high)]
                return self._chain([
                    copy if at < low else _Part(copy.first, copy.last, copy.empty + 1) for at, copy in enumerate(copies)
                ])
            case Concat(items):
                return self._chain([self.part(item) for item in items])
        raise TypeError(f"no ways through {node!r}")

    def join(self, last: Counter[int], first: Counter[int]) -> None:
        """Edges from all that may be last to all that may come next."""
        for source, ways in last.items():
            for target, more in first.items():
                self.edges[source, target] = min(_MOST_WAYS, self.edges[source, target] + ways * more)

    def _chain(self, parts: list[_Part]) -> _Part:
        """The parts one after the other."""
        whole = _Part(Counter(), Counter(), 1)
        for part in parts:
            self.join(whole.last, part.first)
            whole = _Part(
                _sum(whole.first, part.first, whole.empty),
                _sum(part.last, whole.last, part.empty),
                min(_MOST_WAYS, whole.empty * part.empty),
            )
        return whole


def _sum(one: Counter[int], other: Counter[int], times: int) -> Counter[int]:
    """The one, and the other so many times."""
    total = Counter(one)
    for position, ways in other.items():
        if times:
            total[position] = min(_MOST_WAYS, total[position] + ways * times)
    return total


def ways_through(tree: Node) -> Ways:
    """The automaton of the tree; TooLarge beyond MAX_POSITIONS."""
    builder = _Builder()
    whole = builder.part(tree)
    builder.join(Counter({0: 1}), whole.first)
    ends = frozenset(whole.last) | (frozenset({0}) if whole.empty else frozenset())
    sets = [ascii_set(leaf) for leaf in builder.leaves]
    size = len(sets) + 1
    edges = np.zeros((size, size))
    for (source, target), ways in builder.edges.items():
        edges[source, target] = ways
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
