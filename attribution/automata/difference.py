"""Two languages -> the shortest used code that is of the one but not of the other.

A search in breadth over pairs of sets of positions, one set for each nondeterministic automaton: the subset
construction of both, made only as far as it is walked, so that no table has to fit a bound. Only used codes that a
customer can enter count: printable ASCII, and beyond it what the trees name (the letter of `É[0-9]+`, which nothing
else satisfies), without a blank at either end. A piece of a used code may have one at the end where it goes on.
"""

from collections import deque
from functools import lru_cache
from typing import Final

from attribution.automata.alphabet import alphabet
from attribution.automata.automaton import TooLarge, character_classes, following, nfa
from attribution.patterns.leaves import ascii_set
from attribution.patterns.tree import Leaf, Literal, Node
from attribution.terms import WHITE_SPACE

MAX_PAIRS: Final = 5000
_PREFERRED: Final = "XABCDEFGHIJKLMNOPQRSTUVWYZ1234567890abcdefghijklmnopqrstuvwxyz-_.!#%&*+/:=?@$"
_PRINTABLE: Final = sum(1 << code for code in range(0x20, 0x7F))
_BLANK: Final = 1 << 0x20
NOTHING: Final = Leaf(r"[^\x00-\U0010ffff]")
"""The tree of no text at all. (`regex` takes `[^\\s\\S]` for any character.)"""


@lru_cache(maxsize=1024)
def shortest_difference(more: Node, less: Node, *, begins: bool = True, ends: bool = True) -> str | None:
    """The shortest used code of `more` that is not of `less`; None if `less` has them all.

    Or the shortest piece of one: `begins` and `ends` say whether it stands at that end of the used code.
    TooLarge where the search was given up. The trees are free of anchors and of Opaque.
    """
    if more == less:
        return None
    one, other = nfa(more), nfa(less)
    letters = [
        (letter, letter in WHITE_SPACE, one.reading(letter), other.reading(letter))
        for letter in _alphabet([*one.leaves, *other.leaves])
    ]
    if one.may_end(one.starts) and not other.may_end(other.starts):
        return ""
    waiting = deque([(one.starts, other.starts, "")])
    seen: set[tuple[int, int]] = set()
    while waiting:
        here, beside, text = waiting.popleft()
        for letter, blank, reading, reading_beside in letters:
            there = following(one.after, here & reading)
            if not there or (begins and blank and not text):
                continue
            then = following(other.after, beside & reading_beside)
            if not (ends and blank) and one.may_end(there) and not other.may_end(then):
                return text + letter
            if (there, then) not in seen:
                if len(seen) >= MAX_PAIRS:
                    raise TooLarge
                seen.add((there, then))
                waiting.append((there, then, text + letter))
    return None


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


def shortest(tree: Node, *, begins: bool = True, ends: bool = True) -> str | None:
    """The shortest used code, or piece of one, that the tree denotes."""
    return shortest_difference(tree, NOTHING, begins=begins, ends=ends)
