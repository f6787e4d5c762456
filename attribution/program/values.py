"""Single values of a raw promo code, made ready for typing: ids to text, date-times to instants, yes and no to a flag."""

import operator
from datetime import datetime
from typing import Final

from attribution.program.dates import instant
from attribution.program.problems import shown
from attribution.program.spellings import Kind

_FLAGS: Final = {"true": True, "false": False}


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

    So validation goes on past it and reports it with whatever else is wrong. `name` is the spelling to blame, where it is
    not that of the field.
    """

    __slots__ = ("message", "name", "value")

    def __init__(self, value: object, message: str, name: str = "") -> None:
        self.value = value
        self.message = message
        self.name = name

    def __repr__(self) -> str:
        """The message: what a bare pydantic error shows as the input."""
        return self.message


def ready(kind: Kind, value: object, timezone: str) -> object:
    """The value as its field takes it, or an `Unusable`."""
    match kind:
        case Kind.TEXT:
            return _text(value)
        case Kind.WORD:
            return value
        case Kind.FLAG:
            return _flag(value)
        case Kind.START | Kind.END:
            return _instant(value, timezone, end=kind is Kind.END)


def _text(value: object) -> object:
    if isinstance(value, str | Unusable):
        return value
    if isinstance(value, WrittenNumber):
        return value.text
    try:
        # bool is an int to Python, and True no id to anybody
        return str(operator.index(None if isinstance(value, bool) else value))  # type: ignore[arg-type]
    except TypeError:
        return Unusable(value, f"{shown(value)} is not text; put it in quotes")


def _flag(value: object) -> object:
    if isinstance(value, bool | Unusable):
        return value
    flag = _FLAGS.get(value.lower()) if isinstance(value, str) else None
    return Unusable(value, f"{shown(value)} is not one of true, false") if flag is None else flag


def _instant(value: object, timezone: str, *, end: bool) -> datetime | Unusable:
    if isinstance(value, Unusable):
        return value
    try:
        return instant(value, timezone, end=end)
    except ValueError as error:
        return Unusable(value, str(error))
