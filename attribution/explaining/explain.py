"""Why one conversion has its credit: its promo codes, its clicks in and outside the path, and its near misses.

The click log is filtered to the conversion's customer while it is read, so explaining one order of a large batch takes
one pass over four columns and little memory. The decision is `Engine.decide`'s, which agrees with `Engine.credit`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, Protocol

import polars as pl

from attribution.crediting.ledger import Decision
from attribution.crediting.window import Place, place
from attribution.events.column_names import columns_by_table
from attribution.events.event_errors import EventError
from attribution.events.event_errors import explain as explain_row
from attribution.events.readers import ConversionTable, Source, read_conversions, scan_clicks
from attribution.explaining.near import NearMiss, NearMisses
from attribution.matching.used_codes import used_codes
from attribution.program import Program, Settings
from attribution.text import nearest

_LOOKED_AT: Final = 5000  # ids that are compared with one that is not there


class ClicksFrom(StrEnum):
    """Where the clicks of an explanation come from: the table, the conversion itself, or nowhere."""

    TABLE = "TABLE"
    CONVERSION = "CONVERSION"
    NOT_GIVEN = "NOT_GIVEN"


@dataclass(frozen=True, slots=True)
class PlacedClick:
    """One click of the conversion's customer. Clicks sort as in the order of the last click."""

    event_time: datetime
    partner_id: str
    click_id: str | None
    program_id: str | None
    place: Place

    @property
    def in_path(self) -> bool:
        """Whether the click counts."""
        return self.place in (Place.IN_PATH, Place.LAST)


@dataclass(frozen=True, slots=True)
class Explanation:
    """A decision with what it was made from.

    `clicks` are all of the customer's, by time, without the `bad_clicks`: rows that have no partner or no time. A
    conversion that carries its own path has those clicks alone; the table is not asked then.
    `near_misses` are those of each used code, in order, the nearest first.
    """

    decision: Decision
    event_time: datetime
    customer_id: str | None
    amount: Decimal | int | float | None
    currency: str | None
    used_codes: tuple[str, ...]
    clicks: tuple[PlacedClick, ...]
    bad_clicks: int
    clicks_from: ClicksFrom
    near_misses: tuple[NearMiss, ...]


class NoSuchConversionError(EventError):
    """A conversion is not in the table; `near` are ids that are, and look like it."""

    def __init__(self, conversion_id: str, read: int, near: Sequence[str]) -> None:
        self.conversion_id = conversion_id
        self.read = read
        self.near = tuple(near)
        super().__init__(conversion_id, read, near)

    def __str__(self) -> str:
        """The id, how many there are, and the nearest."""
        near = f"; the nearest ids are {', '.join(map(repr, self.near))}" if self.near else ""
        return f"there is no conversion {self.conversion_id!r} among {self.read:,}{near}"


class RejectedConversionError(EventError):
    """A conversion is a bad row, so nobody is credited; `rows` are in the columns of `schema.REJECTED`."""

    def __init__(self, conversion_id: str, rows: Sequence[Mapping[str, Any]]) -> None:
        self.conversion_id = conversion_id
        self.rows = tuple(rows)
        super().__init__(conversion_id, rows)

    def __str__(self) -> str:
        """Where its rows are and what is wrong with each."""
        lines = [f"conversion {self.conversion_id!r} is a bad row and has no credit:"]
        for row in self.rows:
            where = f"{row['source']} row {row['row']}" if row["source"] else f"row {row['row']}"
            lines.append(f"  {where}: {row['reason']}: {explain_row(row['reason'], row['id'], row['value'])}")
        return "\n".join(lines)


class Decides(Protocol):
    """What of an engine matters here."""

    @property
    def program(self) -> Program:
        """What the engine applies."""

    def decide(self, conversion: Mapping[str, Any], clicks: list[dict[str, Any]]) -> Decision:
        """Credit one order."""


def explain(
    engine: Decides,
    conversions: Source,
    clicks: Source | None,
    conversion_id: str,
    *,
    columns: Mapping[str, str] | None = None,
) -> Explanation:
    """Explain one conversion of a table, given the tables as for `Engine.credit`.

    Raises `NoSuchConversionError` if there is none of that id, and `RejectedConversionError` if it is a bad row. Bad
    rows of other conversions and customers do not matter here.
    """
    program, named = engine.program, columns_by_table(columns or {})
    settings = program.settings
    table = read_conversions(
        conversions,
        timezone=settings.timezone,
        columns=named["conversions"],
        needs_program=len(program.program_ids) > 1,
        code_separator=settings.code_separator,
    )
    row = _row(table, conversion_id)
    carried = row.get("click_path")
    if carried is not None:
        own, bad, origin = carried, 0, ClicksFrom.CONVERSION
    elif clicks is None:
        own, bad, origin = [], 0, ClicksFrom.NOT_GIVEN
    else:
        own, bad = _own_clicks(clicks, row["customer_id"], settings, named["clicks"])
        origin = ClicksFrom.TABLE
    decision = engine.decide(row, [] if carried is not None else own)
    codes = used_codes(row["promo_code"], settings.code_separator)
    near = NearMisses(program)
    misses = [miss for code in codes for miss in near.of(code, at=row["event_time"], program_id=decision.program_id)]
    return Explanation(
        decision,
        row["event_time"],
        row["customer_id"],
        row["amount"],
        row["currency"],
        codes,
        _placed(own, row["event_time"], decision.program_id, settings),
        bad,
        origin,
        tuple(misses),
    )


def _row(table: ConversionTable, conversion_id: str) -> dict[str, Any]:
    found = table.good.filter(pl.col("conversion_id") == conversion_id)
    if found.height:
        return found.row(0, named=True)
    rejected = table.bad.filter(pl.col("id") == conversion_id)
    if rejected.height:
        raise RejectedConversionError(conversion_id, rejected.to_dicts())
    ids = pl.concat([table.good["conversion_id"], table.bad["id"].drop_nulls().rename("conversion_id")])
    raise NoSuchConversionError(conversion_id, len(ids), _nearest(conversion_id, ids))


def _nearest(wanted: str, ids: pl.Series) -> list[str]:
    """The ids most like the wanted one, looked for among those that begin or end as it does."""
    text, ends = ids.name, wanted.casefold()
    folded = pl.col(text).str.to_lowercase()
    alike = folded.str.starts_with(ends[:2]) | folded.str.ends_with(ends[-2:]) | folded.str.contains(ends, literal=True)
    same_length = pl.col(text).str.len_chars().cast(pl.Int64) - len(wanted)
    candidates = ids.to_frame().filter(alike).sort(same_length.abs(), text).head(_LOOKED_AT).to_series().to_list()
    return nearest(wanted, among=candidates, most=3)


def _own_clicks(
    clicks: Source, customer_id: str | None, settings: Settings, columns: Mapping[str, str]
) -> tuple[list[dict[str, Any]], int]:
    """The customer's clicks as rows of the canonical columns, and how many bad ones there are besides."""
    scan = scan_clicks(clicks, timezone=settings.timezone, columns=columns)
    own = scan.frame.filter(pl.col("customer_id") == pl.lit(customer_id, pl.String))
    with scan.reading():
        found = own.with_columns(scan.bad().alias("bad")).collect(engine="streaming")
    return found.filter(~pl.col("bad")).drop("bad").to_dicts(), int(found["bad"].sum())


def _placed(
    clicks: list[dict[str, Any]], at: datetime, program_id: str | None, settings: Settings
) -> tuple[PlacedClick, ...]:
    placed = [_place(click, at, program_id, settings) for click in clicks]
    placed.sort(key=lambda click: (click.event_time, click.click_id or "", click.partner_id))
    last = max((index for index, click in enumerate(placed) if click.in_path), default=None)
    if last is not None:
        click = placed[last]
        placed[last] = PlacedClick(click.event_time, click.partner_id, click.click_id, click.program_id, Place.LAST)
    return tuple(placed)


def _place(click: Mapping[str, Any], at: datetime, program_id: str | None, settings: Settings) -> PlacedClick:
    of_program = click.get("program_id")
    stands = place(click["event_time"], of_program, at, program_id, settings.lookback)
    return PlacedClick(click["event_time"], click["partner_id"], click.get("click_id"), of_program, stands)
