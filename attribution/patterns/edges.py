"""Anchors and the two ways to match -> a tree of the *whole* strings that match.

`regex_match = "search"` is a whole match of ANY* pattern ANY*, except where an anchor at an edge
takes the ANY* away; in a whole match an anchor at an edge says nothing. `$` also holds before a
final newline. What remains afterwards is anchored in the middle (`a^b`) and becomes `Opaque`.
"""

from typing import Final

from attribution.patterns.tree import (
    ANY_STAR,
    EMPTY,
    Alternation,
    Concat,
    End,
    Literal,
    Node,
    Opaque,
    Repeat,
    Start,
    concat,
    has_anchor,
)

_FINAL_NEWLINE: Final = Repeat(Literal("\n"), 0, 1)


def whole(tree: Node, *, search: bool) -> Node:
    """The anchor-free tree of all used codes that the pattern matches; Opaque where that is not known."""
    outside = ANY_STAR if search else EMPTY
    return _settle(_close(_open(tree, outside), outside))


def _open(node: Node, before: Node) -> Node:
    """The node with `before` to its left, and the start anchors at its left edge gone."""
    match node:
        case Start():
            return EMPTY
        case Concat((first, *rest)) if has_anchor(first):
            if isinstance(first, Start):
                return _open(Concat(tuple(rest)), EMPTY)
            return concat(_open(first, before), *rest)
        case Alternation(branches) if has_anchor(node):
            return Alternation(tuple(_open(branch, before) for branch in branches))
        case _:
            return concat(before, node)


def _close(node: Node, after: Node) -> Node:
    """The node with `after` to its right, and the end anchors at its right edge gone."""
    match node:
        case End(before_newline):
            return _FINAL_NEWLINE if before_newline and after != EMPTY else EMPTY
        case Concat((*rest, last)) if has_anchor(last):
            if isinstance(last, End):
                return _close(Concat(tuple(rest)), _close(last, after))
            return concat(*rest, _close(last, after))
        case Alternation(branches) if has_anchor(node):
            return Alternation(tuple(_close(branch, after) for branch in branches))
        case _:
            return concat(node, after)


def _settle(node: Node) -> Node:
    """The node with the anchors that are left, in the middle, as something unknown of no length."""
    if not has_anchor(node):
        return node
    match node:
        case Concat(items):
            return concat(*map(_settle, items))
        case Alternation(branches):
            return Alternation(tuple(map(_settle, branches)))
        case Start() | End():
            return Opaque(EMPTY)
        case _:
            return node
