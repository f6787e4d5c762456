"""In which letter cases a pattern can be matched, by its pieces."""

from functools import lru_cache, reduce
from operator import or_
from string import ascii_lowercase, ascii_uppercase
from typing import Final

from attribution.patterns.leaves import ascii_set
from attribution.patterns.tree import Leaf, Literal, Node, children
from attribution.validation.checks.patterns.pattern_reading import Planned

UPPER: Final = 1
LOWER: Final = 2
_UPPER_SET: Final = sum(1 << ord(char) for char in ascii_uppercase)
_LOWER_SET: Final = sum(1 << ord(char) for char in ascii_lowercase)
_LOWERED: Final = str.maketrans(ascii_uppercase, ascii_lowercase)
_RAISED: Final = str.maketrans(ascii_lowercase, ascii_uppercase)


def in_other_case(text: str, case: int) -> str:
    """The text, which is in this letter case, in the other one: ASCII letters only, as for literals."""
    return text.translate(_LOWERED if case == UPPER else _RAISED)


def has_case(text: str) -> bool:
    """Whether it makes a difference to a literal that letter case does not count."""
    return any(char.isascii() and char.isalpha() for char in text)


@lru_cache(maxsize=8192)
def cases(node: Node) -> int:
    """UPPER, LOWER or both (joined by `|`): those for which some character of the pattern allows that case only.

    A character that allows both, as `.` does, insists on none.
    """
    if isinstance(node, Literal | Leaf):
        chars = ascii_set(node)
        found = UPPER * bool(chars & _UPPER_SET) | LOWER * bool(chars & _LOWER_SET)
        return found if found != UPPER | LOWER else 0
    return reduce(or_, map(cases, children(node)), 0)


def cases_of(planned: Planned, index: int) -> int:
    """As `cases`, for a whole pattern, from the pieces it is planned by."""
    entries = planned.entries.get(index, ())
    numbers = [number for entry in entries for number in (entry.head, entry.tail)]
    numbers += [places[index] for places in (planned.scanned, planned.opaque) if index in places]
    found = reduce(or_, (cases(planned.languages.trees[number]) for number in numbers), 0)
    for text in (entry.literal for entry in entries if not entry.ignore_case):
        found |= UPPER * (in_other_case(text, UPPER) != text) | LOWER * (in_other_case(text, LOWER) != text)
    return found
