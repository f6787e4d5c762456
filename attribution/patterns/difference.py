"""Two languages -> the shortest used code that is of the one but not of the other.

A search in breadth over pairs of sets of positions, one set for each nondeterministic automaton: the
subset construction of both, made only as far as it is walked, so that no table has to fit a bound. Only
used codes that a customer can enter count: printable ASCII, without a blank at either end. A piece
of a used code may have one at the end where it goes on.
"""

from collections import deque
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from attribution.patterns.automaton import Nfa, TooLarge, character_classes, nfa
from attribution.patterns.leaves import ascii_set
from attribution.patterns.tree import Leaf, Node

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
    """The shortest used code of `more` that is not of `less`; None where there is none.

    Or the shortest piece of one: `begins` and `ends` say whether it stands at that end of the used code.
    TooLarge where the search was given up. The trees are free of anchors and of Opaque.
    """
    if more == less:
        return None
    both = nfa(more), nfa(less)
    sets = [[ascii_set(leaf) for leaf in source.leaves] for source in both]
    letters = _alphabet([*sets[0], *sets[1]])
    first, second = (
        _Walker(source, [_mask(own, letter) for letter in letters]) for source, own in zip(both, sets, strict=True)
    )
    return _search(first, second, letters, begins=begins, ends=ends)


def _search(more: _Walker, less: _Walker, letters: str, *, begins: bool, ends: bool) -> str | None:
    """The walk over pairs of states of the two."""
    start = (more.source.starts, less.source.starts)
    if more.accepts(start[0]) and not less.accepts(start[1]):
        return ""
    before: dict[tuple[int, int], tuple[tuple[int, int], str] | None] = {start: None}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        for number, letter in enumerate(letters):
            there = more.step(here[0], number), less.step(here[1], number)
            if not there[0] or (begins and letter == " " and here == start):
                continue
            if not (ends and letter == " ") and more.accepts(there[0]) and not less.accepts(there[1]):
                return _path(before, here) + letter
            if there not in before:
                if len(before) >= MAX_PAIRS:
                    raise TooLarge
                before[there] = here, letter
                queue.append(there)
    return None


def _path(before: dict[tuple[int, int], tuple[tuple[int, int], str] | None], state: tuple[int, int]) -> str:
    """The letters from the start to the state."""
    letters: list[str] = []
    while (step := before[state]) is not None:
        state, letter = step
        letters.append(letter)
    return "".join(reversed(letters))


def _alphabet(sets: list[int]) -> str:
    """One character for each class of printable characters that no leaf tells apart, those people like first."""
    classes, _ = character_classes([_PRINTABLE, _BLANK, *dict.fromkeys(sets)])
    chosen: dict[int, str] = {}
    for char in _PREFERRED + "".join(map(chr, range(0x20, 0x7F))):
        chosen.setdefault(classes[ord(char)], char)
    return "".join(chosen.values())


def _mask(sets: list[int], letter: str) -> int:
    """The positions whose leaf reads the letter, as bits."""
    return sum(1 << position for position, chars in enumerate(sets) if chars >> ord(letter) & 1)


def shortest(tree: Node, *, begins: bool = True, ends: bool = True) -> str | None:
    """The shortest used code, or piece of one, that the tree denotes."""
    return shortest_difference(tree, NOTHING, begins=begins, ends=ends)
