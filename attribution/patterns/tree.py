"""What a pattern is made of: a small tree that automata and required literals are computed from.

A tree denotes a set of strings. Every node is immutable and hashable, so equal sub-patterns of
different patterns share one automaton. Groups leave no node: they only bracket.

`Opaque` stands for what the tree cannot say (look-around, back-references, possessive repeats ...):
some unknown subset of the strings of its `bound`. An exact decision needs `regex` where `has_opaque`
holds; the bound is enough to exclude strings.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Literal:
    """One character. `flags` are those of the inline flags "a" and "i" that are in force."""

    char: str
    flags: str = ""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One character of a set, given by its source (`[A-Z]`, `\\d`, `.`) and the flags "a", "i", "s" in force."""

    source: str
    flags: str = ""


@dataclass(frozen=True, slots=True)
class Concat:
    """One item after the other; without items, the empty string."""

    items: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Alternation:
    """Any of the branches."""

    branches: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """`low` to `high` times the item; `high` None is without end. Greedy and lazy are the same set."""

    item: "Node"
    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class Start:
    """`^` and `\\A`."""


@dataclass(frozen=True, slots=True)
class End:
    """`\\Z`; or `$`, which also holds before a newline that ends the text."""

    before_newline: bool


@dataclass(frozen=True, slots=True)
class Opaque:
    """Some unknown part of what `bound` denotes."""

    bound: "Node"


Node = Literal | Leaf | Concat | Alternation | Repeat | Start | End | Opaque

EMPTY: Final = Concat(())
DOT_STAR: Final = Repeat(Leaf("."), 0, None)
"""`.*`: everything without a newline."""
ANY_STAR: Final = Repeat(Leaf(".", "s"), 0, None)
"""Every string."""
UNKNOWN: Final = Opaque(ANY_STAR)


def items_of(node: Node) -> tuple[Node, ...]:
    """The node as the items of a concatenation."""
    return node.items if isinstance(node, Concat) else (node,)


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below."""
    match node:
        case Concat(items):
            return items
        case Alternation(branches):
            return branches
        case Repeat(item, _, _):
            return (item,)
        case Opaque(bound):
            return (bound,)
        case _:
            return ()


def concat(*nodes: Node) -> Node:
    """The nodes one after the other, flattened, without what an adjacent ANY_STAR swallows.

    ANY_STAR followed by anything that may be empty is ANY_STAR again: it contains the latter's every
    string. This makes `.*X.*`, searched for, as cheap as `X`.
    """
    items: list[Node] = []
    for node in nodes:
        for item in items_of(node):
            last = items[-1] if items else None
            if isinstance(last, Repeat) and _swallows(last, item):
                continue
            if isinstance(item, Repeat):
                while items and _swallows(item, items[-1]):
                    items.pop()
            items.append(item)
    return items[0] if len(items) == 1 else Concat(tuple(items))


def _swallows(star: Repeat, beside: Node) -> bool:
    """Whether the two, in either order, denote no more than the first."""
    if star.low or isinstance(beside, Literal | Leaf):
        return False
    return (star == DOT_STAR and beside == DOT_STAR) or (star == ANY_STAR and _may_be_swallowed(beside))


def _may_be_swallowed(node: Node) -> bool:
    """Whether the node is exact, holds no anchor and matches the empty string."""
    return not has_opaque(node) and not has_anchor(node) and lengths(node)[0] == 0


def has_opaque(node: Node) -> bool:
    """Whether some part of the node is unknown."""
    return isinstance(node, Opaque) or any(map(has_opaque, children(node)))


def has_set(node: Node) -> bool:
    """Whether some part of the node is one character of a set, `.` apart."""
    return (isinstance(node, Leaf) and node.source != ".") or any(map(has_set, children(node)))


def letter_cases(node: Node) -> frozenset[bool]:
    """Whether case is ignored, for those characters of the node that have a case."""
    if isinstance(node, Literal | Leaf):
        has_none = node.char.lower() == node.char.upper() if isinstance(node, Literal) else node.source == "."
        return frozenset() if has_none else frozenset({"i" in node.flags})
    return frozenset().union(*map(letter_cases, children(node)))


def has_anchor(node: Node) -> bool:
    """Whether `^`, `$`, `\\A` or `\\Z` occurs (what is below an Opaque holds none)."""
    return isinstance(node, Start | End) or any(map(has_anchor, children(node)))


def lengths(node: Node) -> tuple[int, int | None]:  # noqa: PLR0911 - one for each kind of node
    """Shortest and longest string of the node (bounds of them, where something is opaque); None is without end."""
    match node:
        case Literal() | Leaf():
            return 1, 1
        case Concat(items):
            below = [lengths(item) for item in items]
            return sum(low for low, _ in below), _sum([high for _, high in below])
        case Alternation(branches):
            below = [lengths(branch) for branch in branches]
            highs = [high for _, high in below]
            return min(low for low, _ in below), None if None in highs else max(h for h in highs if h is not None)
        case Repeat(item, least, most):
            low, high = lengths(item)
            if high == 0 or most == 0:
                return 0, 0
            return low * least, None if high is None or most is None else high * most
        case Opaque(bound):
            return lengths(bound)
        case _:
            return 0, 0


def _sum(parts: list[int | None]) -> int | None:
    """The sum, where None is without end."""
    return None if None in parts else sum(part for part in parts if part is not None)


def without_anchors(node: Node) -> Node:
    """The node with every anchor and every Opaque replaced by its bound: a superset that is regular."""
    match node:
        case Start() | End():
            return EMPTY
        case Opaque(bound):
            return bound
        case Concat(items):
            return concat(*map(without_anchors, items))
        case Alternation(branches):
            return Alternation(tuple(map(without_anchors, branches)))
        case Repeat(item, low, high):
            return Repeat(without_anchors(item), low, high)
        case _:
            return node
