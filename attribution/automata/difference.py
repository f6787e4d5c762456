"""Two languages -> the shortest used code that is of the one but not of the other.

A search in breadth over pairs of sets of positions, one set for each nondeterministic automaton: the
subset construction of both, made only as far as it is walked, so that no table has to fit a bound. Only
used codes that a customer can enter count: printable ASCII, and beyond it what the trees name (the letter of
`É[0-9]+`, which nothing else satisfies), without a blank at either end. A piece of a used code may have one at the
end where it goes on.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from attribution.automata.alphabet import alphabet
from attribution.automata.automaton import Nfa, TooLarge, character_classes, nfa
from attribution.patterns.leaves import ascii_set, contains
from attribution.patterns.tree import Leaf, Literal, Node
from attribution.terms import WHITE_SPACE

_Pair = tuple[int, int, bool]

MAX_PAIRS: Final = 5000
_PREFERRED: Final = "XABCDEFGHIJKLMNOPQRSTUVWYZ1234567890abcdefghijklmnopqrstuvwxyz-_.!#%&*+/:=?@$"
_PRINTABLE: Final = sum(1 << code for code in range(0x20, 0x7F))
_BLANK: Final = 1 << 0x20
NOTHING: Final = Leaf(r"[^\x00-\U0010ffff]")
"""The tree of no text at all. (`regex` takes `[^\\s\\S]` for any character.)"""


@dataclass(frozen=True, slots=True)
class _Walker:
    """An automaton over a shared alphabet: `reads[c]` are the positions that read letter `c`, as bits."""

    source: Nfa
    reads: list[int]

    def step(self, current: int, letter: int) -> int:
        """The positions that may come next."""
        following = 0
        able = current & self.reads[letter]
        while able:
            low = able & -able
            following |= self.source.after[low.bit_length() - 1]
            able ^= low
        return following

    def accepts(self, current: int) -> bool:
        """Whether a text may end here."""
        return bool(current >> len(self.source.leaves) & 1)


@lru_cache(maxsize=1024)
def shortest_difference(more: Node, less: Node, *, begins: bool = True, ends: bool = True) -> str | None:
    """The shortest used code of `more` that is not of `less`; None if `less` has them all.

    Or the shortest piece of one: `begins` and `ends` say whether it stands at that end of the used code.
    TooLarge where the search was given up. The trees are free of anchors and of Opaque.
    """
    if more == less:
        return None
    both = nfa(more), nfa(less)
    letters = _alphabet([*both[0].leaves, *both[1].leaves])
    first, second = (_Walker(source, [_mask(source.leaves, letter) for letter in letters]) for source in both)
    return _search(first, second, letters, begins=begins, ends=ends)


def _search(more: _Walker, less: _Walker, letters: str, *, begins: bool, ends: bool) -> str | None:
    """The walk over pairs of states of the two; the start is apart, as only there no blank may follow."""
    start = (more.source.starts, less.source.starts, True)
    if more.accepts(start[0]) and not less.accepts(start[1]):
        return ""
    before: dict[_Pair, tuple[_Pair, str] | None] = {start: None}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        for number, letter in enumerate(letters):
            there = more.step(here[0], number), less.step(here[1], number), False
            blank = letter in WHITE_SPACE
            if not there[0] or (begins and blank and here == start):
                continue
            if not (ends and blank) and more.accepts(there[0]) and not less.accepts(there[1]):
                return _path(before, here) + letter
            if there not in before:
                if len(before) >= MAX_PAIRS:
                    raise TooLarge
                before[there] = here, letter
                queue.append(there)
    return None


def _path(before: dict[_Pair, tuple[_Pair, str] | None], state: _Pair) -> str:
    """The letters from the start to the state."""
    letters: list[str] = []
    while (step := before[state]) is not None:
        state, letter = step
        letters.append(letter)
    return "".join(reversed(letters))


def _alphabet(leaves: list[Leaf | Literal]) -> str:
    """One character for each class of characters that no leaf tells apart, those people like first."""
    classes, _ = character_classes([_PRINTABLE, _BLANK, *dict.fromkeys(map(ascii_set, leaves))])
    chosen: dict[int, str] = {}
    for char in _PREFERRED + "".join(map(chr, range(0x20, 0x7F))):
        chosen.setdefault(classes[ord(char)], char)
    return "".join(chosen.values()) + _beyond(leaves)


def _beyond(leaves: list[Leaf | Literal]) -> str:
    """Representatives of the characters beyond ASCII, of leaves that hold these only."""
    strange = {leaf for leaf in leaves if not ascii_set(leaf)} - {NOTHING}
    if not strange:
        return ""
    wide = alphabet(leaves)
    held = wide.member[[wide.numbers[leaf] for leaf in strange]]
    return "".join(char for char, column in zip(wide.characters, held.T, strict=True) if column.any())


def _mask(leaves: Sequence[Leaf | Literal], letter: str) -> int:
    """The positions whose leaf reads the letter, as bits."""
    return sum(1 << position for position, leaf in enumerate(leaves) if contains(leaf, letter))


def shortest(tree: Node, *, begins: bool = True, ends: bool = True) -> str | None:
    """The shortest used code, or piece of one, that the tree denotes."""
    return shortest_difference(tree, NOTHING, begins=begins, ends=ends)
