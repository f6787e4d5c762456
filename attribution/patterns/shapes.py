"""What many patterns have in common: the text with its runs of plain characters taken out.

Ten thousand patterns such as `^WINTER\\d{2,4}$` differ in one word. Put placeholder characters for the word, and one
parse of `^<placeholders>\\d{2,4}$` serves them all. That is only right where each character of the word is read as
itself with anything before it: in `\\101` no digit is, nor in `\\10AB` the 0. So a pattern has a shape only if all of
it is written in the few tokens below, whose extent no character after them can change. Anything else is read in full.
"""

import re
from dataclasses import dataclass
from typing import Final

from attribution.patterns.required_literals import BOTH_CASES, CASELESS_PLACEHOLDER, PLACEHOLDER
from attribution.patterns.tree import Literal, Node, children

# Absent on purpose: escapes that go on after the character behind the backslash, if not up to a brace
# of their own; braces that are no count; groups that open with a number, a comment or rarer flags.
_TOKEN = re.compile(
    r"""([A-Za-z0-9_]{2,})(?![*+?{])         # a run; a character under a quantifier is no part of it
    | [A-Za-z0-9_]
    | [^A-Za-z0-9_\\()\[\]{}]+               # dots, anchors, bars, * + ?, other plain characters
    | \((?![?*]) | \(\?(?:[is]*:|[is]+\)|[=!>]|P?<[A-Za-z_][A-Za-z0-9_]*>) | \)
    | \\(?:[AZbdDsSwW]|[ -/:-@\[-`{-~]|[pP]\{\^?[A-Za-z]+\})
    | \[\^?(?:[^\\\[\]^]|\\[dDsSwW]|\\[ -/:-@\[-`{-~])(?:[^\\\[\]]|\\[dDsSwW]|\\[ -/:-@\[-`{-~])*\]
    | \{(?:[0-9]+(?:,[0-9]*)?|,[0-9]+)\}
    | (.)                                    # something else""",
    re.VERBOSE | re.DOTALL,
)
_ELSE: Final = 2
_LETTER = re.compile("[A-Za-z]")
_NO_LETTER = re.compile("[0-9_]")


@dataclass(frozen=True, slots=True)
class Shape:
    """A pattern with placeholders for the runs; without runs, the pattern itself.

    `mask` is what stands for each run.
    """

    text: str
    runs: tuple[str, ...]
    mask: str = PLACEHOLDER


def longest_run(pattern: str) -> Shape:
    """The shape in which only the longest run is taken out, each of its characters by one placeholder.

    So nothing that goes by lengths can tell the two apart. Where case may be ignored, letters and
    other characters have different placeholders. Some 3 µs.
    """
    runs = _runs(pattern)
    if not runs:
        return Shape(pattern, ())
    start, stop = max(runs, key=lambda run: run[1] - run[0])
    run = pattern[start:stop]
    if "(?" in pattern or BOTH_CASES.search(pattern):
        mask = _NO_LETTER.sub(CASELESS_PLACEHOLDER, _LETTER.sub(PLACEHOLDER, run))
    else:
        mask = PLACEHOLDER * len(run)
    return Shape(pattern[:start] + mask + pattern[stop:], (run,), mask)


def all_runs(pattern: str) -> Shape:
    """The shape in which every run is taken out, each by a single placeholder."""
    text, end = "", 0
    runs = _runs(pattern)
    for start, stop in runs:
        text += pattern[end:start] + PLACEHOLDER
        end = stop
    return Shape(text + pattern[end:], tuple(pattern[start:stop] for start, stop in runs))


def _runs(pattern: str) -> list[tuple[int, int]]:
    """Where the runs of plain characters stand; none in a pattern with anything that has to be read in full."""
    if PLACEHOLDER in pattern or CASELESS_PLACEHOLDER in pattern:
        return []
    found = [token for token in _TOKEN.finditer(pattern) if token.lastindex is not None]
    return [] if any(token.lastindex == _ELSE for token in found) else [token.span() for token in found]


def placeholders(node: Node) -> int:
    """How many literals of the tree are placeholders."""
    if isinstance(node, Literal):
        return node.char in {PLACEHOLDER, CASELESS_PLACEHOLDER}
    return sum(map(placeholders, children(node)))
