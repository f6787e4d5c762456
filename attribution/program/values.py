"""Readers of single values: ids to text, date-times to instants, yes and no to a flag; or to an `Unusable`.

A reader takes the value, neither null nor "", and the time zone of date-times without an offset.
"""

import operator
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from attribution.errors import PatternError
from attribution.text import one_of, shown
from attribution.times import EXAMPLE, UnreadableTimeError, instant

_FLAGS: Final = {"true": True, "false": False}


Reader = Callable[[object, str], object]


class WrittenNumber(float):
    """A number of a file that remembers how it was written: as a code or an id, 1E10 is the text `1E10`."""

    text: str

    def __new__(cls, text: str) -> "WrittenNumber":
        """The number that the text spells."""
        number = super().__new__(cls, text)
        number.text = str(text)
        return number


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Unusable:
    """Stands for a value that cannot be used, and says why; no field accepts it.

    So validation goes on past it and reports it with everything else that is wrong. `message` and `help` are those of
    the problem; `name` is the spelling to blame, if it is not that of the field; `cause` the error of a pattern.
    """

    value: object
    message: str
    help: str = ""
    name: str = ""
    cause: PatternError | None = None

    def __repr__(self) -> str:
        """The message: what a bare pydantic error shows as the input."""
        return self.message


def text(value: object, _: str) -> object:
    """An id, a code or a name: text as it is, an integer in decimal."""
    if isinstance(value, str | Unusable):
        return value
    if isinstance(value, WrittenNumber):
        return value.text
    try:
        # bool is an int to Python, and True is nobody's id
        return str(operator.index(None if isinstance(value, bool) else value))  # type: ignore[arg-type]  # it raises
    except TypeError:
        return Unusable(value, f"{shown(value)} is not text", "put it in quotes")


def word(value: object, _: str) -> object:
    """A word of a closed set: typed, and refused, later."""
    return value


def flag(value: object, _: str) -> object:
    """Yes or no: true, false, or these words as text."""
    if isinstance(value, bool | Unusable):
        return value
    known = _FLAGS.get(value.lower()) if isinstance(value, str) else None
    return Unusable(value, *one_of(value, _FLAGS)) if known is None else known


def start(value: object, timezone: str) -> object:
    """An instant; a date is the beginning of its day."""
    return _instant(value, timezone, end=False)


def end(value: object, timezone: str) -> object:
    """An instant; a date is the end of its day."""
    return _instant(value, timezone, end=True)


def _instant(value: object, timezone: str, *, end: bool) -> object:
    if isinstance(value, Unusable):
        return value
    try:
        if isinstance(value, str):
            return _from_text(value, timezone, end)
        return instant(value, timezone, end=end, clamp=True)
    except UnreadableTimeError as error:
        if error.why:
            return Unusable(value, f"{shown(value)} is not a date-time: {error.why}")
        if isinstance(value, str):
            return Unusable(value, f"{shown(value)} is not an ISO 8601 date-time such as {EXAMPLE}")
        return Unusable(value, f"{shown(value)} is not a date-time", f"write text such as {EXAMPLE}")


@lru_cache(maxsize=4096)
def _from_text(value: str, timezone: str, end: bool) -> datetime:
    return instant(value, timezone, end=end, clamp=True)


AS_TEXT_IS: Final = frozenset({text, word})
"""The readers that give text back as it is."""
