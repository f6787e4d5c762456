"""Conversions and money of groups of uses: exact, per currency, each conversion once."""

from collections.abc import Sequence
from typing import Final

import polars as pl

from attribution.validation.usage.tables import AMOUNT

_NO_MONEY: Final = 10**18


def money_column(amounts: pl.Series) -> pl.Series:
    """Convert amounts of any type to exact decimals with nine places; null beyond a quintillion.

    So the sum of as many of them as there can be fits; and floats, which are decimals that somebody wrote down, are
    those decimals again, and add up in any order.
    """
    size = pl.col("amount").abs()
    sane = amounts.to_frame("amount").select(pl.when(size < _NO_MONEY).then("amount")).to_series()
    if sane.dtype.is_float():  # a conversion multiplies: with more places than needed, large amounts become inexact
        enough = (digits for digits in range(2, AMOUNT.scale) if (sane.round(digits) == sane).all())
        sane = sane.cast(pl.Decimal(38, next(enough, AMOUNT.scale)))
    return sane.cast(AMOUNT)


def money_by(keys: Sequence[str], uses: pl.DataFrame, conversions: pl.DataFrame) -> pl.DataFrame:
    """One row per group and currency: the columns of a `_money` table of `Usage`, by the keys.

    `uses` has the keys and `row`, perhaps several times; `conversions` is one row per conversion, in order of `row`.
    """
    once = uses.select(*keys, "row").unique()
    facts = conversions.select(pl.col("currency", "amount").gather(once["row"]))
    groups = pl.concat([once, facts], how="horizontal").group_by(*keys, "currency")
    without = pl.col("amount").is_null()
    tallied = groups.agg(
        pl.len().cast(pl.UInt32).alias("conversions"),
        without.sum().cast(pl.UInt32).alias("without_amount"),
        pl.when(~without.all()).then(pl.col("amount").sum()).alias("amount"),
    )
    return tallied.sort(*keys, "currency", nulls_last=True)


def conversions_by(keys: Sequence[str], uses: pl.DataFrame) -> pl.DataFrame:
    """One row per group: the keys and `conversions`; most first, then by the keys."""
    counted = uses.select(*keys, "row").unique().group_by(*keys).agg(pl.len().cast(pl.UInt32).alias("conversions"))
    descending = [True, *(False for _ in keys)]
    return counted.sort("conversions", *keys, descending=descending, nulls_last=True)
