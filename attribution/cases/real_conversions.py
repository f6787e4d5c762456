"""Real conversions as cases: each with its customer's clicks in the window, under no customer's name.

Customers are left out, since cases are strangers to each other and one case has one customer. Clicks that could not
count under any promo code are left out too: those after the order or before the lookback, bad rows. A click has its
program only if that is not the order's, and its id only if another click has its time.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import polars as pl

from attribution.cases.case_clicks import CUSTOMER
from attribution.crediting.ledger import CreditResult
from attribution.crediting.window import Place, place
from attribution.engine import Engine
from attribution.events.column_names import columns_by_table
from attribution.events.event_records import Click, Conversion
from attribution.events.readers import Source, read_conversions, scan_clicks
from attribution.explaining.explain import NoSuchConversionError
from attribution.matching.used_codes import used_codes
from attribution.program import Settings

Row = Mapping[str, Any]


class RealCase(NamedTuple):
    """A conversion with its clicks, in the order of the last click, and the credits that it has today."""

    conversion: Conversion
    clicks: tuple[Click, ...]
    credits: tuple[Row, ...]


class Tables(NamedTuple):
    """What happened: tables as `Engine.credit` takes them."""

    conversions: Source
    clicks: Source | None
    columns: Mapping[str, str]


def real_cases(engine: Engine, tables: Tables, result: CreditResult, ids: Sequence[str]) -> list[RealCase]:
    """The conversions of these ids as cases; `result` is what the engine says of the tables."""
    rows = _conversions(engine, tables, ids)
    clicks = _clicks(engine.program.settings, tables, rows)
    credits: dict[str, list[Row]] = {ident: [] for ident in ids}
    wanted = result.credits.filter(pl.col("conversion_id").is_in(list(ids)))
    for row in wanted.sort("conversion_id", "partner_id").iter_rows(named=True):
        credits[row["conversion_id"]].append(row)
    return [
        _real(rows[ident], clicks.get(rows[ident]["customer_id"], ()), credits[ident], engine.program.settings)
        for ident in ids
    ]


def refuse_unknown(ids: Iterable[str], result: CreditResult) -> None:
    """Raise `NoSuchConversionError` for an id that is not among those credited."""
    known = set(result.credits["conversion_id"])
    for ident in ids:
        if ident not in known:
            raise NoSuchConversionError(ident, len(known), ())


def _conversions(engine: Engine, tables: Tables, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    settings = engine.program.settings
    table = read_conversions(
        tables.conversions,
        timezone=settings.timezone,
        columns=columns_by_table(tables.columns)["conversions"],
        needs_program=len(engine.program.program_ids) > 1,
        code_separator=settings.code_separator,
    )
    rows = table.good.filter(pl.col("conversion_id").is_in(list(ids)))
    return {row["conversion_id"]: row for row in rows.iter_rows(named=True)}


def _clicks(
    settings: Settings, tables: Tables, rows: Mapping[str, Row]
) -> dict[str, list[dict[str, Any]]]:
    """The clicks of the conversions' customers, by customer."""
    customers = {row["customer_id"] for row in rows.values() if row["customer_id"] is not None}
    found: dict[str, list[dict[str, Any]]] = {customer: [] for customer in customers}
    if tables.clicks is None or not customers:
        return found
    columns = columns_by_table(tables.columns)["clicks"]
    scan = scan_clicks(tables.clicks, timezone=settings.timezone, columns=columns)
    own = pl.col("customer_id").is_in(sorted(customers))
    with scan.reading():
        clicks = scan.frame.filter(own & ~scan.bad()).collect(engine="streaming")
    for click in clicks.iter_rows(named=True):
        found[click["customer_id"]].append(click)
    return found


def _real(row: Row, clicks: Iterable[Row], credits: Iterable[Row], settings: Settings) -> RealCase:
    carried = row.get("click_path")
    at, rows = row["event_time"], tuple(credits)
    own = [click for click in (clicks if carried is None else carried) if _in_window(click, at, settings)]
    customer = CUSTOMER if carried is not None else row["customer_id"] and CUSTOMER
    codes = _codes(row["promo_code"], settings.code_separator)
    conversion = Conversion(row["conversion_id"], at, customer, codes, program_id=row["program_id"])
    return RealCase(conversion, _in_order(own, rows[0]["program_id"]), rows)


def _in_window(click: Row, at: datetime, settings: Settings) -> bool:
    return place(click["event_time"], None, at, None, settings.lookback) is Place.IN_PATH


def _in_order(clicks: list[Row], program_id: str | None) -> tuple[Click, ...]:
    times = Counter(click["event_time"] for click in clicks)
    found = []
    for click in sorted(clicks, key=_order):
        click_id = click.get("click_id") if times[click["event_time"]] > 1 else None
        other = None if click.get("program_id") == program_id else click.get("program_id")
        found.append(Click(click["event_time"], click["partner_id"], CUSTOMER, click_id, other))
    return tuple(found)


def _order(click: Row) -> tuple[datetime, str, str, str]:
    return click["event_time"], click.get("click_id") or "", click["partner_id"], click.get("program_id") or ""


def _codes(value: str | list[str | None] | None, separator: str | None) -> str | list[str | None] | None:
    """The promo codes as they were given, without empty ones; a single one as text."""
    codes = used_codes(value, separator)
    if not codes or isinstance(value, str):
        return value if codes else None
    if len(codes) == 1 and not (separator and separator in codes[0]):
        return codes[0]
    return list(codes)
