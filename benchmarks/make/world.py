"""The size of a benchmark's world, and what all its tables share: customers, partners, times.

*Prospects* are the customers who may convert. Their number and their clicks follow the number of conversions alone, so
that a log of 400 M clicks and one of 40 M with the same 2 M conversions hold the very same clicks of converting
customers, between ten times as many others: the credits of both are equal row by row.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

FIRST: Final = datetime(2025, 1, 1, tzinfo=UTC)
DAYS: Final = 90
SPAN_MS: Final = DAYS * 86_400_000
PARTNERS: Final = 2_000
PROGRAM_ID: Final = "1000"

_DRAWS: Final = 65_536
_PRIME: Final = 8_999_999_993
_SPREAD: Final = 6_180_339_887


@dataclass(frozen=True, slots=True)
class World:
    """How many rows there are. Two clicks per customer on average, three per prospect; both over 90 days."""

    clicks: int
    conversions: int
    seed: int = 1

    @property
    def customers(self) -> int:
        """Customers, prospects included."""
        return max(self.clicks // 2, self.prospects + 1)

    @property
    def prospects(self) -> int:
        """Customers of whom two thirds convert, some more than once: 2 M conversions are of 1.2 M customers."""
        return self.conversions * 7 // 8

    @property
    def prospect_clicks(self) -> int:
        """Clicks of prospects."""
        return 3 * self.prospects

    def random(self, what: int) -> np.random.Generator:
        """A stream of random numbers for one purpose, independent of all others."""
        return np.random.Generator(np.random.PCG64([self.seed, what]))


def customer_ids(numbers: NDArray[np.int64]) -> pl.Series:
    """Ten digits, distinct, and without an order that would tell prospects from others."""
    spread = numbers.astype(np.uint64) * np.uint64(_SPREAD) % np.uint64(_PRIME) + np.uint64(1_000_000_000)
    return pl.Series("customer_id", spread).cast(pl.String)


def partner_ids(numbers: NDArray[np.int64]) -> pl.Series:
    """The partners' ids: `10001` has the most clicks."""
    names = pl.Series("partner_id", range(10_001, 10_001 + PARTNERS), dtype=pl.UInt32).cast(pl.String)
    return names.gather(pl.Series(numbers, dtype=pl.UInt32))


def draw_partners(random: np.random.Generator, count: int) -> NDArray[np.int64]:
    """Partner numbers by Zipf's law: the second has half as many as the first."""
    return _ZIPF[random.integers(0, _DRAWS, count)]


def favourite_partners(customers: NDArray[np.int64]) -> NDArray[np.int64]:
    """The partner through whom a prospect comes back: half of their clicks, and of their codes."""
    return _ZIPF[(customers * 40_503 + 12_345) % _DRAWS]


def times(milliseconds: NDArray[np.int64]) -> pl.Series:
    """Instants from milliseconds since the first day."""
    microseconds = milliseconds * 1000 + int(FIRST.timestamp()) * 1_000_000
    return pl.Series("event_time", microseconds).cast(pl.Datetime("us", "UTC"))


def _zipf() -> NDArray[np.int64]:
    shares = np.cumsum(1 / np.arange(1, PARTNERS + 1))
    places = (np.arange(_DRAWS) + 0.5) / _DRAWS * shares[-1]
    numbers: NDArray[np.int64] = np.searchsorted(shares, places).astype(np.int64)
    return numbers


_ZIPF: Final = _zipf()
