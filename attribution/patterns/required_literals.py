"""Literals that a pattern cannot match without, and what stands before and after them.

`SUMMER\\d+` matches nothing that lacks `SUMMER`, so an index of such literals finds the few patterns worth a closer
look: the idea of RE2's prefilter (R. Cox, "Regular Expression Matching with a Trigram Index", 2012) and of Hyperscan's
decomposition (X. Wang et al., NSDI 2019). A pattern that is head . literal . tail matches a text exactly when at some
occurrence of the literal the head matches all before and the tail all after it.

A literal that is not really required would be a silent miss, so only what is certain is taken: literal characters in
unbroken sequence, in a concatenation that every match must run through.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from attribution.patterns.tree import (
    ANY_STAR,
    DOT_STAR,
    Alternation,
    Leaf,
    Literal,
    Node,
    Repeat,
    concat,
    has_opaque,
    items_of,
    without_anchors,
)

PLACEHOLDER: Final = "\ue000"
"""Stands for an ASCII letter in a shape, or for a whole run of plain characters."""

CASELESS_PLACEHOLDER: Final = "\ue001"
"""Stands for an ASCII digit or underscore in a shape."""

MAX_BRANCHES: Final = 1000
_ENOUGH: Final = 8
_MAX_UNROLLED: Final = 8
BOTH_CASES: Final = re.compile(r"\[([A-Za-z])([A-Za-z])\]")
# The characters beyond ASCII that `(?i)` equates with an ASCII letter, besides the letters themselves.
_FOLD: Final = {ord(upper): upper.lower() for upper in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"} | {
    0x130: "i",  # İ
    0x131: "i",  # ı
    0x17F: "s",  # ſ
    0x212A: "k",  # Kelvin sign
}


def fold(text: str) -> str:
    """Replace all that `(?i)` equates with an ASCII letter by that letter in lower case.

    Characters correspond one to one. Two texts that fold alike need not match each other; two that
    do match literally, with or without case, fold alike as far as they are ASCII in the pattern.
    """
    return text.lower() if text.isascii() else text.translate(_FOLD)


@dataclass(frozen=True, slots=True)
class Requirement:
    """One way to match: `head . literal . tail`, by ASCII texts in lower case where `ignore_case`.

    Where the pattern holds something opaque, `exact` is false, head and tail are supersets, and the
    occurrence of the literal is necessary only.
    """

    literal: str
    ignore_case: bool
    head: Node
    tail: Node
    exact: bool


def requirements(tree: Node) -> tuple[Requirement, ...]:
    """Ways to match that together are all of them; none where some way has no literal worth the name.

    The tree is one without anchors (see `edges.whole`). A single character is too common to be a
    literal, unless nothing else can decide the pattern cheaply.
    """
    exact = not has_opaque(tree)
    found = []
    for items in _branches(tree if exact else without_anchors(tree)):
        run = _best(items)
        if run is None or (exact and _weight(run) < 2):
            return ()
        head, tail = concat(*items[: run.start]), concat(*items[run.stop :])
        found.append(Requirement(run.text, run.ignore_case, head, tail, exact))
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class _Run:
    """Literal characters in sequence: the items `start` to `stop` of a concatenation."""

    start: int
    stop: int
    text: str
    ignore_case: bool


def _weight(run: _Run | None) -> int:
    """How selective the run is."""
    return 0 if run is None else len(run.text)


def _best(items: Sequence[Node]) -> _Run | None:
    """The run to look for: long first, then one whose surroundings need no automaton."""
    def easy(around: Sequence[Node]) -> bool:
        return not around or (len(around) == 1 and around[0] in (ANY_STAR, DOT_STAR))

    def merit(run: _Run) -> tuple[int, int]:
        ease = (run.start == 0) + easy(items[: run.start]) + easy(items[run.stop :])
        return _weight(run), ease

    return max(_runs(items), key=merit, default=None)


def _runs(items: Sequence[Node]) -> Iterator[_Run]:
    """Maximal sequences of literal characters that are all compared alike."""
    start, text, case = 0, "", None
    for position, item in enumerate([*items, None]):
        read = None if item is None else _read(item)
        if read is None or (case is not None and read[1] is not None and read[1] != case):
            if text:
                yield _Run(start, position, fold(text) if case else text, bool(case))
            start, text, case = position, "", None
        if read is None:
            start = position + 1
        else:
            text += read[0]
            case = read[1] if case is None else case


def _read(item: Node) -> tuple[str, bool | None] | None:
    """A literal character, and whether its case is ignored (None: it has none); None for anything else."""
    if isinstance(item, Leaf):
        both = BOTH_CASES.fullmatch(item.source)  # [Ss] is (?i:s), as far as ASCII goes
        return (both[1], True) if both and both[1] != both[2] and both[1].lower() == both[2].lower() else None
    if not isinstance(item, Literal):
        return None
    if item.char == PLACEHOLDER:
        return item.char, "i" in item.flags
    if item.char == CASELESS_PLACEHOLDER:
        return item.char, None
    if not item.char.isascii():
        return None if "i" in item.flags else (item.char, False)
    return item.char, ("i" in item.flags) if item.char.isalpha() else None


def _branches(tree: Node) -> list[tuple[Node, ...]]:
    """The tree as alternative concatenations, opened up only as far as that makes longer literals."""
    if isinstance(tree, Alternation):
        opened = [way for branch in tree.branches for way in _branches(branch)]
        return opened if len(opened) <= MAX_BRANCHES else [(tree,)]
    items = _unrolled(items_of(tree))
    ways = [items]
    least = _weight(_best(items))
    for place, item in enumerate(items):
        if least < _ENOUGH and isinstance(item, Alternation) and len(item.branches) <= MAX_BRANCHES:
            before, after = items[:place], items[place + 1 :]
            opened = [_unrolled(items_of(concat(*before, branch, *after))) for branch in item.branches]
            worst = min(_weight(_best(way)) for way in opened)
            if worst > least:
                ways, least = opened, worst
    return ways


def _unrolled(items: tuple[Node, ...]) -> tuple[Node, ...]:
    """The items with the copies that a repeat of literals surely begins with written out: `A+` as `AA*`."""
    written: list[Node] = []
    for item in items:
        if isinstance(item, Repeat) and 0 < item.low <= _MAX_UNROLLED and _is_text(item.item):
            written.extend(items_of(item.item) * item.low)
            if item.high != item.low:
                high = None if item.high is None else item.high - item.low
                written.append(Repeat(item.item, 0, high))
        else:
            written.append(item)
    return tuple(written)


def _is_text(node: Node) -> bool:
    """Whether the node is a literal text of a few characters."""
    items = items_of(node)
    return 0 < len(items) <= _MAX_UNROLLED and all(isinstance(item, Literal) for item in items)
