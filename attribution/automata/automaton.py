"""A tree -> automata: one over any text that never backtracks, one over ASCII that is a table.

The nondeterministic automaton is that of positions (V. Glushkov, "The Abstract Theory of Automata", Russian Math.
Surveys 16, 1961): one state for each character that the pattern mentions, and no silent edges. Simulating it costs at
most states x characters, so no pattern can hang it.

The deterministic one is the subset construction (M. Rabin, D. Scott, 1959; as told in A. Aho et al., "Compilers", 3.7).
Two measures keep it small: ASCII characters are first grouped into classes that no leaf tells apart (`[A-Z]\\d` needs
three), and the construction gives up beyond a bound, as sets can number 2^n (`.*A.{20}`).

Trees must be free of anchors and of Opaque.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import or_
from typing import Final, NamedTuple

from attribution.patterns.leaves import ALL_ASCII, ascii_set, contains
from attribution.patterns.tree import Alternation, Concat, Leaf, Literal, Node, Repeat

MAX_PARTS: Final = 1500
"""Nodes of a tree, those that are repeated once for each copy."""

MAX_STATES: Final = 400
DEAD: Final = 0
START: Final = 1


class TooLarge(Exception):
    """The automaton would exceed its bound; the caller decides in another way."""


def places(bits: int) -> Iterator[int]:
    """The places of the bits that are set, ascending."""
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low


def following(after: Sequence[int], current: int) -> int:
    """The positions, as bits, of which each follows on one of the current ones."""
    found = 0
    for position in places(current):
        found |= after[position]
    return found


class _Part(NamedTuple):
    """The positions that may be first and last in the texts of a node, as bits, and whether a text may be empty."""

    first: int
    last: int
    empty: bool


_NOTHING: Final = _Part(0, 0, True)


class _Positions:
    """The positions of a tree under construction: the leaf that each reads, and those that may come after it."""

    def __init__(self) -> None:
        self.leaves: list[Leaf | Literal] = []
        self.after: list[int] = []
        self._room = MAX_PARTS

    def part(self, node: Node) -> _Part:
        """Append the positions of the node."""
        self._room -= 1
        if self._room < 0:
            raise TooLarge
        match node:
            case Literal() | Leaf():
                here = 1 << len(self.leaves)
                self.leaves.append(node)
                self.after.append(0)
                return _Part(here, here, False)
            case Concat(items):
                return self._chain(map(self.part, items))
            case Alternation(branches):
                first, last, empty = zip(*map(self.part, branches), strict=True)
                return _Part(reduce(or_, first), reduce(or_, last), any(empty))
            case Repeat(item, low, None):
                copies = [self.part(item) for _ in range(low + 1)]
                self._follow(copies[-1], copies[-1])
                return self._chain([*copies[:-1], copies[-1]._replace(empty=True)])
            case Repeat(item, low, int(high)):
                copies = [self.part(item) for _ in range(high)]
                # as x(x(x)?)?, which has fewer edges than x?x?x?
                rest = _NOTHING
                for copy in reversed(copies[low:]):
                    rest = self._follow(copy, rest)._replace(empty=True)
                return self._chain([*copies[:low], rest])
        raise TypeError(f"no automaton for {node!r}")

    def _chain(self, parts: Iterable[_Part]) -> _Part:
        """The parts one after the other."""
        return reduce(self._follow, parts, _NOTHING)

    def _follow(self, one: _Part, other: _Part) -> _Part:
        """The one, and then the other."""
        for position in places(one.last):
            self.after[position] |= other.first
        first = one.first | other.first if one.empty else one.first
        last = other.last | one.last if other.empty else other.last
        return _Part(first, last, one.empty and other.empty)


@dataclass(frozen=True, slots=True)
class Nfa:
    """A nondeterministic automaton without silent edges.

    `starts` and `after[i]` are sets, as bits, of the reading positions that may come next at the
    beginning and after position `i`; the highest bit, `len(leaves)`, stands for "may end here".
    """

    leaves: tuple[Leaf | Literal, ...]
    starts: int
    after: tuple[int, ...]

    def accepts(self, text: str) -> bool:
        """Whether the whole text belongs to the language; characters beyond ASCII are decided by `regex`."""
        reading = {char: self.reading(char) for char in set(text)}
        current = self.starts
        for char in text:
            current = following(self.after, current & reading[char])
        return self.may_end(current)

    def reading(self, char: str) -> int:
        """The positions that read the character, as bits."""
        return sum(1 << place for place, leaf in enumerate(self.leaves) if contains(leaf, char))

    def may_end(self, current: int) -> bool:
        """Whether a text may end at one of these positions."""
        return bool(current >> len(self.leaves) & 1)


@lru_cache(maxsize=1024)
def nfa(tree: Node) -> Nfa:
    """The nondeterministic automaton of the tree; TooLarge beyond MAX_PARTS."""
    made = _Positions()
    whole = made.part(tree)
    final = 1 << len(made.leaves)
    for position in places(whole.last):
        made.after[position] |= final
    return Nfa(tuple(made.leaves), whole.first | final if whole.empty else whole.first, tuple(made.after))


@dataclass(frozen=True, slots=True)
class Dfa:
    """A deterministic automaton over ASCII: state 0 is dead, state 1 is the start.

    `classes[c]` is the class of character `c`; `rows[state][class]` the next state.
    """

    classes: bytes
    rows: tuple[tuple[int, ...], ...]
    accepting: tuple[bool, ...]

    def accepts(self, text: str) -> bool:
        """Whether the whole ASCII text belongs to the language: some 40 ns a character, less once dead."""
        state = START
        rows = self.rows
        for char in text.encode().translate(self.classes):
            state = rows[state][char]
            if not state:
                return False
        return self.accepting[state]


def character_classes(sets: list[int]) -> tuple[bytes, list[int]]:
    """Group ASCII by the sets that hold each character: (class of each character, one member of each class).

    Refines one partition by set after set.
    """
    blocks = [ALL_ASCII]
    for chars in sets:
        blocks = [part for block in blocks for part in (block & chars, block & ~chars) if part]
    classes = bytearray(256)
    for index, block in enumerate(blocks):
        for code in places(block):
            classes[code] = index
    return bytes(classes), [(block & -block).bit_length() - 1 for block in blocks]


def dfa(tree: Node) -> Dfa:
    """The deterministic automaton of the tree over ASCII; TooLarge beyond MAX_STATES."""
    source = nfa(tree)
    sets = [ascii_set(leaf) for leaf in source.leaves]
    classes, members = character_classes(list(dict.fromkeys(sets)))
    readers = [sum(1 << i for i, chars in enumerate(sets) if chars >> member & 1) for member in members]
    final = 1 << len(sets)
    numbers = {0: DEAD, source.starts: START}
    order = [0, source.starts]
    rows: list[tuple[int, ...]] = []
    while len(rows) < len(order):
        current = order[len(rows)]
        row = []
        for reader in readers:
            there = following(source.after, current & reader)
            if there not in numbers:
                if len(order) >= MAX_STATES:
                    raise TooLarge
                numbers[there] = len(order)
                order.append(there)
            row.append(numbers[there])
        rows.append(tuple(row))
    return Dfa(classes, tuple(rows), tuple(bool(states & final) for states in order))
