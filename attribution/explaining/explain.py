"""Why one conversion has its credit: its promo codes, its clicks in and outside the path, and its near misses.

`explained` does it for a conversion and clicks as records. `explain` finds these in tables: the click log is filtered
to the conversion's customer while it is read, so explaining one order of a large batch takes one pass over four columns
and little memory.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, Protocol

import polars as pl

from attribution.crediting.ledger import Decision
from attribution.crediting.order import read_order
from attribution.events.column_names import columns_by_table
from attribution.events.event_errors import EventError
from attribution.events.event_errors import explain as explain_row
from attribution.events.event_records import Click, Conversion
from attribution.events.readers import ConversionTable, Source, read_conversions, scan_clicks
from attribution.explaining.near import NearMisses
from attribution.explaining.placed_clicks import ClicksFrom, placed_clicks
from attribution.explaining.wording import Explanation
from attribution.matching.used_codes import used_codes
from attribution.program import Program, Settings
from attribution.text import nearest

_LOOKED_AT: Final = 5000  # ids that are compared with one that is not there


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


class Explains(Protocol):
    """What of an engine matters here."""

    @property
    def program(self) -> Program:
        """What the engine applies."""

    def explain(self, conversion: Mapping[str, Any], clicks: Iterable[Mapping[str, Any]] = ()) -> Explanation:
        """Explain one order."""


def explained(
    conversion: Conversion | Mapping[str, Any],
    clicks: Iterable[Click | Mapping[str, Any]],
    decision: Decision,
    program: Program,
) -> Explanation:
    """Explain what was decided of one order, given the clicks of its customer, or of any customers.

    Raises `BadRecordError` for what would be a bad row of a table.
    """
    settings = program.settings
    order = read_order(conversion, settings.timezone)
    codes = used_codes(order.promo_code, settings.code_separator)
    near = NearMisses(program) if codes else None
    at, program_id = order.event_time, decision.program_id
    return Explanation(
        program,
        decision,
        order.customer_id,
        codes,
        placed_clicks(order, clicks, program_id, settings),
        0,
        ClicksFrom.TABLE if order.click_path is None else ClicksFrom.CONVERSION,
        tuple(miss for code in codes if near for miss in near.of(code, at=at, program_id=program_id)),
    )


def explain(
    engine: Explains,
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
    row = _row(conversions_of(engine.program, conversions, columns), conversion_id)
    if row.get("click_path") is not None:
        return engine.explain(row)
    if clicks is None:
        return replace(engine.explain(row), clicks_from=ClicksFrom.NOT_GIVEN)
    own, bad = clicks_of([row["customer_id"]], clicks, engine.program.settings, columns)
    return replace(engine.explain(row, own), bad_clicks=bad)


def conversions_of(program: Program, source: Source, columns: Mapping[str, str] | None) -> ConversionTable:
    """A table of conversions as it is read under a program; `columns` as for `Engine.credit`."""
    return read_conversions(
        source,
        timezone=program.settings.timezone,
        columns=columns_by_table(columns or {})["conversions"],
        needs_program=len(program.program_ids) > 1,
        code_separator=program.settings.code_separator,
    )


def clicks_of(
    customer_ids: Iterable[str | None], source: Source, settings: Settings, columns: Mapping[str, str] | None
) -> tuple[list[dict[str, Any]], int]:
    """The clicks of customers as rows of the canonical columns, and how many bad ones there are besides."""
    scan = scan_clicks(source, timezone=settings.timezone, columns=columns_by_table(columns or {})["clicks"])
    customers = [customer for customer in customer_ids if customer is not None]
    with scan.reading():
        own = scan.frame.filter(pl.col("customer_id").is_in(customers))
        found = own.with_columns(scan.bad().alias("bad")).collect(engine="streaming")
    return found.filter(~pl.col("bad")).drop("bad").to_dicts(), int(found["bad"].sum())


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
