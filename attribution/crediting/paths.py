"""Which clicks form the click path of a conversion, and which of them is last.

A path is the customer's clicks of the conversion's program in the closed window [event_time - lookback, event_time],
in elapsed time. A click without a program counts in every program; a conversion without a program counts every
click. The last click is last by (event_time, click_id, partner_id), a missing click_id before any other.

Tables: *conversions* is one row per conversion, `row` UInt32 its position, with `event_time`, `customer_id` and
`program_id` (null where none). *path clicks* is one row per conversion and click of its path: `row`, `event_time`,
`click_id` (null where none), `partner_id`.
"""

from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Final

import polars as pl

from attribution.events.read import ClickScan
from attribution.events.schema import TIME

PATH_CLICKS: Final = pl.Schema(
    {"row": pl.UInt32(), "event_time": TIME, "click_id": pl.String(), "partner_id": pl.String()}
)


@dataclass(frozen=True, slots=True)
class ClickCounts:
    """What was seen of the click table: rows read, rows without a customer (in no path), bad rows."""

    read: int = 0
    without_customer: int = 0
    bad: int = 0


def path_clicks(
    conversions: pl.DataFrame, scan: ClickScan, lookback: timedelta
) -> tuple[pl.DataFrame, ClickCounts]:
    """Stream the click table once and return the path clicks of all conversions, with counts of the table.

    Few customers convert, so the stream keeps only the clicks of customers who did; memory is set by the
    conversions and their customers' clicks, not by the length of the click table.
    """
    customers = converting_customers(conversions)
    kept, counts = _stream(scan, customers)
    keyed = conversions.lazy().select(
        "row", "program_id", pl.col("event_time").alias("at"), customers.numbers
    )
    if "click_id" not in kept.columns:
        kept = kept.with_columns(pl.lit(None, pl.String).alias("click_id"))
    in_path = _in_window(lookback) & (pl.col("partner_id") != "")
    if "program_id" in kept.columns:
        in_path &= _same_program()
    pairs = kept.lazy().join(keyed, on="customer").filter(in_path)
    return pairs.select(PATH_CLICKS.names()).collect(), counts


def carried_path_clicks(conversions: pl.DataFrame, lookback: timedelta) -> pl.DataFrame:
    """The path clicks of conversions that carry a `click_path`, a list of {partner_id, event_time, click_id}."""
    carried = (
        conversions.lazy().select("row", pl.col("event_time").alias("at"), "click_path").explode("click_path")
    )
    clicks = carried.filter(pl.col("click_path").is_not_null()).unnest("click_path")
    return clicks.filter(_in_window(lookback)).select(PATH_CLICKS.names()).cast(PATH_CLICKS).collect()


def last_clicks(path_clicks: pl.DataFrame) -> pl.DataFrame:
    """One row per conversion with a path: `row`, `winner_partner_id`, `last_click_time`, `path_clicks` (UInt32)."""
    in_order = path_clicks.sort("row", "event_time", "click_id", "partner_id", nulls_last=False)
    last = in_order.with_row_index("end").filter(pl.col("row").ne_missing(pl.col("row").shift(-1)))
    return last.select(
        "row",
        pl.col("partner_id").alias("winner_partner_id"),
        pl.col("event_time").alias("last_click_time"),
        pl.col("end").diff().fill_null(pl.col("end") + 1).cast(pl.UInt32).alias("path_clicks"),
    )


def _in_window(lookback: timedelta) -> pl.Expr:
    elapsed = pl.col("at") - pl.col("event_time")
    return (elapsed >= timedelta(0)) & (elapsed <= lookback)


def _same_program() -> pl.Expr:
    # `program_id` is the click's; null on either side means every program.
    return (pl.col("program_id") == pl.col("program_id_right")).fill_null(True)


@dataclass(frozen=True, slots=True)
class Customers:
    """The customers who converted. `numbers` is aligned with the conversions; `table` is one row per customer:
    `hash` UInt64 and `customer` UInt32, both unique, and the `customer_id` they stand for."""

    numbers: pl.Series
    table: pl.DataFrame
    seed: int


def converting_customers(conversions: pl.DataFrame) -> Customers:
    """Number the customers who converted, under a hash that tells them all apart.

    The click stream is joined on the hash, at two thirds of the cost of joining on the text. A seed under which
    two of the customers share a hash is passed over, so the numbers are exact; the first seed is all but certain.
    """
    customer_id = conversions["customer_id"]
    for seed in count():
        hashed = conversions.select("customer_id", _hash(seed).alias("hash"))
        numbered = hashed.with_columns(pl.col("hash").rank("dense").sub(1).cast(pl.UInt32).alias("customer"))
        table = numbered.drop_nulls("customer").unique("customer").sort("customer")
        numbers = numbered["customer"]
        if (table["customer_id"].gather(numbers) == customer_id).all():
            return Customers(numbers, table, seed)
    raise AssertionError  # count() does not end


def _hash(seed: int) -> pl.Expr:
    # Null stays null: a missing customer converts, but is no customer.
    customer_id = pl.col("customer_id")
    return pl.when(customer_id.is_not_null()).then(customer_id.hash(seed))


def _missing_as_null(name: str) -> pl.Expr:
    return pl.when(pl.col(name) != "").then(pl.col(name)).alias(name)


def _stream(scan: ClickScan, customers: Customers) -> tuple[pl.DataFrame, ClickCounts]:
    """The clicks of converting customers: `customer`, `event_time`, `partner_id`, `click_id`, maybe `program_id`.

    Both queries read one scan, so the click table is decoded once. Bad rows are dropped later, with the window:
    as a filter on the scan they would split it in two.
    """
    names = scan.frame.collect_schema().names()
    ids = [_missing_as_null(name) for name in ("click_id", "program_id") if name in names]
    joined = scan.frame.with_columns(_hash(customers.seed).alias("hash")).join(
        customers.table.lazy(), on="hash"
    )
    same = pl.col("customer_id") == pl.col("customer_id_right")
    kept = joined.filter(same).select("customer", "event_time", "partner_id", *ids)
    customer_id = pl.col("customer_id")
    counted = scan.frame.select(
        pl.len().alias("read"),
        (customer_id.is_null() | (customer_id == "")).sum().alias("without_customer"),
        scan.bad().sum().alias("bad"),
    )
    kept_clicks, counts = pl.collect_all([kept, counted], engine="streaming")
    return kept_clicks, ClickCounts(**counts.row(0, named=True))
