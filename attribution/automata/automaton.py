"""A tree -> automata: one over any text that never backtracks, one over ASCII that is a table.

The nondeterministic automaton is Thompson's construction (K. Thompson, "Regular Expression Search
Algorithm", CACM 11, 1968): each node becomes a fragment with one entry and one exit, joined by
edges that read nothing. Simulating it costs at most states x characters, so no pattern can hang it.

The deterministic one is the subset construction (M. Rabin, D. Scott, 1959; as told in A. Aho et
al., "Compilers", 3.7): its states are the sets of states the former can be in. Two measures keep it
small: the 128 ASCII characters are first grouped into classes that no leaf tells apart (`[A-Z]\\d`
needs three), and the construction gives up beyond a bound, as sets can number 2^n (`.*A.{20}`).

Trees must be free of anchors and of Opaque.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from attribution.patterns.leaves import ALL_ASCII, ascii_set, contains
from attribution.patterns.tree import Alternation, Concat, Leaf, Literal, Node, Repeat

MAX_POSITIONS: Final = 3000
MAX_STATES: Final = 400
DEAD: Final = 0
START: Final = 1


class TooLarge(Exception):
    """The automaton would exceed its bound; the caller decides in another way."""


@dataclass(slots=True)
class _Fragments:
    """The automaton under construction. State `s` reads `reads[s]`, if anything, and goes to `s + 1`."""

    silent: list[list[int]] = field(default_factory=list)
    reads: list[Leaf | Literal | None] = field(default_factory=list)

    def state(self, reads: Leaf | Literal | None = None) -> int:
        """A new state."""
        if len(self.reads) >= MAX_POSITIONS:
            raise TooLarge
        self.silent.append([])
        self.reads.append(reads)
        return len(self.reads) - 1

    def build(self, node: Node, entry: int) -> int:
        """Append the node after the state `entry`; returns the exit."""
        match node:
            case Literal() | Leaf():
                self.silent[entry].append(self.state(node))
                return self.state()
            case Concat(items):
                for item in items:
                    entry = self.build(item, entry)
                return entry
            case Alternation(branches):
                exits = [self.build(branch, self._after(entry)) for branch in branches]
                end = self.state()
                for leaving in exits:
                    self.silent[leaving].append(end)
                return end
            case Repeat(item, low, high):
                return self._repeat(item, low, high, entry)
        raise TypeError(f"no automaton for {node!r}")

    def _after(self, entry: int) -> int:
        """A new state reached from `entry` without reading."""
        new = self.state()
        self.silent[entry].append(new)
        return new

    def _repeat(self, item: Node, low: int, high: int | None, entry: int) -> int:
        """`low` copies, then a loop, or a chain of copies each of which may be left."""
        for _ in range(low):
            entry = self.build(item, self._after(entry))
        if high is None:
            loop = self._after(entry)
            self.silent[self.build(item, loop)].append(loop)
            return self._after(loop)
        end = self.state()
        self.silent[entry].append(end)
        for _ in range(high - low):
            entry = self.build(item, self._after(entry))
            self.silent[entry].append(end)
        return end


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
        current = self.starts
        for char in text:
            following = 0
            for position in _bits(current):
                if position < len(self.leaves) and contains(self.leaves[position], char):
                    following |= self.after[position]
            current = following
        return bool(current >> len(self.leaves) & 1)


def _bits(number: int) -> list[int]:
    """The positions of the bits that are set."""
    found = []
    while number:
        low = number & -number
        found.append(low.bit_length() - 1)
        number ^= low
    return found


@lru_cache(maxsize=1024)
def nfa(tree: Node) -> Nfa:
    """The nondeterministic automaton of the tree; TooLarge beyond MAX_POSITIONS."""
    parts = _Fragments()
    entry = parts.state()
    end = parts.build(tree, entry)
    number = {state: index for index, state in enumerate(s for s, leaf in enumerate(parts.reads) if leaf)}
    number[end] = len(number)

    def reachable(state: int) -> int:
        seen, stack, found = {state}, [state], 0
        while stack:
            here = stack.pop()
            if here in number:
                found |= 1 << number[here]
            for there in parts.silent[here]:
                if there not in seen:
                    seen.add(there)
                    stack.append(there)
        return found

    reading = [state for state in number if state != end]
    return Nfa(
        leaves=tuple(leaf for leaf in parts.reads if leaf),
        starts=reachable(entry),
        after=tuple(reachable(state + 1) for state in reading),
    )


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
        for code in _bits(block):
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
            following = 0
            for position in _bits(current & reader):
                following |= source.after[position]
            if following not in numbers:
                if len(order) >= MAX_STATES:
                    raise TooLarge
                numbers[following] = len(order)
                order.append(following)
            row.append(numbers[following])
        rows.append(tuple(row))
    return Dfa(classes, tuple(rows), tuple(bool(states & final) for states in order))
