"""When a credit rule is met, which promo code comes first, and why a conversion has its outcome.

Everything here exists once for both evaluators: as plain functions for single orders and as Polars expressions
over the columns `credit_rule`, `involved` and `winner` for batches (specification, sections 3, 4 and 8).
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import polars as pl

from attribution.matching.language import RANK
from attribution.terms import CreditRule, Reason

if TYPE_CHECKING:
    from attribution.program import PromoCode

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

REASON_MET: Final = {
    CreditRule.ALWAYS: Reason.RULE_ALWAYS,
    CreditRule.INVOLVED: Reason.RULE_INVOLVED,
    CreditRule.WINNER: Reason.RULE_WINNER,
}
"""The reason of a conversion that a met rule credits."""

REASON_UNMET: Final = {
    CreditRule.INVOLVED: Reason.NOT_INVOLVED,
    CreditRule.WINNER: Reason.NOT_WINNER,
}
"""The reason of a withheld conversion, by the rule that was not met; `ALWAYS` cannot be unmet."""


def is_met(rule: CreditRule, involved: bool, winner: bool) -> bool:
    """Whether `rule` is met for a partner that is in the path (`involved`) or drove its last click (`winner`)."""
    if rule is CreditRule.ALWAYS:
        return True
    return involved if rule is CreditRule.INVOLVED else winner


def met() -> pl.Expr:
    """`is_met` over columns: Boolean, never null when `involved` and `winner` are not."""
    rule = pl.col("credit_rule")
    return (
        (rule == CreditRule.ALWAYS)
        | ((rule == CreditRule.INVOLVED) & pl.col("involved"))
        | ((rule == CreditRule.WINNER) & pl.col("winner"))
    )


def precedence(promo_codes: Sequence["PromoCode"]) -> list[int]:
    """Rank of each promo code among those that one used code matches; the smallest comes first.

    Literals before regexes, then later `start_date`, then later `created_date`, then smaller `id`; a missing date
    is the earliest. Ids are unique in a program, so no two ranks are equal.
    """
    ids = [code.id for code in promo_codes]
    in_order = sorted(range(len(ids)), key=ids.__getitem__)
    # Sorts are stable, so the last one decides first; four with plain keys take half the time of one with tuples.
    for key in (
        [_latest_first(code.created_date) for code in promo_codes],
        [_latest_first(code.start_date) for code in promo_codes],
        [RANK[code.match_mode] for code in promo_codes],
    ):
        in_order.sort(key=key.__getitem__)
    ranks = [0] * len(promo_codes)
    for rank, index in enumerate(in_order):
        ranks[index] = rank
    return ranks


def _latest_first(date: datetime | None) -> timedelta:
    return timedelta.max if date is None else _EPOCH - date  # exact, and the later the smaller
