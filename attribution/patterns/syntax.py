"""The text of a pattern -> its tree.

A recursive descent that follows the grammar of `regex` in version 0, over patterns that `regex` accepts, with their
flags hoisted. A construct that can be delimited but not expressed becomes `Opaque` with the best bound known. One whose
end or meaning is in any doubt (fuzzy matching, octal escapes, group calls, verbose mode, ...) makes the whole pattern
`UNKNOWN`: better slow than wrong.
"""

import re
from typing import Final

from attribution.patterns.tree import (
    EMPTY,
    UNKNOWN,
    Alternation,
    End,
    Leaf,
    Literal,
    Node,
    Opaque,
    Repeat,
    Start,
    concat,
    has_anchor,
    has_opaque,
    has_set,
    letter_cases,
    without_anchors,
)

_FRONT = re.compile(r"\(\?([A-Za-z0-9]+)\)")
# A part with other character sets than the rest is not understood: `regex` joins the branches of
# `(?ai)x|(?u:\w)` into one set, under the flags of the whole.
_SCOPE = re.compile(r"\(\?([ims]*)(?:-([ims]+))?:")
_NAMED = re.compile(r"\(\?P?<[A-Za-z_][A-Za-z0-9_]*>")
_COMMENT = re.compile(r"\(\?#(?:\\.|[^)\\])*\)", re.DOTALL)
_NAME_REFERENCE = re.compile(r"\(\?P=[A-Za-z_][A-Za-z0-9_]*\)")
_NUMBER_REFERENCE = re.compile(r"\\[1-9][0-9]?(?![0-9])")
_PROPERTY = re.compile(r"\\[pP](?:\{\^?[A-Za-z0-9 &_.=:/-]+\}|[CLMNPSZ])")
_HEX = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U(000[0-9A-Fa-f]{5}|0010[0-9A-Fa-f]{4}))")
_COUNTS = re.compile(r"\{(?:([0-9]+)|([0-9]*),([0-9]*))\}")
# A first ] is itself. A [ inside is only understood as part of [:alpha:].
_CLASS = re.compile(
    r"\[\^?(?:\\.|\[:\^?[a-zA-Z]+:\]|[^\\\[])(?:\\.|\[:\^?[a-zA-Z]+:\]|[^\]\\\[])*\]", re.DOTALL
)
_SINGLE = re.compile(r"\[([^\w\s\\^\[])\]", re.ASCII)  # [.] is the usual way to write \.
_PLAIN: Final = frozenset("dDsSwWh")
_CONTROL: Final = {"a": "\a", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_LOOK: Final = ("(?=", "(?!", "(?<=", "(?<!")
_QUANTIFIERS: Final = {"?": (0, 1), "*": (0, None), "+": (1, None)}
_MAX_DEPTH: Final = 40
_KNOWN_FLAGS: Final = frozenset("imsau")


class _NotUnderstood(Exception):
    """The whole pattern is to be UNKNOWN."""


def parse(text: str) -> Node:
    """The tree of a valid pattern with hoisted flags; UNKNOWN where it is not understood."""
    flags: frozenset[str] = frozenset()
    position = 0
    if front := _FRONT.match(text):
        flags = frozenset(front[1].replace("V0", ""))
        position = front.end()
    if not flags <= _KNOWN_FLAGS:
        return UNKNOWN
    try:
        parser = _Parser(text, position)
        tree = parser.alternation(flags, 0)
    except _NotUnderstood:
        return UNKNOWN
    return tree if parser.position == len(text) else UNKNOWN


class _Parser:
    """The reader of one pattern: `position` is where the next token starts."""

    def __init__(self, text: str, position: int) -> None:
        self.text = text
        self.position = position

    def alternation(self, flags: frozenset[str], depth: int) -> Node:
        """Branches up to a closing parenthesis or the end."""
        if depth > _MAX_DEPTH:
            raise _NotUnderstood
        branches = [self.sequence(flags, depth)]
        while self.text.startswith("|", self.position):
            self.position += 1
            branches.append(self.sequence(flags, depth))
        if len(branches) == 1:
            return branches[0]
        alternation = Alternation(tuple(branches))
        # `regex` joins branches of one character into one set, and then `b|[^a]|(?i:x)` does not match A.
        return UNKNOWN if has_set(alternation) and len(letter_cases(alternation)) > 1 else alternation

    def sequence(self, flags: frozenset[str], depth: int) -> Node:
        """Items up to a bar, a closing parenthesis or the end."""
        items: list[Node] = []
        repeatable = False
        while self.position < len(self.text) and self.text[self.position] not in ")|":
            char = self.text[self.position]
            if char in "?*+{":
                if not repeatable:
                    raise _NotUnderstood
                items.append(self.repeat(items.pop()))
                repeatable = False
            elif comment := _COMMENT.match(self.text, self.position):
                self.position = comment.end()
            else:
                items.append(self.atom(char, flags, depth))
                repeatable = True
        return concat(*items)

    def repeat(self, item: Node) -> Node:
        """The item under the quantifier that stands here."""
        low: int
        high: int | None
        if counts := _COUNTS.match(self.text, self.position):
            exact, least, most = counts.groups()
            low, high = (int(exact), int(exact)) if exact else (int(least or 0), int(most) if most else None)
            self.position = counts.end()
        elif (char := self.text[self.position]) in _QUANTIFIERS:
            low, high = _QUANTIFIERS[char]
            self.position += 1
        else:
            raise _NotUnderstood  # a literal brace, or fuzzy matching
        suffix = self.text[self.position : self.position + 1]
        if suffix in {"?", "+"}:
            self.position += 1
        repeated = Repeat(item, low, high)
        if suffix == "+" or has_anchor(item) or has_opaque(item):
            # A possessive repeat gives nothing back; an assertion is not repeated at all by `regex`,
            # so that `^*` is `^`: either way some subset of the plain repeat.
            return Opaque(without_anchors(repeated))
        return repeated

    def atom(self, char: str, flags: frozenset[str], depth: int) -> Node:  # noqa: PLR0911 - one for each construct
        """One item without its quantifier."""
        if char == "\\":
            return self.escape(flags)
        if char == "(":
            return self.group(flags, depth)
        if char == "[":
            return self.char_class(flags)
        self.position += 1
        if char == ".":
            return Leaf(".", "s" if "s" in flags else "")
        if char == "^":
            return Opaque(EMPTY) if "m" in flags else Start()
        if char == "$":
            return Opaque(EMPTY) if "m" in flags else End(before_newline=True)
        return Literal(char, _of_leaf(flags))

    def char_class(self, flags: frozenset[str]) -> Node:
        """A character class, taken over as text: `regex` will be asked what it means."""
        found = _CLASS.match(self.text, self.position)
        if found is None:
            raise _NotUnderstood
        self.position = found.end()
        single = _SINGLE.fullmatch(found[0])
        return Literal(single[1], _of_leaf(flags)) if single else Leaf(found[0], _of_leaf(flags))

    def escape(self, flags: frozenset[str]) -> Node:  # noqa: PLR0911 - one for each construct
        """What a backslash introduces."""
        char = self.text[self.position + 1 : self.position + 2]
        if char in _PLAIN:
            return self._take(2, Leaf("\\" + char, _of_leaf(flags)))
        if char in _CONTROL:
            return self._take(2, Literal(_CONTROL[char], _of_leaf(flags)))
        if char == "A":
            return self._take(2, Start())
        if char in {"Z", "z"}:
            return self._take(2, End(before_newline=False))
        if char in {"b", "B", "m", "M"}:
            return self._take(2, Opaque(EMPTY))
        if char in {"R", "X"}:
            return self._take(2, UNKNOWN)
        if not (char.isascii() and char.isalnum()) and char:
            return self._take(2, Literal(char, _of_leaf(flags)))
        if code := _HEX.match(self.text, self.position):
            value = chr(int(code[1] or code[2] or code[3], 16))
            return self._take(len(code[0]), Literal(value, _of_leaf(flags)))
        if prop := _PROPERTY.match(self.text, self.position):
            return self._take(len(prop[0]), Leaf(prop[0], _of_leaf(flags)))
        if reference := _NUMBER_REFERENCE.match(self.text, self.position):
            return self._take(len(reference[0]), UNKNOWN)
        raise _NotUnderstood

    def group(self, flags: frozenset[str], depth: int) -> Node:  # noqa: PLR0911 - one for each construct
        """What a parenthesis opens, up to its close."""
        text, start = self.text, self.position
        if not text.startswith(("(?", "(*"), start):
            return self._inside(1, flags, depth)
        if text.startswith(("(?:", "(?|"), start):
            return self._inside(3, flags, depth)
        if named := _NAMED.match(text, start):
            return self._inside(len(named[0]), flags, depth)
        if scope := _SCOPE.match(text, start):
            inner = (flags - frozenset(scope[2] or "")) | frozenset(scope[1])
            return self._inside(len(scope[0]), inner, depth)
        if text.startswith("(?>", start):
            return Opaque(without_anchors(self._inside(3, flags, depth)))
        for look in _LOOK:
            if text.startswith(look, start):
                self._inside(len(look), flags, depth)
                return Opaque(EMPTY)
        if reference := _NAME_REFERENCE.match(text, start):
            return self._take(len(reference[0]), UNKNOWN)
        raise _NotUnderstood

    def _inside(self, opening: int, flags: frozenset[str], depth: int) -> Node:
        """The alternation between an opening of that many characters and its closing parenthesis."""
        self.position += opening
        inner = self.alternation(flags, depth + 1)
        if not self.text.startswith(")", self.position):
            raise _NotUnderstood
        self.position += 1
        return inner

    def _take(self, count: int, node: Node) -> Node:
        """The node, after stepping over its text."""
        self.position += count
        return node


def _of_leaf(flags: frozenset[str]) -> str:
    """The flags that change what a single character means."""
    return ("a" if "a" in flags else "") + ("i" if "i" in flags else "")
