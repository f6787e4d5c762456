"""What many patterns have in common: the text with its runs of plain characters taken out.

Ten thousand patterns such as `^WINTER\\d{2,4}$` differ in one word. Put a placeholder character for
the word, and one parse of `^<placeholder>\\d{2,4}$` serves them all. This is sound when, and only
when, every placeholder turns up in the tree as a literal: then each run stood where a plain
character may stand, was no part of an escape, class, name, count or comment, and putting it back
cannot change how the rest is read. `placeholders` counts them.
"""

import re
from dataclasses import dataclass

from attribution.patterns.literals import PLACEHOLDER
from attribution.patterns.tree import Literal, Node, children

# The alternatives before the group step over what looks like an escape, a class, a count or the
# opening of a group. They may guess wrong: soundness is checked on the tree. A character under a
# quantifier is no part of the run.
_RUN = re.compile(
    r"\\.|\[\^?\]?[^\]]*\]|\{[^}]*\}|\(\?(?:P?<[^>=!]*>|[^:)]*[:)])|([A-Za-z0-9_]{2,})(?![*+?{])", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Shape:
    """A pattern with placeholders for the runs."""

    text: str
    runs: tuple[str, ...]


def longest_run(pattern: str) -> Shape:
    """The shape in which only the longest run is taken out; without one, the pattern itself. Some 3 µs."""
    start = stop = 0
    for found in _RUN.finditer(pattern):
        here, there = found.span(1)
        if there - here > stop - start:
            start, stop = here, there
    if start == stop or PLACEHOLDER in pattern:
        return Shape(pattern, ())
    return Shape(pattern[:start] + PLACEHOLDER + pattern[stop:], (pattern[start:stop],))


def all_runs(pattern: str) -> Shape:
    """The shape in which every run is taken out."""
    if PLACEHOLDER in pattern:
        return Shape(pattern, ())
    runs: list[str] = []

    def take(found: re.Match[str]) -> str:
        if found[1] is None:
            return found[0]
        runs.append(found[1])
        return PLACEHOLDER

    return Shape(_RUN.sub(take, pattern), tuple(runs))


def placeholders(node: Node) -> int:
    """How many literals of the tree are placeholders; the shape is sound if they are as many as its runs."""
    if isinstance(node, Literal):
        return node.char == PLACEHOLDER
    return sum(map(placeholders, children(node)))
