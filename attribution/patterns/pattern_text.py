"""A tree -> the text of a pattern that matches what the tree denotes, in lower case where case is folded.

For trees without anchors and without Opaque. Folded, it answers of a text in lower case whether *some* spelling of it,
with ASCII letters in either case, is matched by the tree: as no character depends on another, it is enough to fold each
set by itself.
"""

from string import ascii_lowercase

import regex

from attribution.patterns.leaves import ascii_set
from attribution.patterns.tree import Alternation, Concat, Leaf, Literal, Node, Repeat, children
from attribution.text import fold_ascii


def written(node: Node, *, folded: bool = False) -> str:
    """The text; TypeError for what only `regex` knows."""
    return ("(?a)" if _is_ascii(node) else "") + _text(node, folded)


def _is_ascii(node: Node) -> bool:
    """Whether the flag "a" is in force, which is only ever so for the whole of a pattern."""
    return "a" in node.flags if isinstance(node, Literal | Leaf) else any(map(_is_ascii, children(node)))


def _text(node: Node, folded: bool) -> str:
    match node:
        case Literal() | Leaf():
            return _folded(node) if folded else _character(node)
        case Concat(items):
            return "".join(_part(item, folded) for item in items)
        case Alternation(branches):
            return "|".join(_text(branch, folded) for branch in branches)
        case Repeat(item, low, high):
            return _single(item, folded) + _count(low, high)
    raise TypeError(f"no text for {node!r}")


def _part(node: Node, folded: bool) -> str:
    """The text as an item of a concatenation."""
    text = _text(node, folded)
    return f"(?:{text})" if isinstance(node, Alternation) else text


def _single(node: Node, folded: bool) -> str:
    """The text as one thing that a count may follow."""
    text = _text(node, folded)
    return text if isinstance(node, Literal | Leaf) and not text.startswith("(") else f"(?:{text})"


def _count(low: int, high: int | None) -> str:
    """The quantifier."""
    if high is None and low < 2:
        return "+" if low else "*"
    return f"{{{low},{'' if high is None else high}}}"


def _character(leaf: Literal | Leaf) -> str:
    """The text of one character or set, its flags about it."""
    source = leaf.source if isinstance(leaf, Leaf) else regex.escape(leaf.char)
    flags = leaf.flags.replace("a", "")
    return f"(?{flags}:{source})" if flags else source


def _folded(leaf: Literal | Leaf) -> str:
    """As `_character`; a lower-case letter matches also where only its upper case does."""
    if isinstance(leaf, Literal) and "i" not in leaf.flags:
        return _character(Literal(fold_ascii(leaf.char), leaf.flags))
    chars = ascii_set(leaf)
    missing = "".join(char for char in ascii_lowercase if not chars >> ord(char) & 1 and chars >> ord(char.upper()) & 1)
    return f"(?:{_character(leaf)}|[{missing}])" if missing else _character(leaf)
