"""How the checks of this family speak of conversions, of their money, and of lists that may be long.

In facts, `conversions` and `without_amount` are counts, and `money` is a list of `currency` (null: none given) and
`amount`, exact decimal text; never summed across currencies.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import polars as pl

from attribution.json_values import amount_text
from attribution.text import counted, plain
from attribution.times import zone

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Conversions:
    """So many conversions; `money` by currency, without those that have no amount."""

    count: int = 0
    without_amount: int = 0
    money: tuple[tuple[str | None, Decimal], ...] = ()

    def __str__(self) -> str:
        """`1,204 conversions (120,000.00 USD and 31.50 EUR; 4 without an amount)`."""
        if not self.money:
            return counted(self.count, "conversion")
        sums = listed([f"{amount_text(amount, ',')} {_named(currency)}" for currency, amount in self.money])
        without = f"; {self.without_amount:,} without an amount" if self.without_amount else ""
        return f"{counted(self.count, 'conversion')} ({sums}{without})"

    def facts(self) -> dict[str, Any]:
        """As JSON values."""
        money = [{"currency": currency, "amount": amount_text(amount)} for currency, amount in self.money]
        return {"conversions": self.count, "without_amount": self.without_amount, "money": money}


def conversions_of(table: pl.DataFrame, *keys: str) -> dict[tuple[Any, ...], Conversions]:
    """A `_money` table of `Usage` by its keys; currencies in order, none last."""
    found = {}
    for key, rows in grouped(table, *keys).items():
        money = tuple((row["currency"], row["amount"]) for row in rows if row["amount"] is not None)
        count, without = (sum(row[name] for row in rows) for name in ("conversions", "without_amount"))
        found[key] = Conversions(count, without, money)
    return found


def grouped(table: pl.DataFrame, *keys: str) -> dict[tuple[Any, ...], list[Row]]:
    """The rows of a table by their keys, both in the order of the table."""
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in table.iter_rows(named=True):
        groups.setdefault(tuple(row[key] for key in keys), []).append(row)
    return groups


def listed(items: Sequence[str], more: int = 0) -> str:
    """`a, b and c`; `a, b and 3 more`."""
    parts = [*items, f"{more:,} more"] if more else list(items)
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def shortened(items: Sequence[str], shown: int = 3) -> str:
    """The first few items, and how many more there are."""
    return listed(items[:shown], max(0, len(items) - shown))


def day(instant: datetime, timezone: str) -> str:
    """The date in the program's time zone, in which its own dates are written."""
    try:
        return instant.astimezone(zone(timezone)).strftime("%Y-%m-%d")
    except OverflowError:  # the first or last day there is
        return instant.strftime("%Y-%m-%d")


def _named(currency: str | None) -> str:
    return plain(currency) if currency else "without a currency"
