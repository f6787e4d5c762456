"""What a file of cases says, read: times are instants, partners are ids, defaults are filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from attribution.events.event_records import Click, Conversion
from attribution.program import Program

COMPARED: Final = (
    "outcome",
    "reason",
    "partner_id",
    "promo_code",
    "promo_code_id",
    "credit_rule",
    "used_code",
    "share",
    "winner_partner_id",
    "last_click_time",
    "path_clicks",
    "program_id",
)
"""What may be expected: columns of `credits`, and `promo_code`, which is a promo code's id or else its text."""


@dataclass(frozen=True, slots=True)
class Expected:
    """One expected credit: values of some of `COMPARED`. A `partner_id` of None: nobody is credited."""

    fields: Mapping[str, Any]
    line: int


@dataclass(frozen=True, slots=True)
class Order:
    """One conversion of a case and the credits expected of it, in full: one, or several with distinct partners."""

    conversion: Conversion
    expected: tuple[Expected, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Case:
    """Some conversions and clicks. Customers of different cases are strangers, even if they have one name."""

    name: str
    file: str
    line: int
    orders: tuple[Order, ...]
    clicks: tuple[Click, ...]


@dataclass(frozen=True, slots=True)
class CaseHead:
    """What a file of cases, or its caller, says of the program; `programs` are paths as they are to be opened."""

    programs: tuple[str, ...] = ()
    partner_id: str | None = None
    preset: str | None = None
    settings: tuple[tuple[str, str | None], ...] = ()

    def under(self, given: "CaseHead") -> "CaseHead":
        """What holds where `given` comes first."""
        return CaseHead(
            given.programs or self.programs,
            given.partner_id or self.partner_id,
            given.preset or self.preset,
            tuple({**dict(self.settings), **dict(given.settings)}.items()),
        )

    def load(self) -> Program:
        """The program."""
        settings = dict(self.settings) or None
        return Program.load(self.programs, partner_id=self.partner_id, preset=self.preset, settings=settings)
