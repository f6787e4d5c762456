"""The dialect of regular expressions: the `regex` package, version 0 behaviour, Unicode strings.

A global inline flag stands at the start or directly after a leading `^` (`^(?i)(SUMMER).*` is the platform's own
recipe) and holds for the whole pattern: `hoist` moves it to the front. Anywhere else engines disagree about its reach,
so it is refused with the advice to write `(?i:...)`. Positions in errors are those of the pattern as the user wrote it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

import regex

from attribution.errors import PatternError
from attribution.patterns.tokens import Kind, Token, tokens

_VERSION: Final = "the dialect is version 0 of regex, V1 is not available"


@dataclass(frozen=True, slots=True)
class Hoisted:
    """A pattern whose global flags stand in front. `original(i)` is the place in the user's text."""

    text: str
    flags: str
    first: int
    second: int

    def original(self, position: int) -> int:
        """Where the character at `position` of `text` stands in the pattern as written."""
        front = len(self.flags) + 3 if self.flags else 0
        if position < front:
            return 0
        body = position - front
        # The body is "^" and the rest: what was taken away stood before the one and after it.
        return body + self.first + (self.second if body > 0 else 0)


def hoist(pattern: str) -> Hoisted:
    """Move the global flags to the front; PatternError where one stands elsewhere or is not of the dialect."""
    if "(?" not in pattern:
        return Hoisted(pattern, "", 0, 0)
    cut = tokens(pattern)
    before = _leading(cut)
    caret = cut[len(before)].text == "^" if len(before) < len(cut) else False
    after = _leading(cut[len(before) + 1 :]) if caret else []
    flags = "".join(before + after)
    if "V1" in flags:
        raise PatternError(_VERSION, pattern, pattern.index("V1"))
    first, second = (sum(len(f"(?{one})") for one in some) for some in (before, after))
    body = pattern[first : first + caret] + pattern[first + caret + second :]
    hoisted = Hoisted(f"(?{flags})" + body if flags else body, flags, first, second)
    _refuse_misplaced_flags(pattern, hoisted)
    return hoisted


def _leading(cut: Sequence[Token]) -> list[str]:
    """The flags of the groups with which the tokens begin."""
    groups = takewhile(lambda token: token.kind is Kind.FLAGS and token.text[2:-1].isalnum(), cut)
    return [token.text[2:-1] for token in groups]


def _refuse_misplaced_flags(pattern: str, hoisted: Hoisted) -> None:
    """PatternError at a flag group that is not at the front, and at the other version for a part of the pattern."""
    for token in tokens(hoisted.text)[bool(hoisted.flags) :]:
        if token.kind is Kind.FLAGS:
            raise PatternError(_advice(token.text), pattern, hoisted.original(token.start))
        if "V1" in token.scoped_flags:
            raise PatternError(_VERSION, pattern, hoisted.original(token.start))


def _advice(group: str) -> str:
    """What to write in place of a misplaced flag group such as `(?i)`."""
    inner = group[2:-1]
    if "V1" in inner:
        return _VERSION
    if not inner:
        return "an empty flag group (?) means nothing"
    if "-" in inner:
        return f"a flag is switched off for a part only: write (?{inner}:...)"
    return (
        f"the flag {group} stands at the start of the pattern or directly after a leading ^; "
        f"for a part of it write (?{inner}:...)"
    )


def compile(pattern: str) -> "regex.Pattern[str]":
    """The pattern compiled by `regex`, flags hoisted. Takes some 70 µs and is not cached here."""
    hoisted = hoist(pattern)
    try:
        return regex.compile(hoisted.text, regex.VERSION0, cache_pattern=False)
    except regex.error as error:
        problem, place = error.msg, error.pos  # type: ignore[attr-defined]  # the stub of regex lacks both
        position = None if place is None else hoisted.original(place)
        raise PatternError(_readable(problem), pattern, position) from None
    except RecursionError:
        raise PatternError("groups are nested too deeply", pattern) from None
    # Odd input makes `regex` raise what it does not document: ValueError for conflicting flags and
    # for "²" as a group number, OverflowError for counts, KeyError for some group references.
    except Exception as error:
        raise PatternError(_readable(str(error)), pattern) from None


def _readable(problem: str) -> str:
    """The problem as a phrase; `regex` says some of them in a word or not at all."""
    return problem.strip() or "regex cannot compile it"
