"""A guest whom thousands share: one customer id that very many orders and clicks carry, among normal customers.

Beside it the same tables in which each of these orders has a customer of its own, with an equal part of these clicks:
only customer ids differ.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from benchmarks.make.cache import cached
from benchmarks.make.clicks import PART_ROWS, Clicks, Numbers, click_parts, written_parts
from benchmarks.make.conversions import conversions, draw_codes, order_table
from benchmarks.make.world import SPAN_MS, World, draw_partners, favourite_partners

GUEST: Final = "guest"
_CLICKS, _CONVERSIONS = 51, 61
_FIRST_CLICK: Final = 5_000_000_000


@dataclass(frozen=True, slots=True)
class Guests:
    """How many clicks and orders there are beside the world's; of one customer if `shared`."""

    world: World
    clicks: int
    orders: int
    shared: bool

    @property
    def name(self) -> str:
        """What tells files apart."""
        kind = "guest" if self.shared else "guests"
        return f"{kind}-{self.world.clicks}-{self.world.conversions}-{self.clicks}-{self.orders}-{self.world.seed}"

    def customers(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The table as it is, or with the one customer for all; null stays null."""
        if not self.shared:
            return frame
        return frame.with_columns(customer_id=pl.when(pl.col("customer_id").is_not_null()).then(pl.lit(GUEST)))


def guest_clicks(guests: Guests) -> Path:
    """The directory of the log's parts."""
    world = guests.world
    return written_parts(
        f"clicks-{guests.name}", world.clicks + guests.clicks, lambda: guest_log(guests).iter_slices(PART_ROWS)
    )


def guest_log(guests: Guests) -> pl.DataFrame:
    """The log in one table, sorted by time."""
    random, count = guests.world.random(_CLICKS), guests.clicks
    time, customer = random.integers(0, SPAN_MS, count), _strangers(guests, random.integers(0, guests.orders, count))
    partner = np.where(random.random(count) < 0.5, favourite_partners(customer), draw_partners(random, count))
    theirs = Clicks(time, customer, partner, _FIRST_CLICK + np.arange(count))
    log = pl.concat([*click_parts(guests.world), guests.customers(theirs.frame())])
    return log.sort("event_time", maintain_order=True)


def guest_conversions(guests: Guests, literals: int, regexes: int) -> Path:
    """The conversions as one Parquet file, in the order of their times."""
    name = f"conversions-{guests.name}-{literals}-{regexes}.parquet"
    return cached(name, lambda path: guest_orders(guests, literals, regexes).write_parquet(path))


def guest_orders(guests: Guests, literals: int, regexes: int) -> pl.DataFrame:
    """The table."""
    random, count = guests.world.random(_CONVERSIONS), guests.orders
    customer, time = _strangers(guests, np.arange(count)), random.integers(0, SPAN_MS, count)
    theirs = order_table(random, customer, time, draw_codes(random, customer, literals, regexes))
    theirs = guests.customers(theirs).with_columns(conversion_id="G" + pl.col("conversion_id"))
    return pl.concat([conversions(guests.world, literals, regexes), theirs]).sort("event_time", maintain_order=True)


def _strangers(guests: Guests, numbers: Numbers) -> Numbers:
    """Customers whom the world does not have."""
    return guests.world.customers + numbers
