"""Take in the two tables of a batch: resolve programs, stop at bad rows or set them aside, gather the paths.

Configuration and shape raise before data is computed; bad rows stop the run with the counts of both tables, or go
to `rejected`, never half-way.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import polars as pl

from attribution.crediting.paths import PATH_CLICKS, carried_path_clicks, path_clicks
from attribution.crediting.ruleset import Ruleset
from attribution.events.column_names import CLICKS, CONVERSIONS, Table
from attribution.events.customers import ClickCounts
from attribution.events.event_errors import BadRowsError, MappedColumnError, SourceError
from attribution.events.readers import ClickScan, ConversionTable, Source, read_conversions, scan_clicks
from attribution.events.schema import REJECTED
from attribution.program import Settings

BadRows = Literal["stop", "reject"]
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Intake:
    """Well-formed conversions (`row` 0 to n - 1, `program_id` resolved), their path clicks, and what was set aside."""

    conversions: pl.DataFrame
    path_clicks: pl.DataFrame
    rejected: pl.DataFrame
    conversions_read: int
    conversions_rejected: int
    clicks: ClickCounts


def take_in(
    conversions: Source,
    clicks: Source | None,
    columns: Mapping[str, str],
    bad_rows: BadRows,
    codes: Ruleset,
    settings: Settings,
) -> Intake:
    """Read both tables; raises `BadRowsError` for bad rows unless they are to be set aside."""
    if bad_rows not in ("stop", "reject"):
        raise ValueError(f'bad_rows is "stop" or "reject", not {bad_rows!r}')
    named = columns_by_table(columns)
    zone, needs_program = settings.timezone, codes.needs_program
    table = read_conversions(
        conversions,
        timezone=zone,
        columns=named["conversions"],
        needs_program=needs_program,
        code_separator=settings.code_separator,
    )
    if clicks is None and named["clicks"]:
        raise SourceError("clicks", "columns of clicks are named, but no table of clicks is given")
    scan = None if clicks is None else scan_clicks(clicks, timezone=zone, columns=named["clicks"])
    stop = bad_rows == "stop"
    if stop and table.bad.height:
        raise _bad_rows(table, scan)
    rows = _well_formed(table, codes)
    path, counts = _paths(rows, scan, settings)
    if stop and counts.bad:
        raise _bad_rows(table, scan)
    bad_clicks = scan.rejected(None) if scan is not None and counts.bad else pl.DataFrame(schema=REJECTED)
    return Intake(rows, path, pl.concat([table.bad, bad_clicks]), table.read, table.bad.height, counts)


def columns_by_table(columns: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """`{"clicks.partner_id": "Pub"}` as `{"clicks": {"partner_id": "Pub"}, "conversions": {}}`."""
    tables: dict[str, Table] = {table.name: table for table in (CONVERSIONS, CLICKS)}
    allowed = [f"{name}.{column}" for name, table in tables.items() for column in table.aliases]
    by_table: dict[str, dict[str, str]] = {name: {} for name in tables}
    for key, theirs in columns.items():
        if key not in allowed:
            raise MappedColumnError("columns", "there is no column", key, allowed)
        name, _, canonical = key.partition(".")
        by_table[name][canonical] = theirs
    return by_table


def _well_formed(table: ConversionTable, codes: Ruleset) -> pl.DataFrame:
    program_id = pl.col("program_id").cast(pl.String)
    if (only := codes.resolve_program(None)) is not None:
        program_id = program_id.fill_null(only)
    row = pl.int_range(pl.len(), dtype=pl.UInt32).alias("row")
    return table.good.with_columns(row, program_id)


def _paths(conversions: pl.DataFrame, scan: ClickScan | None, settings: Settings) -> tuple[pl.DataFrame, ClickCounts]:
    """The path clicks of all conversions: their own where they carry a `click_path`, else the table's."""
    carried = pl.DataFrame(schema=PATH_CLICKS)
    without = conversions
    if "click_path" in conversions.columns:
        carried = carried_path_clicks(conversions, settings.lookback)
        without = conversions.filter(pl.col("click_path").is_null())
    if scan is None:
        return carried, ClickCounts()
    with scan.reading():
        streamed, counts = path_clicks(without, scan, settings.lookback)
    return pl.concat([carried, streamed]), counts


def _bad_rows(table: ConversionTable, scan: ClickScan | None) -> BadRowsError:
    by_reason = table.bad.group_by("reason").len()
    counts = {"conversions": dict(by_reason.iter_rows()), "clicks": {} if scan is None else scan.bad_counts()}
    first = [table.bad.head(_SHOWN)]
    if scan is not None and counts["clicks"]:
        first.append(scan.rejected(_SHOWN))
    return BadRowsError(counts, pl.concat(first))
