"""What is wrong with a file that people write: one record, from where it is found to where it is printed.

A problem is a value. Reading goes on after it, so that one error at the end has every problem of every file.
"""

from dataclasses import dataclass
from dataclasses import field as defaulted
from enum import StrEnum

from attribution.text import joined


class Kind(StrEnum):
    """What a problem is about, for those who treat some apart."""

    NO_FILE = "no file"
    """There is nothing to read: a path that leads nowhere, or to no program file."""
    ARGUMENTS = "arguments"
    DUPLICATE_ID = "duplicate id"
    NO_PARTNER = "no partner"
    PATTERN = "pattern"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Spot:
    """Which value is meant, as far as loading knows; `validation.placing` looks it up in the text from here.

    `list_name` and `index` are those of the list element; `character` is an index into the value, as of a pattern.
    """

    list_name: str = ""
    index: int | None = None
    character: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file something is said.

    `position` is that of the promo code (`promo_codes[3]`, `line 4`), `field` its field as the file spells it.
    `line` and `column`, counted from 1, and `text`, that line of the file, are None where they are not known: for a
    program from memory, and before they are looked up. `caret` is the part of `text` that is meant: first and last
    character, counted from 0, the last exclusive; None for all of it. Of a very long line `text` has what is around the
    caret, with `…` where it was cut.
    """

    file: str = ""
    position: str = ""
    field: str = ""
    line: int | None = None
    column: int | None = None
    text: str | None = None
    caret: tuple[int, int] | None = None
    spot: Spot = defaulted(default=Spot(), compare=False, repr=False)  # frozen: it can be shared


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong.

    message       what is wrong, in words
    help          the way out; "" if the message says enough
    value         what the file says there, None if it says nothing
    promo_code    the id of the promo code that it is about
    subject       what the message says something of, such as `the file`, if the message has no subject of its own
    illustration  lines below the message: a pattern with a caret
    """

    message: str
    help: str = ""
    place: Place = Place()
    value: object = None
    kind: Kind = defaulted(default=Kind.OTHER, compare=False, repr=False)
    promo_code: str | None = defaulted(default=None, compare=False, repr=False)
    subject: str = defaulted(default="", compare=False, repr=False)
    illustration: tuple[str, ...] = defaulted(default=(), compare=False, repr=False)

    def __str__(self) -> str:
        """Message and help in one sentence, without the place."""
        return joined(self.message, self.help)
