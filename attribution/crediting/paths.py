"""Which clicks form the click path of a conversion, and which of them is last.

A path is the customer's clicks of the conversion's program in the closed window [event_time - lookback, event_time],
in elapsed time. A click without a program counts in every program; a conversion without a program counts every
click. The last click is last by (event_time, click_id, partner_id), a missing click_id before any other.

Tables: *conversions* is one row per conversion, `row` UInt32 its position, with `event_time`, `customer_id` and
`program_id` (null where none). *path clicks* is one row per conversion and click of its path: `row`, `event_time`,
`click_id` (null where there is none or where it decides nothing), `partner_id`; the clicks of a path follow each
other, the last click last.
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


def path_clicks(conversions: pl.DataFrame, scan: ClickScan, lookback: timedelta) -> tuple[pl.DataFrame, ClickCounts]:
    """Stream the click table and return the path clicks of all conversions, with counts of the table.

    Few customers convert, so the stream keeps only the clicks of customers who did; memory is set by the
    conversions and their customers' clicks, not by the length of the click table. `click_id`, as a rule the widest
    column, is read only for the conversions whose last click hangs on it, in a second pass where there are any.
    """
    clicks, counts = _stream(conversions, scan, lookback, [])
    if "click_id" not in scan.frame.collect_schema() or (tied := _tied(clicks)).is_empty():
        return clicks, counts
    told, _ = _stream(conversions.join(tied, on="row", how="semi"), scan, lookback, ["click_id"])
    return pl.concat([clicks.join(tied, on="row", how="anti", maintain_order="left"), told]), counts


def carried_path_clicks(conversions: pl.DataFrame, lookback: timedelta) -> pl.DataFrame:
    """The path clicks of conversions that carry a `click_path`, a list of {partner_id, event_time, click_id}."""
    path = conversions.lazy().select("row", pl.col("event_time").alias("at"), "click_path").explode("click_path")
    clicks = path.filter(pl.col("click_path").is_not_null()).unnest("click_path").filter(_in_window(lookback))
    return _in_path_order(clicks.select(PATH_CLICKS.names()).cast(PATH_CLICKS).collect())


def last_clicks(path_clicks: pl.DataFrame) -> pl.DataFrame:
    """One row per conversion with a path: `row`, `winner_partner_id`, `last_click_time`, `path_clicks` (UInt32)."""
    last = path_clicks.with_row_index("end").filter(_ends("row"))
    return last.select(
        "row",
        pl.col("partner_id").alias("winner_partner_id"),
        pl.col("event_time").alias("last_click_time"),
        pl.col("end").diff().fill_null(pl.col("end") + 1).cast(pl.UInt32).alias("path_clicks"),
    )


def _tied(path_clicks: pl.DataFrame) -> pl.DataFrame:
    """The `row` of each conversion whose latest clicks, at one instant, are of several partners."""
    same_time = pl.struct("row", "event_time").rle_id()
    ends = path_clicks.select("row", "partner_id", same_time.alias("instant"))
    first, last = ends.filter(_begins("instant")), ends.filter(_ends("instant"))
    several = (first["partner_id"] != last["partner_id"]).alias("several")
    return last.with_columns(several).filter(_ends("row")).filter("several").select("row")


def _begins(run: str) -> pl.Expr:
    return pl.col(run).ne_missing(pl.col(run).shift(1))


def _ends(run: str) -> pl.Expr:
    return pl.col(run).ne_missing(pl.col(run).shift(-1))


def _in_path_order(path_clicks: pl.DataFrame) -> pl.DataFrame:
    return path_clicks.sort("row", "event_time", "click_id", "partner_id", nulls_last=False)


def _in_window(lookback: timedelta) -> pl.Expr:
    elapsed = pl.col("at") - pl.col("event_time")
    return (elapsed >= timedelta(0)) & (elapsed <= lookback)


def _same_program() -> pl.Expr:
    # `program_id` is the click's; null on either side means every program.
    return (pl.col("program_id") == pl.col("program_id_right")).fill_null(True)


def _stream(
    conversions: pl.DataFrame, scan: ClickScan, lookback: timedelta, extra: list[str]
) -> tuple[pl.DataFrame, ClickCounts]:
    """Read the click table once: the path clicks of `conversions`, and the counts; `extra` columns on demand."""
    customers = converting_customers(conversions)
    kept, counts = _clicks_of(customers, scan, extra)
    keyed = conversions.lazy().select("row", "program_id", pl.col("event_time").alias("at"), customers.numbers)
    in_path = _in_window(lookback) & pl.col("partner_id").is_not_null()
    if "program_id" in kept.columns:
        in_path &= _same_program()
    absent = [pl.lit(None, PATH_CLICKS[name]).alias(name) for name in PATH_CLICKS if name not in ("row", *kept.columns)]
    pairs = kept.lazy().with_columns(absent).join(keyed, on="customer").filter(in_path)
    return _in_path_order(pairs.select(PATH_CLICKS.names()).collect()), counts


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


def _clicks_of(customers: Customers, scan: ClickScan, extra: list[str]) -> tuple[pl.DataFrame, ClickCounts]:
    """The clicks of these customers: `customer`, `event_time`, `partner_id`, maybe `program_id`, and `extra`.

    Both queries read one scan, so the click table is decoded once. Bad rows are dropped later, with the window:
    as a filter on the scan they would split it in two.
    """
    names = ["customer_id", "event_time", "partner_id", *extra]
    names += ["program_id"] if "program_id" in scan.frame.collect_schema() else []
    hashed = scan.frame.select(*names, _hash(customers.seed).alias("hash"))
    kept = hashed.join(customers.table.lazy().select("hash", "customer"), on="hash").drop("hash")
    counted = scan.frame.select(
        pl.len().alias("read"),
        pl.col("customer_id").null_count().alias("without_customer"),
        scan.bad().sum().alias("bad"),
    )
    clicks, counts = pl.collect_all([kept, counted], engine="streaming")
    # Equal hashes are not yet equal customers.
    same = customers.table["customer_id"].gather(clicks["customer"]) == clicks["customer_id"]
    return clicks.filter(same).drop("customer_id"), ClickCounts(**counts.row(0, named=True))
