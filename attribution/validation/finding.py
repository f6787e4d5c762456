"""What validation finds: a value with its check, its place and the way out."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as defaulted
from datetime import datetime
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """How bad a finding is; members are in order, the worst first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding points to.

    `position` is that of the promo code (`promo_codes[3]`, `line 4`), `field` its field as the file spells it.
    `line` and `column`, counted from 1, and `text`, that line of the file, are None where the program has no file.
    `caret` is the part of `text` that is meant: first and last character, counted from 0, the last exclusive; None
    for all of it. Of a very long line `text` has what is around the caret, with `…` where it was cut.
    """

    file: str = ""
    position: str = ""
    field: str = ""
    line: int | None = None
    column: int | None = None
    text: str | None = None
    caret: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found.

    severity   error: a result would be wrong or ambiguous; warning: probably not meant; info: could be simpler
    promo_codes  ids of the promo codes concerned, the one that the finding is about first; none for a whole file
    message    one sentence that names the facts
    help       one sentence that names the way out
    facts      the same facts as JSON values, by name; each check's page says which
    """

    check: str
    slug: str
    severity: Severity
    promo_codes: tuple[str, ...]
    place: Place
    message: str
    help: str
    facts: Mapping[str, Any] = defaulted(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Allowed:
    """A finding that the program allows, until when and why."""

    finding: Finding
    until: datetime
    reason: str
