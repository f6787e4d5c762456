"""A shop of regulars: everybody may convert, most orders carry a code, and a regex matches every code.

Clicks come as `make.clicks` writes them: parts of 4 M rows, sorted by time, one in memory at a time. Customers have
five clicks each on average, over 90 days, and who clicks more also orders more. Half of a customer's clicks, and of
their codes, are of their favourite partner. Three orders in five carry a code, each distinct code at least one of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from benchmarks.make.cache import cached
from benchmarks.make.clicks import PART_ROWS, Clicks, Numbers, rising_times, stretches, written_parts
from benchmarks.make.conversions import code_of_partner, order_table
from benchmarks.make.programs import regex_codes
from benchmarks.make.world import SPAN_MS, draw_partners, favourite_partners

_CONVERSIONS, _CLICKS = 31, 1_000_000
_CODED: Final = 0.6
_NOBODY: Final = -1


@dataclass(frozen=True, slots=True)
class Shop:
    """How many rows there are, and how many distinct used codes of how many regexes."""

    clicks: int
    conversions: int
    codes: int
    regexes: int
    seed: int = 1

    @property
    def customers(self) -> int:
        """Customers, those included who never click or never order."""
        return max(self.clicks // 5, 1)

    def random(self, what: int) -> np.random.Generator:
        """A stream of random numbers for one purpose."""
        return np.random.Generator(np.random.PCG64([self.seed, what]))

    def draw_customers(self, random: np.random.Generator, count: int) -> Numbers:
        """Customers, of whom the busiest tenth makes a fifth of all rows."""
        return (random.random(count) ** 1.5 * self.customers).astype(np.int64)


def shop_clicks(shop: Shop, part_rows: int = PART_ROWS) -> Path:
    """The directory of the log's parts."""
    name = f"regulars-clicks-{shop.clicks}-{part_rows}-{shop.seed}"
    return written_parts(name, shop.clicks, lambda: shop_click_parts(shop, part_rows))


def shop_click_parts(shop: Shop, part_rows: int = PART_ROWS) -> Iterator[pl.DataFrame]:
    """The parts, one after the other."""
    made = 0
    for part, (rows, first, end) in enumerate(stretches(shop.clicks, part_rows)):
        random = shop.random(_CLICKS + part)
        time, customer = rising_times(random, rows, first, end), shop.draw_customers(random, rows)
        favoured = random.random(rows) < 0.5
        partner = np.where(favoured, favourite_partners(customer), draw_partners(random, rows))
        customer[random.random(rows) < 0.005] = _NOBODY
        yield Clicks(time, customer, partner, made + np.arange(rows)).frame()
        made += rows


def shop_conversions(shop: Shop) -> Path:
    """The conversions as one Parquet file."""
    name = f"regulars-conversions-{shop.clicks}-{shop.conversions}-{shop.codes}-{shop.regexes}-{shop.seed}.parquet"
    return cached(name, lambda path: shop_orders(shop).write_parquet(path))


def shop_orders(shop: Shop) -> pl.DataFrame:
    """The table."""
    random, count = shop.random(_CONVERSIONS), shop.conversions
    customer, time = shop.draw_customers(random, count), random.integers(0, SPAN_MS, count)
    return order_table(random, customer, time, _used_codes(shop, random, customer))


def _used_codes(shop: Shop, random: np.random.Generator, customer: Numbers) -> pl.Series:
    """What each order carries as promo code; null for two in five."""
    coded = random.permutation(len(customer))[: round(_CODED * len(customer))]
    number = np.arange(shop.codes)
    patterns = regex_codes(shop.regexes).select("prefix", "partner")[pl.Series(number % shop.regexes)]
    favourite = np.where(random.random(len(coded)) < 0.5, favourite_partners(customer[coded]), -1)
    chosen = code_of_partner(random, patterns["partner"].to_numpy(), favourite)
    # The first orders go once through all codes, so that each occurs.
    chosen[: shop.codes] = number
    codes = patterns["prefix"] + pl.Series(number // shop.regexes * 7_919 % 1_000_000).cast(pl.String)
    place = np.full(len(customer), -1)
    place[coded] = chosen
    return codes.gather(pl.Series(place).replace(-1, None)).rename("promo_code")
