"""The uses of a batch: which promo codes each used code of each conversion matches, and which match none.

Other than in crediting, a promo code that matches several used codes of one order matches each of them. Money of
groups of uses is exact, per currency, and counts each conversion once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from attribution.crediting.ruleset import Ruleset, applies
from attribution.matching import Matcher
from attribution.matching.used_codes import used_code_table
from attribution.validation.usage.tables import AMOUNT

_NO_MONEY: Final = 10**18


@dataclass(frozen=True, slots=True)
class Uses:
    """Tables about the conversions of a batch; a conversion is its `row`, from 0, a use its `use`.

    conversions  one row per conversion, in order of `row`: `conversion_id`, `event_time`, `program_id`, `currency`,
                 and `amount` as `money_column` makes it
    hits         one row per use and promo code that it matches: `use`, `row`, `used_code`, `promo_index`
    misses       one row per use that matches nothing: `use`, `row`, `used_code`; without the conversions of programs
                 that no promo code is for, which are other people's business
    """

    conversions: pl.DataFrame
    hits: pl.DataFrame
    misses: pl.DataFrame


def find_uses(conversions: pl.DataFrame, codes: Ruleset, matcher: Matcher, separator: str | None) -> Uses:
    """The uses of well-formed conversions whose `program_id` is resolved, with their `row`."""
    used = used_code_table(conversions["row"], conversions["promo_code"], separator)
    used = used.select("row", "used_code").with_row_index("use")
    used_codes = used["used_code"].unique()
    number, index = matcher.match_column(used_codes)
    texts = pl.DataFrame({"used_code": used_codes.gather(number), "promo_index": index})
    found = used.join(texts, on="used_code")
    scope = conversions.select(pl.col("event_time", "program_id").gather(found["row"]))
    promo_codes = codes.frame.select(pl.all().gather(found["promo_index"]))
    within = pl.concat([promo_codes, scope], how="horizontal").select(applies()).to_series()
    hits = found.filter(within)
    hit = pl.repeat(False, used.height, dtype=pl.Boolean, eager=True).scatter(hits["use"].unique(), True)
    missed = used.filter(~hit)
    ours = missed.filter(_known_program(conversions, codes).gather(missed["row"]))
    amount = money_column(conversions["amount"])
    facts = conversions.select("conversion_id", "event_time", "program_id", "currency", amount)
    return Uses(facts, hits.select("use", "row", "used_code", "promo_index"), ours)


def _known_program(conversions: pl.DataFrame, codes: Ruleset) -> pl.Series:
    """Whether there are promo codes for the program of each conversion."""
    if None in codes.program_id:
        return pl.repeat(True, conversions.height, dtype=pl.Boolean, eager=True)
    return conversions["program_id"].is_in(list(codes.program_ids)).fill_null(False)


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
