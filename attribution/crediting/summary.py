"""The figures of a batch: conversions by outcome, money by currency, partners by conversions.

A conversion is credited when it is in the results, and attributed when a partner is credited with it. Money is added up
exactly: attributed money is `amount * share`, a share is one n-th, so amounts are added up as they are and divided as
fractions; nothing is rounded before it is printed. Amounts that are floats are as exact as floats are. Currencies are
never added to each other, and conversions without a currency are a group of their own.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import fsum
from typing import Any, Final

import polars as pl

from attribution.crediting.ledger import CreditResult, Ledger
from attribution.crediting.rules import Paid, Ruling
from attribution.events.customers import ClickCounts
from attribution.json_values import json_fields
from attribution.program import Program
from attribution.terms import Outcome, Reason

MOST_DIGITS: Final = 9
"""Decimal places that are looked at in amounts that are floats."""

_LARGEST_SUM: Final = 10**38  # in units of the last digit: what a decimal or a 128-bit integer of Polars holds


@dataclass(frozen=True, slots=True)
class OutcomeCount:
    """How many conversions have an outcome, and for one reason."""

    outcome: Outcome
    reason: Reason
    conversions: int

    def to_dict(self) -> dict[str, Any]:
        """The count in the values of JSON."""
        return json_fields(self, "outcome", "reason", "conversions")


@dataclass(frozen=True, slots=True)
class Money:
    """What is attributed in one currency (None: conversions that name none), not rounded.

    `conversions` are the attributed ones in that currency, `without_amount` those of them that have no amount. `digits`
    is the number of decimal places that amounts of the batch are shown with.
    """

    currency: str | None
    conversions: int
    without_amount: int
    amount: Fraction
    digits: int

    @property
    def rounded(self) -> bool:
        """Whether `text` shows another value than `amount`."""
        return bool((self.amount * 10**self.digits).denominator != 1)

    def text(self, *, thousands: str = "") -> str:
        """The amount, rounded half to even, with a sign between thousands."""
        units = round(abs(self.amount) * 10**self.digits)
        whole, cents = divmod(units, 10**self.digits)
        sign = "-" if self.amount < 0 and units else ""
        return f"{sign}{whole:,}.{cents:0{self.digits}}".replace(",", thousands)

    def to_dict(self) -> dict[str, Any]:
        """The figures in the values of JSON, `amount` as text."""
        counts = json_fields(self, "currency", "conversions", "without_amount")
        return {**counts, "amount": self.text(), "rounded": self.rounded}


@dataclass(frozen=True, slots=True)
class PartnerSummary:
    """What one partner is credited with. `partner_name` is None where the program has no name for it."""

    partner_id: str
    partner_name: str | None
    by_promo_code: int
    by_last_click: int
    money: tuple[Money, ...]

    @property
    def conversions(self) -> int:
        """The conversions that the partner is credited with; a shared one counts as one."""
        return self.by_promo_code + self.by_last_click

    def to_dict(self) -> dict[str, Any]:
        """The figures in the values of JSON."""
        figures = json_fields(self, "partner_id", "partner_name", "conversions", "by_promo_code", "by_last_click")
        return {**figures, "attributed": [one.to_dict() for one in self.money]}


@dataclass(frozen=True, slots=True)
class Summary:
    """A batch in figures. `conversions_read = conversions_credited + conversions_rejected`, counted from the results.

    Credited are all conversions that are in the results, those that credit nobody included. `withheld_without_clicks`
    are the withheld ones with an empty click path. `partners` come by conversions, most first; `money` by currency,
    None last. `has_amounts` is whether any conversion has one, `floats` whether amounts are floating-point numbers, and
    `digits` how many decimal places they need: 2 at least, and of floats `MOST_DIGITS` at most.
    """

    conversions_read: int
    conversions_credited: int
    conversions_rejected: int
    outcomes: tuple[OutcomeCount, ...]
    withheld_without_clicks: int
    money: tuple[Money, ...]
    partners: tuple[PartnerSummary, ...]
    clicks: ClickCounts
    has_amounts: bool
    floats: bool
    digits: int

    def to_dict(self) -> dict[str, Any]:
        """All figures in the values of JSON; `clicks` is None without a click table."""
        return {
            **json_fields(self, "conversions_read", "conversions_credited", "conversions_rejected"),
            "outcomes": [one.to_dict() for one in self.outcomes],
            "withheld_without_clicks": self.withheld_without_clicks,
            "attributed": [one.to_dict() for one in self.money],
            "partners": [one.to_dict() for one in self.partners],
            "clicks": self.clicks.to_dict(),
        }


class AccountsError(Exception):
    """The results do not have every conversion that was read exactly once: a fault of this package.

    No `AttributionError`, since nothing that was given can be the cause.
    """

    def __init__(self, read: int, credited: int, rejected: int) -> None:
        super().__init__(read, credited, rejected)

    def __str__(self) -> str:
        """The identity that does not hold."""
        read, credited, rejected = self.args
        return f"{read:,} conversions were read, but {credited:,} credited and {rejected:,} rejected"


def summarise(result: CreditResult, program: Program) -> Summary:
    """The figures of a batch; raises `AccountsError` if its conversions do not add up."""
    ledger = result.ledger
    credits = _table(ledger)
    # The rows of a conversion stand together, so its first is the one that differs from the row before.
    first = credits.select(pl.col("row").ne_missing(pl.col("row").shift(1))).to_series()
    conversions = credits if first.all() else credits.filter(first)
    rejected = int((result.rejected["table"] == "conversions").sum())
    if result.conversions_read != conversions.height + rejected:
        raise AccountsError(result.conversions_read, conversions.height, rejected)
    attributed = pl.col("partner") >= 0
    paid = credits.filter(attributed)
    amounts = ledger.conversions["amount"]
    sums = _Sums(paid, _digits(amounts))
    rulings = ledger.ruleset.decisions
    withheld = [number for number, ruling in enumerate(rulings) if ruling.outcome is Outcome.WITHHELD]
    without_path = pl.col("ruling").is_in(withheld) & (pl.col("path_clicks") == 0)
    return Summary(
        result.conversions_read,
        conversions.height,
        rejected,
        _outcomes(conversions, rulings),
        conversions.filter(without_path).height,
        _by_currency(conversions.filter(attributed), sums),
        _partners(paid, sums, ledger, program.partner_names),
        result.clicks,
        amounts.null_count() < len(amounts),
        amounts.dtype.is_float(),
        sums.digits,
    )


def _table(ledger: Ledger) -> pl.DataFrame:
    """One row per row of `credits`: its numbers, and of its conversion `amount`, `currency` and `path_clicks`."""
    numbers = ledger.credits
    own = ledger.conversions.select("amount", "currency")
    return pl.DataFrame(
        [
            *(pl.Series(name, column) for name, column in numbers._asdict().items() if name != "hit"),
            *own.select(pl.all().gather(numbers.row)),
            pl.Series("path_clicks", ledger.paths.clicks[numbers.row]),
        ]
    )


def _outcomes(conversions: pl.DataFrame, rulings: Sequence[Ruling]) -> tuple[OutcomeCount, ...]:
    """Those that occur, in the order of the vocabulary."""
    counts: Counter[tuple[Outcome, Reason]] = Counter()
    for ruling, number in conversions.group_by("ruling").len().rows():
        counts[rulings[ruling].outcome, rulings[ruling].reason] += number
    found = [OutcomeCount(outcome, reason, number) for (outcome, reason), number in counts.items()]
    outcomes, reasons = list(Outcome), list(Reason)
    return tuple(sorted(found, key=lambda one: (outcomes.index(one.outcome), reasons.index(one.reason))))


def _by_currency(attributed: pl.DataFrame, sums: "_Sums") -> tuple[Money, ...]:
    """`attributed` has each attributed conversion once."""
    counts = attributed.group_by("currency").agg(pl.len(), pl.col("amount").null_count().alias("without")).rows()
    totals = sums.by([])
    money = [
        Money(currency, number, without, totals[(currency,)], sums.digits) for currency, number, without in counts
    ]
    return tuple(sorted(money, key=_currency_order))


def _partners(
    paid: pl.DataFrame, sums: "_Sums", ledger: Ledger, names: Mapping[str, str]
) -> tuple[PartnerSummary, ...]:
    paying = [number for number, one in enumerate(ledger.ruleset.decisions) if one.paid is Paid.PROMO_CODE]
    by_promo_code = pl.col("ruling").is_in(paying).sum()
    counted = paid.group_by("partner", "currency").agg(
        pl.len(), pl.col("amount").null_count().alias("without"), by_promo_code.alias("by_promo_code")
    )
    totals = sums.by(["partner"])
    partner_ids = ledger.partner_ids.to_list()
    money: dict[str, list[Money]] = defaultdict(list)
    by_code: dict[str, int] = defaultdict(int)
    for partner, currency, number, without, promo_code in counted.rows():
        partner_id = partner_ids[partner]
        money[partner_id].append(Money(currency, number, without, totals[(partner, currency)], sums.digits))
        by_code[partner_id] += promo_code
    partners = [
        PartnerSummary(
            partner_id,
            names.get(partner_id),
            by_code[partner_id],
            sum(one.conversions for one in own) - by_code[partner_id],
            tuple(sorted(own, key=_currency_order)),
        )
        for partner_id, own in money.items()
    ]
    return tuple(sorted(partners, key=lambda partner: (-partner.conversions, partner.partner_id)))


def _currency_order(money: Money) -> tuple[bool, str]:
    return money.currency is None, money.currency or ""


class _Sums:
    """Sums of `amount * share` over rows that are paid, by any columns and the currency."""

    def __init__(self, paid: pl.DataFrame, digits: int) -> None:
        dtype = paid.schema["amount"]
        self.digits = digits
        self._paid = paid
        if dtype.is_integer():
            self._paid = self._paid.with_columns(pl.col("amount").cast(pl.Int128))
        # Polars rounds sums of floats by the order of rows, and lets sums of decimals run over without a word.
        self._in_polars = not dtype.is_float() and self._fits(dtype)

    def _fits(self, dtype: pl.DataType) -> bool:
        bounds = self._paid.select(pl.col("amount").min().alias("low"), pl.col("amount").max().alias("high")).row(0)
        largest = max((abs(bound) for bound in bounds if bound is not None), default=0)
        unit = 10**dtype.scale if isinstance(dtype, pl.Decimal) else 1
        return Fraction(largest) * unit * self._paid.height < _LARGEST_SUM

    def by(self, keys: Sequence[str]) -> dict[tuple[object, ...], Fraction]:
        """The sum of each group, by its `keys` and currency."""
        amount = pl.col("amount").sum() if self._in_polars else pl.col("amount").drop_nulls()
        totals: dict[tuple[object, ...], Fraction] = defaultdict(Fraction)
        for *key, parts, value in self._paid.group_by(*keys, "currency", "parts").agg(amount).rows():
            total = Fraction(value) if self._in_polars else _exact_sum(value)
            totals[tuple(key)] += total / parts
        return totals


def _digits(amounts: pl.Series) -> int:
    """The decimal places that amounts need: the fewest that show each of them, 2 at least, of floats not too many."""
    if amounts.dtype.is_float():
        enough = (digits for digits in range(2, MOST_DIGITS) if (amounts.round(digits) == amounts).all())
        return next(enough, MOST_DIGITS)
    if not isinstance(amounts.dtype, pl.Decimal):
        return 2
    fewer = (digits for digits in range(2, amounts.dtype.scale) if (_cut(amounts, digits) == amounts).all())
    return next(fewer, max(2, amounts.dtype.scale))


def _cut(amounts: pl.Series, digits: int) -> pl.Series:
    return amounts.cast(pl.Decimal(38, digits)).cast(amounts.dtype)


def _exact_sum(values: Iterable[float | Decimal | int]) -> Fraction:
    """The exact sum of numbers; of floats the float nearest to it, in every order of theirs."""
    numbers = list(values)
    if numbers and isinstance(numbers[0], float):
        return Fraction(fsum(numbers))
    return sum(map(Fraction, numbers), Fraction())
