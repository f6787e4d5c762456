"""Conversions: prospects' orders over the 90 days, two in five with a promo code.

Of those codes six in ten are literals of the program, two in ten match a regex, two in ten are unknown; half are codes
of the customer's favourite partner. One in a hundred has a blank in front or behind; one order in a hundred has no
customer. One row per conversion: `conversion_id`, `event_time`, `customer_id`, `promo_code`, `amount` (Decimal),
`currency`.
"""

from pathlib import Path
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from benchmarks.make.cache import cached
from benchmarks.make.programs import literal_codes, regex_codes
from benchmarks.make.world import PARTNERS, SPAN_MS, World, customer_ids, favourite_partners, times

REGEXES: Final = 1_000
"""Regexes that the used codes are made for, whether the program has them or not."""

_CONVERSIONS: Final = 21

Numbers = NDArray[np.int64]


def conversion_file(world: World, literals: int, regexes: int = REGEXES) -> Path:
    """The conversions as one Parquet file; they do not depend on the number of clicks."""
    name = f"conversions-{world.conversions}-{literals}-{regexes}-{world.seed}.parquet"
    return cached(name, lambda path: conversions(world, literals, regexes).write_parquet(path))


def conversions(world: World, literals: int, regexes: int = REGEXES) -> pl.DataFrame:
    """The table."""
    random, count = world.random(_CONVERSIONS), world.conversions
    customer = random.integers(0, world.prospects, count)
    time = random.integers(0, SPAN_MS, count)
    return order_table(random, customer, time, draw_codes(random, customer, literals, regexes))


def order_table(random: np.random.Generator, customer: Numbers, time: Numbers, promo_code: pl.Series) -> pl.DataFrame:
    """Orders of these customers at these times with these codes; one in a hundred loses its customer."""
    count = len(customer)
    frame = pl.DataFrame(
        {
            "conversion_id": pl.Series(np.arange(count) + 5_000_000_000).cast(pl.String),
            "event_time": times(time),
            "customer_id": customer_ids(customer),
            "promo_code": promo_code,
            "amount": random.integers(500, 50_000, count),
            "currency": random.random(count) < 0.7,
        }
    )
    nobody = pl.Series(random.random(count) < 0.01)
    return frame.with_columns(
        customer_id=pl.when(~nobody).then("customer_id"),
        amount=(pl.col("amount").cast(pl.Decimal(12, 2)) / 100).cast(pl.Decimal(12, 2)),
        currency=pl.when("currency").then(pl.lit("USD")).otherwise(pl.lit("EUR")),
    )


def draw_codes(random: np.random.Generator, customer: Numbers, literals: int, regexes: int) -> pl.Series:
    """What each order carries as promo code; null for three in five."""
    count = len(customer)
    favourite = np.where(random.random(count) < 0.5, favourite_partners(customer), -1)
    literal = code_of_partner(random, literal_codes(literals)["partner"].to_numpy(), favourite)
    prefixes = regex_codes(regexes)
    regex = code_of_partner(random, prefixes["partner"].to_numpy(), favourite)
    unknown = (random.random(count) ** 2 * max(count // 4, 1)).astype(np.int64)
    kinds = {
        "LITERAL": literal_codes(literals)["code"].gather(pl.Series(literal)),
        "REGEX": prefixes["prefix"].gather(pl.Series(regex)),
        "number": pl.Series(random.integers(0, 1_000_000, count)).cast(pl.String),
        "UNKNOWN": "DEAL" + pl.Series(unknown).cast(pl.String),
        "kind": random.choice(4, count, p=[0.6, 0.24, 0.08, 0.08]),
        "blank": random.integers(0, 200, count),
    }
    code = (
        pl.when(pl.col("kind") == 1)
        .then("LITERAL")
        .when(pl.col("kind") == 2)
        .then(pl.concat_str("REGEX", "number"))
        .when(pl.col("kind") == 3)
        .then("UNKNOWN")
    )
    padded = pl.when(pl.col("blank") == 0).then(" " + code).when(pl.col("blank") == 1).then(code + " ")
    return pl.DataFrame(kinds).select(padded.otherwise(code).alias("promo_code")).to_series()


def code_of_partner(random: np.random.Generator, owners: Numbers, wanted: Numbers) -> Numbers:
    """For each wanted partner the place of one of its codes in `owners`; of any, where it has none or is negative."""
    order = np.argsort(owners, kind="stable")
    counts = np.bincount(owners, minlength=PARTNERS)
    firsts = np.cumsum(counts) - counts
    anyone = random.integers(0, len(owners), len(wanted))
    draw = random.random(len(wanted))
    partner = np.maximum(wanted, 0)
    own = order[np.minimum(firsts[partner] + (draw * counts[partner]).astype(np.int64), len(owners) - 1)]
    return np.where((wanted < 0) | (counts[partner] == 0), anyone, own)
