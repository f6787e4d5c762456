"""Which clicks form the click path of a conversion, and which of them is last.

A path is the customer's clicks of the conversion's program in the closed window [event_time - lookback, event_time],
in elapsed time. A click without a program counts in every program; a conversion without a program counts every
click. The last click is last by (event_time, click_id, partner_id), a missing click_id before any other.

Tables: *conversions* is one row per conversion, `row` UInt32 its position, with `event_time`, `customer_id` and
`program_id` (null where none). *path clicks* is one row per conversion and click of its path: `row`, `event_time`,
`click_id` (null where none), `partner_id`; the clicks of a path follow each other, the last click last.
"""

from datetime import UTC, datetime, timedelta
from typing import Final

import polars as pl

from attribution.events.customers import CUSTOMER_HASH, ClickCounts, clicks_of
from attribution.events.readers import ClickScan
from attribution.events.schema import TIME

PATH_CLICKS: Final = pl.Schema(
    {"row": pl.UInt32(), "event_time": TIME, "click_id": pl.String(), "partner_id": pl.String()}
)

_FIRST: Final = datetime.min.replace(tzinfo=UTC)
_LAST: Final = datetime.max.replace(tzinfo=UTC)


def path_clicks(conversions: pl.DataFrame, scan: ClickScan, lookback: timedelta) -> tuple[pl.DataFrame, ClickCounts]:
    """Stream the click table once; return the path clicks of all conversions, and counts of the table.

    Few customers convert, so the stream keeps only the clicks of customers who did, from the first conversion's window
    to the last conversion; memory is set by the conversions and these clicks, not by the length of the click table.
    """
    orders = conversions.filter(pl.col("customer_id").is_not_null())
    orders = orders.select("row", "customer_id", "program_id", "event_time", CUSTOMER_HASH.alias("hash"))
    known = scan.frame.collect_schema().names()
    optional = [name for name in ("click_id", "program_id") if name in known]
    columns = ["customer_id", "event_time", "partner_id", *optional]
    clicks, counts = clicks_of(scan, orders["hash"].unique(), columns, *_span(orders["event_time"], lookback))
    pairs = _pairs(clicks, orders, lookback)
    of_order = orders.select(pl.col("row", "customer_id", "program_id").gather(pairs["order"]).name.prefix("order_"))
    found = pl.concat([clicks.select(pl.all().gather(pairs["click"])), of_order], how="horizontal")
    # Equal hashes are not yet equal customers.
    in_path = (pl.col("customer_id") == pl.col("order_customer_id")) & pl.col("partner_id").is_not_null()
    if "program_id" in optional:
        in_path &= (pl.col("program_id") == pl.col("order_program_id")).fill_null(True)  # null is every program
    absent = [] if "click_id" in optional else [pl.lit(None, pl.String).alias("click_id")]
    in_window = found.filter(in_path).rename({"order_row": "row"}).with_columns(absent)
    return _in_path_order(in_window.select(PATH_CLICKS.names())), counts


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


def window_start(at: datetime, lookback: timedelta) -> datetime:
    """The earliest instant whose clicks count for a conversion at `at`."""
    try:
        return at - lookback
    except OverflowError:
        return _FIRST


def _span(times: pl.Series, lookback: timedelta) -> tuple[datetime, datetime]:
    """The first and the last instant whose clicks count for any conversion; nothing lies between if there is none."""
    first, last = times.min(), times.max()
    if isinstance(first, datetime) and isinstance(last, datetime):
        return window_start(first, lookback), last
    return _LAST, _FIRST


def _ends(run: str) -> pl.Expr:
    return pl.col(run).ne_missing(pl.col(run).shift(-1))


def _in_path_order(path_clicks: pl.DataFrame) -> pl.DataFrame:
    return path_clicks.sort("row", "event_time", "click_id", "partner_id", nulls_last=False)


def _in_window(lookback: timedelta) -> pl.Expr:
    elapsed = pl.col("at") - pl.col("event_time")
    return (elapsed >= timedelta(0)) & (elapsed <= lookback)


def _pairs(clicks: pl.DataFrame, orders: pl.DataFrame, lookback: timedelta) -> pl.DataFrame:
    """Places of a `click` and an `order` with equal hashes, the click in the order's window, joined by number."""
    left = clicks.lazy().select("hash", "event_time").with_row_index("click")
    right = orders.lazy().select("hash", at="event_time").with_row_index("order")
    return left.join(right, on="hash").filter(_in_window(lookback)).select("click", "order").collect()
