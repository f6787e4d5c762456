"""Reads out of a click log, which may be far larger than memory, the clicks of the customers who converted.

Few do, so what is kept is small. A click is kept by a 64-bit hash of its customer, at a third of the cost of its text;
whoever keeps the rows compares the customers themselves. The log is read once, with one exception: a Parquet file's
statistics answer how many bad rows there are without the rows, so there the counts are asked for apart, and the reader
decodes the other columns only of the rows that are kept.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from attribution.events.clicks import ClickScan, normal_columns
from attribution.events.files import Format
from attribution.events.inputs import Part
from attribution.events.kinds import as_text, is_missing
from attribution.events.schema import TIME

CUSTOMER_HASH: Final = pl.col("customer_id").hash()
"""Of a column of text; what a missing customer hashes to means nothing."""


@dataclass(frozen=True, slots=True)
class ClickCounts:
    """What was seen of a click table: rows read, rows without a customer (in no path), bad rows."""

    read: int = 0
    without_customer: int = 0
    bad: int = 0


def clicks_of(scan: ClickScan, hashes: pl.Series, columns: Sequence[str]) -> tuple[pl.DataFrame, ClickCounts]:
    """The `columns` of all clicks whose customer has one of the `hashes`, bad rows included, and counts of the table.

    `columns` are names of `scan.frame`. Measured on 40 M rows of Parquet: 0.07 us of processor time a row, 1.4 times
    that of decoding the columns.
    """
    wanted = CUSTOMER_HASH.is_in(hashes.implode())
    if not all(part.format is Format.PARQUET for part in scan.parts):
        return _in_one_pass(scan, scan.frame.filter(wanted).select(columns))
    kept = [_kept(part, scan.timezone, wanted) for part in scan.parts]
    schema = pl.DataFrame(schema=scan.frame.collect_schema()).lazy()
    clicks = pl.concat([schema, *kept], how="diagonal").select(columns).collect(engine="streaming")
    return clicks, ClickCounts(*(sum(numbers) for numbers in zip((0, 0, 0), *_counts(scan), strict=True)))


def _in_one_pass(scan: ClickScan, kept: pl.LazyFrame) -> tuple[pl.DataFrame, ClickCounts]:
    counted = scan.frame.select(pl.len(), pl.col("customer_id").null_count(), scan.bad().sum().alias("bad"))
    clicks, counts = pl.collect_all([kept, counted], engine="streaming")
    return clicks, ClickCounts(*counts.row(0))


def _kept(part: Part, timezone: str, wanted: pl.Expr) -> pl.LazyFrame:
    # The filter stands before all else, so that it reaches the reader.
    customer_id = as_text(pl.col("customer_id"), part.columns["customer_id"].dtype)
    raw = part.scan()
    text = raw if part.columns["customer_id"].dtype == pl.String else raw.with_columns(customer_id)
    return text.filter(wanted).select(**normal_columns(part, timezone))


def _counts(scan: ClickScan) -> Iterator[tuple[int, int, int]]:
    for part in scan.parts:
        rows = part.scan()
        no_time = pl.col("event_time").is_null()
        bad = _missing(part, "partner_id") | no_time
        if part.columns["event_time"].dtype != TIME:
            rows, bad = rows.select(**normal_columns(part, scan.timezone)), scan.bad()
        yield (
            _length(part.scan()),
            _length(part.scan().filter(_missing(part, "customer_id"))),
            _length(rows.filter(bad)),
        )


def _missing(part: Part, name: str) -> pl.Expr:
    return is_missing(pl.col(name), part.columns[name].dtype)


def _length(rows: pl.LazyFrame) -> int:
    return int(rows.select(pl.len()).collect(engine="streaming").item())
