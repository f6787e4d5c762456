"""All clicks of an order's customer, each with its place: in the click path, its last click, or why it is in none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, assert_never

from attribution.crediting.order import Order, read_record
from attribution.crediting.window import Place, place
from attribution.events.event_records import Click
from attribution.json_values import json_fields
from attribution.program import Settings


class ClicksFrom(StrEnum):
    """Where the clicks of an explanation come from: those given, the conversion itself, or nowhere."""

    TABLE = "TABLE"
    CONVERSION = "CONVERSION"
    NOT_GIVEN = "NOT_GIVEN"


@dataclass(frozen=True, slots=True)
class PlacedClick:
    """One click of the conversion's customer, and where it stands."""

    event_time: datetime
    partner_id: str
    click_id: str | None
    program_id: str | None
    place: Place

    @property
    def in_path(self) -> bool:
        """Whether the click counts."""
        match self.place:
            case Place.IN_PATH | Place.LAST:
                return True
            case Place.TOO_OLD | Place.AFTER | Place.OTHER_PROGRAM:
                return False
        assert_never(self.place)

    def to_dict(self) -> dict[str, Any]:
        """The click in the values of JSON."""
        return json_fields(self, "event_time", "partner_id", "click_id", "program_id", "place")


def placed_clicks(
    order: Order, clicks: Iterable[Click | Mapping[str, Any]], program_id: str | None, settings: Settings
) -> tuple[PlacedClick, ...]:
    """The customer's clicks among those of any customers, or those that the order carries, in path order.

    `program_id` is the order's program; with None clicks of every program count. Raises `BadRecordError` for what
    would be a bad row of a table.
    """
    if order.click_path is None:
        read = (read_record(click, settings.timezone) for click in clicks)
        own = [
            (at, ident, partner, program)
            for at, ident, partner, customer, program in read
            if customer is not None and customer == order.customer_id
        ]
    else:
        own = [(at, ident or None, partner, None) for at, ident, partner in order.click_path]
    placed = [
        PlacedClick(at, partner, ident, program, place(at, program, order.event_time, program_id, settings.lookback))
        for at, ident, partner, program in own
    ]
    placed.sort(key=lambda click: (click.event_time, click.click_id or "", click.partner_id, click.program_id or ""))
    last = max((number for number, click in enumerate(placed) if click.in_path), default=None)
    if last is not None:
        placed[last] = replace(placed[last], place=Place.LAST)
    return tuple(placed)
