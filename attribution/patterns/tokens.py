"""The text of a pattern -> its tokens, each with its place, so that a message can point at a part of it.

What a pattern means is the business of `syntax`. The text of every valid pattern is cut up, and the tokens one after
the other are the text again.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from typing import Final


class Kind(Enum):
    """What a token is."""

    FLAGS = auto()  # (?i), of a valid pattern in front
    IGNORED = auto()  # a comment; in verbose mode white space too
    OPEN = auto()
    CLOSE = auto()
    BAR = auto()
    CLASS = auto()
    QUANTIFIER = auto()
    FUZZY = auto()  # {e<=1}
    DOT = auto()
    ANCHOR = auto()
    ESCAPE = auto()
    REFERENCE = auto()
    CALL = auto()  # (?R), (?1), (?&name)
    VERB = auto()  # (*FAIL)
    CHARACTER = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A token, and where it stands: first character, and the one after its last."""

    kind: Kind
    text: str
    start: int
    stop: int

    @property
    def scoped_flags(self) -> str:
        """The flags that a group sets for what is in it, as `i-s` of `(?i-s:...)`."""
        return self.text[2:-1] if self.kind is Kind.OPEN and self.text.endswith(":") else ""


_TOKEN = re.compile(
    r"""(?P<IGNORED>\(\?\#(?:\\.|[^)\\])*\))
    | (?P<FLAGS>\(\?(?!(?:R|[0-9]+)\))[A-Za-z0-9]*(?:-[A-Za-z0-9]+)?\))
    | (?P<REFERENCE>\(\?P=\w+\)|\\g<\w+>|\\(?![0-7]{3})[1-9][0-9]?)
    | (?P<CALL>\(\?(?:R|[0-9]+|&\w+|P>\w+)\))
    | (?P<VERB>\(\*[A-Z]+\))
    | (?P<OPEN>\(\?(?:P?<[A-Za-z_]\w*>|<?[=!]|[:|>]|[A-Za-z0-9]*(?:-[A-Za-z0-9]+)?:|\(\w+\)|(?=\(\?))|\((?![?*]))
    | (?P<CLOSE>\))
    | (?P<BAR>\|)
    | (?P<CLASS>\[\^?(?:\\.|\[:\^?[\w\ &.=/-]+:\]|[^\\])(?:\\.|\[:\^?[\w\ &.=/-]+:\]|[^\]\\])*\])
    | (?P<QUANTIFIER>(?:[*+?]|\{(?:[0-9]+(?:,[0-9]*)?|,[0-9]*)\})[?+]?)
    | (?P<FUZZY>\{[^{}(]*[eids][^{}(]*\})
    | (?P<DOT>\.)
    | (?P<ANCHOR>[\^$]|\\[AZz])
    | (?P<ESCAPE>\\(?:
        x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[pPN]\{[^}(]*\}|[pP].|L<\w+>|0[0-7]{0,2}|[0-7]{3}|.))
    | (?P<CHARACTER>.)""",
    re.VERBOSE | re.DOTALL,
)
_KINDS: Final = {kind.name: kind for kind in Kind}
_REPEATABLE: Final = frozenset({
    Kind.CLOSE, Kind.CLASS, Kind.DOT, Kind.ESCAPE, Kind.REFERENCE, Kind.CALL, Kind.CHARACTER, Kind.ANCHOR, Kind.FUZZY,
})  # fmt: skip


@lru_cache(maxsize=4096)
def tokens(pattern: str) -> tuple[Token, ...]:
    """The tokens of a pattern with hoisted flags."""
    found: list[Token] = []
    verbose = [False]  # of the groups that are open
    position = 0
    while match := _TOKEN.match(pattern, position):
        kind = _KINDS[match.lastgroup or Kind.CHARACTER.name]
        stop = match.end()
        if kind is Kind.FLAGS and not position:
            verbose = ["x" in match[0]]
        elif verbose[-1] and pattern[position].isspace():
            kind = Kind.IGNORED
        elif verbose[-1] and pattern[position] == "#":
            kind, stop = Kind.IGNORED, _line_end(pattern, position)
        elif kind is Kind.CLOSE:
            del verbose[max(1, len(verbose) - 1) :]
        elif kind in {Kind.QUANTIFIER, Kind.FUZZY} and not _repeatable(found):
            kind, stop = Kind.CHARACTER, position + 1  # a brace at the beginning is itself
        found.append(token := Token(kind, pattern[position:stop], position, stop))
        if kind is Kind.OPEN:
            on, _, off = token.scoped_flags.partition("-")
            verbose.append(("x" in on or verbose[-1]) and "x" not in off)
        position = stop
    return tuple(found)


def _repeatable(before: Sequence[Token]) -> bool:
    """Whether a quantifier may follow."""
    last = next((token for token in reversed(before) if token.kind is not Kind.IGNORED), None)
    return last is not None and last.kind in _REPEATABLE


def _line_end(pattern: str, position: int) -> int:
    """Where the line that holds the position ends."""
    end = pattern.find("\n", position)
    return len(pattern) if end < 0 else end


def closing(cut: Sequence[Token], opening: int) -> int:
    """The index of the token that closes the group that token `opening` opens."""
    depth = 0
    for at in range(opening, len(cut)):
        depth += (cut[at].kind is Kind.OPEN) - (cut[at].kind is Kind.CLOSE)
        if not depth:
            return at
    return len(cut) - 1
