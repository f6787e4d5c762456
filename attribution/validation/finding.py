"""What validation finds: a value with its check, its place and the way out."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as defaulted
from datetime import datetime
from enum import StrEnum
from typing import Any

from attribution.json_values import json_fields
from attribution.program.problem import Place


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
class Finding:
    """One thing that a check found.

    severity   error: a result would be wrong or ambiguous; warning: probably not meant; info: could be simpler
    promo_codes  ids of the promo codes concerned, the one that the finding is about first; none for a whole file
    message    one sentence that names the facts
    help       one sentence that names the way out
    facts      the facts of the message as JSON values, by name; each check's page says which
    """

    check: str
    slug: str
    severity: Severity
    promo_codes: tuple[str, ...]
    place: Place
    message: str
    help: str
    facts: Mapping[str, Any] = defaulted(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """The finding in the values of JSON; what of its place is not known is None."""
        place = {name: getattr(self.place, name) or None for name in ("file", "position", "field", "line", "column")}
        return {
            **json_fields(self, "check", "slug", "severity", "promo_codes"),
            "place": place,
            **json_fields(self, "message", "help"),
            "facts": dict(self.facts),
        }


@dataclass(frozen=True, slots=True)
class Allowed:
    """A finding that the program allows, until when and why."""

    finding: Finding
    until: datetime
    reason: str

    def to_dict(self) -> dict[str, Any]:
        """The finding in the values of JSON, with `until` and `reason`."""
        return {**self.finding.to_dict(), **json_fields(self, "until", "reason")}
