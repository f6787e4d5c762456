"""Reads out of a click log, which may be far larger than memory, the clicks of the customers who converted.

Few do, so what is kept is small, and it is all of the log that is ever held. Parquet is asked for the rows of
customers that may have converted, told by a bit for their hash: the other columns are decoded for those rows only, and
row groups outside the time span are not read at all. The customers themselves are compared on the few rows left.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from attribution import text_table
from attribution.events.clicks import ClickScan
from attribution.events.schema import TIME
from attribution.json_values import json_fields
from attribution.text_table import TextTable

Numbers = NDArray[np.int64]

_BATCH: Final = 500_000
_HASH: Final = "__hash"
_NOBODY: Final = pl.col("customer_id").is_null()


@dataclass(frozen=True, slots=True)
class ClickCounts:
    """What was seen of a click table: rows read, rows without a customer (in no path), bad rows.

    `given` is whether there was a click table.
    """

    read: int = 0
    without_customer: int = 0
    bad: int = 0
    given: bool = True

    def to_dict(self) -> dict[str, Any] | None:
        """The counts in the values of JSON; None without a click table."""
        return json_fields(self, "read", "without_customer", "bad") if self.given else None


def clicks_of(
    scan: ClickScan, customer_ids: pl.Series, columns: Sequence[str], first: datetime, last: datetime
) -> tuple[pl.DataFrame, ClickCounts]:
    """The well-formed clicks of the customers from `first` to `last`, and counts of all rows.

    `customer_ids` are distinct, and a customer's number is the place there. One row per click, in no order: `customer`
    (UInt32) and the `columns`, which are names of `scan.frame`, `event_time` and `partner_id` among them. Measured on
    40 M rows of Parquet, four columns, a tenth of them kept: twice the time of decoding three of the columns.
    """
    table = TextTable(customer_ids, range(len(customer_ids)))
    in_time = pl.col("event_time").is_between(pl.lit(first, TIME), pl.lit(last, TIME))
    rows = scan.frame.select("customer_id", *columns)
    if scan.counts_apart:
        rows = rows.filter((in_time & _may_be(table)) | _NOBODY)
    hashes = text_table.hashed(customer_ids).alias(_HASH)
    joined = hashes.n_unique() == len(hashes)
    if joined:
        known = pl.DataFrame([hashes, pl.Series("customer", range(len(hashes)), dtype=pl.UInt32)])
        hashed = rows.with_columns(text_table.hashed(pl.col("customer_id")).alias(_HASH))
        rows = hashed.join(known.lazy(), on=_HASH, how="left")
    kept = [pl.DataFrame(schema={"customer": pl.UInt32, **{name: scan.schema[name] for name in columns}})]
    read = nobody = bad = 0
    for batch in _batches(rows):
        read += batch.height
        nobody += batch["customer_id"].null_count()
        if not scan.counts_apart:
            bad += int(batch.select(scan.bad().sum()).item())
        found = _confirmed(batch, customer_ids) if joined else _looked_up(batch, table)
        kept.append(found.select("customer", *columns).filter(in_time & ~scan.bad()))
    if scan.counts_apart:
        read, bad = scan.count()
    return pl.concat(kept), ClickCounts(read, nobody, bad)


def _confirmed(batch: pl.DataFrame, customer_ids: pl.Series) -> pl.DataFrame:
    """The rows of customers: those whose hash is one's, if the texts are equal too."""
    likely = batch.filter(pl.col("customer").is_not_null())
    return likely.filter(customer_ids.gather(likely["customer"]) == likely["customer_id"])


def _looked_up(batch: pl.DataFrame, table: TextTable) -> pl.DataFrame:
    """The rows of customers, some of whom share a hash."""
    places, numbers = table.find(batch["customer_id"])
    return batch.select(pl.all().gather(places)).with_columns(pl.Series("customer", numbers))


def _batches(rows: pl.LazyFrame) -> Iterator[pl.DataFrame]:
    return rows.collect_batches(chunk_size=_BATCH, maintain_order=True, engine="streaming")


def _may_be(customers: TextTable) -> pl.Expr:
    def ask(hashes: pl.Series) -> pl.Series:
        return pl.Series(customers.may_hold(hashes.to_numpy()), dtype=pl.Boolean)

    hashes = text_table.hashed(pl.col("customer_id"))
    return hashes.map_batches(ask, return_dtype=pl.Boolean, is_elementwise=True)


def distinct(texts: pl.Series) -> tuple[pl.Series, Numbers]:
    """The distinct texts of a column, and for each row the number of its text, -1 for null.

    Numbers follow the hash, which takes a third of the time of `numbered`; should two texts have one hash, the text.
    """
    known = texts.drop_nulls()
    by_hash = (text_table.hashed(known).rank("dense") - 1).to_numpy().astype(np.int64)
    first = np.empty(int(by_hash.max(initial=-1)) + 1, dtype=np.int64)
    first[by_hash] = np.arange(len(known))
    found = known.gather(first)
    if not (found.gather(by_hash) == known).all():
        return numbered(texts)
    numbers = np.full(len(texts), -1, dtype=np.int64)
    numbers[texts.is_not_null().to_numpy()] = by_hash
    return found, numbers


def numbered(texts: pl.Series) -> tuple[pl.Series, Numbers]:
    """The distinct texts of a column in code point order, and for each row the number of its text, -1 for null."""
    categories = pl.Categories.random()
    codes = texts.cast(pl.Categorical(categories))
    known = categories.to_series().alias(texts.name)  # while the column is there: it alone keeps the texts
    numbers = codes.to_physical().cast(pl.Int64).fill_null(-1).to_numpy()
    order = known.arg_sort()
    rank = np.empty(len(known) + 1, dtype=np.int64)
    rank[order.to_numpy()] = np.arange(len(known))
    rank[-1] = -1  # the place that null's number points to
    return known.gather(order), rank[numbers]

