"""Readers of single values: ids to text, date-times to instants, yes and no to a flag; or to an `Unusable`.

A reader takes the value, neither null nor "", and the time zone of date-times without an offset.
"""

import operator
from collections.abc import Callable
from typing import Final

from attribution.errors import PatternError
from attribution.program.dates import instant
from attribution.program.program_problems import shown

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


class Unusable:
    """Stands for a value that cannot be used, and says why; no field accepts it.

    So validation goes on past it and reports it with whatever else is wrong. `name` is the spelling to blame, where
    it is not that of the field; `cause` the error of a pattern.
    """

    __slots__ = ("cause", "message", "name", "value")

    def __init__(self, value: object, message: str, name: str = "", cause: PatternError | None = None) -> None:
        self.value = value
        self.message = message
        self.name = name
        self.cause = cause

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
        # bool is an int to Python, and True no id to anybody
        return str(operator.index(None if isinstance(value, bool) else value))  # type: ignore[arg-type]  # it raises
    except TypeError:
        return Unusable(value, f"{shown(value)} is not text; put it in quotes")


def word(value: object, _: str) -> object:
    """A word of a closed set: typed, and refused, later."""
    return value


def flag(value: object, _: str) -> object:
    """Yes or no: true, false, or these words as text."""
    if isinstance(value, bool | Unusable):
        return value
    known = _FLAGS.get(value.lower()) if isinstance(value, str) else None
    return Unusable(value, f"{shown(value)} is not one of true, false") if known is None else known


def start(value: object, timezone: str) -> object:
    """An instant; a date is the beginning of its day."""
    try:
        return value if isinstance(value, Unusable) else instant(value, timezone)
    except ValueError as error:
        return Unusable(value, str(error))


def end(value: object, timezone: str) -> object:
    """An instant; a date is the end of its day."""
    try:
        return value if isinstance(value, Unusable) else instant(value, timezone, end=True)
    except ValueError as error:
        return Unusable(value, str(error))


AS_TEXT_IS: Final = frozenset({text, word})
"""The readers that give text back as it is."""
