"""The text of a pattern -> a tree of its loops and choices, for finding out where it may backtrack.

What matters is which texts can be read in several ways, not which are matched in the end; candidates are timed
anyway. So the tree says more than the pattern does: the body of a look-around is optional text, an atomic group or a
possessive repeat is a plain one, a back-reference or a call of a group is the group itself, boundaries and anchors
are nothing. A repeat of widely varying count is a loop without end.
"""

from dataclasses import dataclass, field
from typing import Final

from attribution.patterns.tokens import Kind, Token, tokens
from attribution.patterns.tree import EMPTY, Alternation, Concat, Leaf, Literal, Node, Repeat

_MAX_COPIES: Final = 4
_EMPTY_ESCAPES: Final = frozenset("bBmMKG")
_SETS: Final = frozenset("dDsSwWhvpPNXRxuUL0123456789nrtfa")
_MAX_DEPTH: Final = 60


def skeleton(text: str) -> Node:
    """The tree of a hoisted pattern; of one with groups within groups beyond measure, nothing."""
    cut = tuple(token for token in tokens(text) if token.kind is not Kind.IGNORED)
    try:
        return _Reader(cut).alternation("", 0)
    except _TooDeep:
        return EMPTY


class _TooDeep(Exception):
    """Groups are nested too deeply to be looked at."""


@dataclass(slots=True)
class _Reader:
    """The reader of one pattern. `groups` are the capturing groups that are closed, by number and by name."""

    cut: tuple[Token, ...]
    at: int = 0
    opened: int = 0
    groups: dict[str, Node] = field(default_factory=dict)

    def alternation(self, flags: str, depth: int) -> Node:
        """Branches up to a closing parenthesis or the end."""
        if depth > _MAX_DEPTH:
            raise _TooDeep
        branches: list[list[Node]] = [[]]
        while self.at < len(self.cut) and self.cut[self.at].kind is not Kind.CLOSE:
            token = self.cut[self.at]
            self.at += 1
            if token.kind is Kind.FLAGS:
                flags = token.text
            elif token.kind is Kind.BAR:
                branches.append([])
            elif token.kind is Kind.QUANTIFIER and branches[-1]:
                branches[-1].append(_repeat(branches[-1].pop(), token.text))
            elif token.kind is not Kind.FUZZY:
                branches[-1].append(self._atom(token, flags, depth))
        items: list[Node] = [branch[0] if len(branch) == 1 else Concat(tuple(branch)) for branch in branches]
        return items[0] if len(items) == 1 else Alternation(tuple(items))

    def _atom(self, token: Token, flags: str, depth: int) -> Node:  # noqa: PLR0911 - one for each kind of token
        """One item without its quantifier."""
        case = "i" if "i" in flags else ""
        match token.kind:
            case Kind.OPEN:
                return self._group(token.text, flags, depth)
            case Kind.REFERENCE | Kind.CALL:
                return self.groups.get(token.text.strip(r"\()?P=<>&g"), EMPTY)
            case Kind.CLASS:
                return Leaf(token.text, case)
            case Kind.DOT:
                return Leaf(".", "s" if "s" in flags else "")
            case Kind.CHARACTER:
                return Literal(token.text, case)
            case Kind.ESCAPE if token.text[1] not in _EMPTY_ESCAPES:
                return Leaf(token.text, case) if token.text[1] in _SETS else Literal(token.text[1], case)
            case _:
                return EMPTY

    def _group(self, opening: str, flags: str, depth: int) -> Node:
        """What a parenthesis opens, up to its close."""
        names = []
        if opening == "(" or (opening.startswith(("(?<", "(?P<")) and opening.endswith(">")):
            self.opened += 1
            names = [str(self.opened), opening.strip("(?P<>")]
        elif opening.endswith(":"):
            on, _, off = opening[2:-1].partition("-")
            flags = "".join(flag for flag in flags + on if flag not in off)
        inner = self.alternation(flags, depth + 1)
        self.at += 1
        self.groups.update((name, inner) for name in names if name)
        return Repeat(inner, 0, 1) if opening in {"(?=", "(?!", "(?<=", "(?<!"} else inner


def _repeat(item: Node, quantifier: str) -> Node:
    """The item under the quantifier, loosened: a count that varies widely is without end."""
    if quantifier[0] != "{":
        return Repeat(item, int(quantifier[0] == "+"), 1 if quantifier[0] == "?" else None)
    least, comma, most = quantifier[1 : quantifier.index("}")].partition(",")
    low = int(least or 0)
    high = (int(most) if most else None) if comma else low
    if high is not None and high - low < 2 and high <= _MAX_COPIES:
        return Repeat(item, low, high)
    return Repeat(item, min(low, 1), None)
