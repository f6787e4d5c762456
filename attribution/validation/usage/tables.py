"""`Usage`: small tables of what happened under a program, for the checks that look at data.

A promo code is its `promo_index`, the place in the program. A *use* is one used code of one conversion; it matches a
promo code by the rules of crediting: text, program and dates. Tables whose names end in `_money` have one row per
group and currency (null: none given): `conversions`, each counted once per group; `without_amount`, those of them
that have no amount; `amount`, the sum of the others, null where there are no others. Amounts are exact up to nine
decimal places. Figures of several groups may overlap, so they are not to be added up unless a table says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import polars as pl

from attribution.events.schema import TIME

AMOUNT: Final = pl.Decimal(38, 9)
"""The type of every sum of money."""

_TALLY: Final[Mapping[str, pl.DataType]] = {
    "currency": pl.String(),
    "conversions": pl.UInt32(),
    "without_amount": pl.UInt32(),
    "amount": AMOUNT,
}


def _index(*names: str) -> dict[str, pl.DataType]:
    return dict.fromkeys(names, pl.UInt32())


PROMO_CODES: Final = pl.Schema(
    {
        "promo_index": pl.UInt32(),
        "offered": pl.UInt32(),
        "first": TIME,
        "last": TIME,
        "matched": pl.UInt32(),
        "paid": pl.UInt32(),
        "withheld": pl.UInt32(),
    }
)
REJECTED_ROWS: Final = pl.Schema({"table": pl.String(), "reason": pl.String(), "rows": pl.UInt32()})
UNPAID_MONEY: Final = pl.Schema({**_index("promo_index"), **_TALLY})
NEAR: Final = pl.Schema(
    {
        **_index("promo_index"),
        "used_code": pl.String(),
        "differences": pl.List(pl.String()),
        "conversions": pl.UInt32(),
    }
)
NEAR_MONEY: Final = pl.Schema({**_index("promo_index"), **_TALLY})
UNASSIGNED: Final = pl.Schema({"used_code": pl.String(), "conversions": pl.UInt32()})
UNASSIGNED_MONEY: Final = pl.Schema(_TALLY)
OVERLAPS: Final = pl.Schema(
    {**_index("first", "second"), "used_code": pl.String(), "conversions": pl.UInt32(), "example": pl.String()}
)
OVERLAP_OTHERS: Final = pl.Schema(_index("first", "second", "promo_index"))
OVERLAP_PAID: Final = pl.Schema(
    {**_index("first", "second"), "outcome": pl.String(), "partner_id": pl.String(), "conversions": pl.UInt32()}
)
OVERLAP_MONEY: Final = pl.Schema({**_index("first", "second"), **_TALLY})
WITHOUT_CLICKS: Final = pl.Schema({"partner_id": pl.String(), "program_id": pl.String()})
WITHOUT_CLICKS_MONEY: Final = pl.Schema({**WITHOUT_CLICKS, **_TALLY})


@dataclass(frozen=True, slots=True)
class Usage:
    """The conversions and clicks of a period, counted. Without a table of either, what it would say is empty.

    has_conversions    whether conversions were given at all
    paths_known        whether clicks were, or the conversions carry their click paths: else nobody knows who was paid
    conversions_read, conversions_rejected, clicks_read    rows; rejected are bad rows, which count nowhere else
    rejected           one row per table and reason (`terms.RowReason`) of bad rows, both tables
    first, last        the times of the first and the last conversion; without conversions, of the first and last click
    promo_codes        one row per promo code, in order: `offered`, the conversions of its program placed while it was
                       active, and the `first` and `last` time of these; `matched`, the conversions that it matched;
                       `paid`, those for which it was credited; `withheld`, those withheld because of it, the first that
                       matched (both null where paths are not known)
    unpaid_money       by promo code: the conversions that it matched and its partner was not credited with
    near               one row per promo code, used code and list of `Difference`s, for uses that match nothing; a use
                       counts for the one promo code that it is nearest to, which `explain` and `match` name first
    near_money         by promo code
    unassigned         one row per used code with uses that match nothing and are near nothing
    unassigned_money   all of these together
    overlaps           one row per pair and used code, for uses that match promo codes of several partners. `first` is
                       the first of these promo codes in precedence, `second` the first one of another partner;
                       `example` a conversion
    overlap_others     one row per pair and further promo code that such a use matches
    overlap_paid       one row per pair, outcome and credited partner: conversions. Outcome is null where nobody knows
    overlap_money      by pair
    without_clicks     one row per partner and program of promo codes (null: of none) that need a click, and were active
                       in the period, where the partner has no click that counts in that program
    without_clicks_money    by these: conversions that matched such a promo code, the partner not credited
    timed_out          promo codes whose patterns took too long to be matched with a used code; they count as unmatched
    """

    has_conversions: bool = False
    paths_known: bool = False
    conversions_read: int = 0
    conversions_rejected: int = 0
    clicks_read: int = 0
    first: datetime | None = None
    last: datetime | None = None
    rejected: pl.DataFrame = field(default_factory=REJECTED_ROWS.to_frame)
    promo_codes: pl.DataFrame = field(default_factory=PROMO_CODES.to_frame)
    unpaid_money: pl.DataFrame = field(default_factory=UNPAID_MONEY.to_frame)
    near: pl.DataFrame = field(default_factory=NEAR.to_frame)
    near_money: pl.DataFrame = field(default_factory=NEAR_MONEY.to_frame)
    unassigned: pl.DataFrame = field(default_factory=UNASSIGNED.to_frame)
    unassigned_money: pl.DataFrame = field(default_factory=UNASSIGNED_MONEY.to_frame)
    overlaps: pl.DataFrame = field(default_factory=OVERLAPS.to_frame)
    overlap_others: pl.DataFrame = field(default_factory=OVERLAP_OTHERS.to_frame)
    overlap_paid: pl.DataFrame = field(default_factory=OVERLAP_PAID.to_frame)
    overlap_money: pl.DataFrame = field(default_factory=OVERLAP_MONEY.to_frame)
    without_clicks: pl.DataFrame = field(default_factory=WITHOUT_CLICKS.to_frame)
    without_clicks_money: pl.DataFrame = field(default_factory=WITHOUT_CLICKS_MONEY.to_frame)
    timed_out: tuple[int, ...] = ()
