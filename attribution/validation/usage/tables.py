"""`Usage`: small tables of what happened under a program, for the checks that look at data.

A promo code is its `promo_index`, the place in the program. A *use* is one used code of one conversion; it matches a
promo code by the rules of crediting: text, program and dates. Tables whose names end in `_money` have one row per
group and currency (null: none given): `conversions`, each counted once per group; `without_amount`, those of them
that have no amount; `amount`, the sum of the others, null where there are no others. Amounts are exact up to nine
decimal places. Figures of several groups may overlap, so they are not to be added up unless a table says so.
"""

from datetime import datetime
from typing import Final, NamedTuple

import polars as pl

from attribution.events.schema import TIME

AMOUNT: Final = pl.Decimal(38, 9)
"""The type of every sum of money."""

_COUNT: Final = pl.UInt32()
_TEXT: Final = pl.String()
_PAIR: Final = {"first": _COUNT, "second": _COUNT}
_TALLY: Final = {"currency": _TEXT, "conversions": _COUNT, "without_amount": _COUNT, "amount": AMOUNT}
REJECTED_ROWS: Final = pl.Schema({"table": _TEXT, "reason": _TEXT, "rows": _COUNT})


def _table(**columns: pl.DataType) -> pl.DataFrame:
    """The table with these columns and no rows."""
    return pl.Schema(columns).to_frame()


class Usage(NamedTuple):
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
    rejected: pl.DataFrame = _table(**REJECTED_ROWS)
    promo_codes: pl.DataFrame = _table(
        promo_index=_COUNT, offered=_COUNT, first=TIME, last=TIME, matched=_COUNT, paid=_COUNT, withheld=_COUNT
    )
    unpaid_money: pl.DataFrame = _table(promo_index=_COUNT, **_TALLY)
    near: pl.DataFrame = _table(promo_index=_COUNT, used_code=_TEXT, differences=pl.List(_TEXT), conversions=_COUNT)
    near_money: pl.DataFrame = _table(promo_index=_COUNT, **_TALLY)
    unassigned: pl.DataFrame = _table(used_code=_TEXT, conversions=_COUNT)
    unassigned_money: pl.DataFrame = _table(**_TALLY)
    overlaps: pl.DataFrame = _table(**_PAIR, used_code=_TEXT, conversions=_COUNT, example=_TEXT)
    overlap_others: pl.DataFrame = _table(**_PAIR, promo_index=_COUNT)
    overlap_paid: pl.DataFrame = _table(**_PAIR, outcome=_TEXT, partner_id=_TEXT, conversions=_COUNT)
    overlap_money: pl.DataFrame = _table(**_PAIR, **_TALLY)
    without_clicks: pl.DataFrame = _table(partner_id=_TEXT, program_id=_TEXT)
    without_clicks_money: pl.DataFrame = _table(partner_id=_TEXT, program_id=_TEXT, **_TALLY)
    timed_out: tuple[int, ...] = ()
