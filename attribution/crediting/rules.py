"""When a credit rule is met, which promo code comes first, and the decision table: facts -> outcome and reason.

The table is made once for the settings of a program and read by both evaluators, by number: `batch` for a whole column
of facts, `one` for a single order. Nothing else decides an outcome (specification, sections 3, 4 and 8).
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import product
from typing import TYPE_CHECKING, Final, NamedTuple, assert_never

from attribution.matching.language import RANK
from attribution.terms import CreditRule, DefaultCrediting, Outcome, Reason, Resolution, Uncredited

if TYPE_CHECKING:
    from attribution.program import PromoCode, Settings

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

NEEDS_CLICK: Final = {CreditRule.ALWAYS: False, CreditRule.INVOLVED: True, CreditRule.WINNER: True}
"""Whether a rule is met only by clicks of the promo code's partner."""

BY_PARTNER: Final = {Resolution.ONE: False, Resolution.SPLIT: True, Resolution.EACH: True}
"""Whether each partner with a met promo code is credited, and not the first alone."""

RULES: Final = tuple(CreditRule)
"""Credit rules in the order of their numbers."""


def is_met(rule: CreditRule, involved: bool, winner: bool) -> bool:
    """Whether `rule` is met for a partner that is in the path (`involved`) or drove its last click (`winner`)."""
    match rule:
        case CreditRule.ALWAYS:
            return True
        case CreditRule.INVOLVED:
            return involved
        case CreditRule.WINNER:
            return winner
    assert_never(rule)


MET: Final = {rule: tuple(is_met(rule, *facts) for facts in product((False, True), (False, True))) for rule in RULES}
"""`is_met` as a table: rule -> answers, by number: two if involved, one if winner."""


class Paid(StrEnum):
    """Who is credited: the owner of the promo code that a ruling names, the winner of the path, or nobody."""

    PROMO_CODE = "PROMO_CODE"
    WINNER = "WINNER"
    NOBODY = "NOBODY"


class Facts(NamedTuple):
    """What a decision hangs on, besides settings: the rule of the deciding promo code (None: no code matched),
    whether that rule is met, and whether the path has a winner.

    The deciding promo code is the first in precedence that is met, else the first that matched.
    """

    rule: CreditRule | None
    met: bool
    winner: bool


class Ruling(NamedTuple):
    """What becomes of a conversion. `names_code`: its credit names the deciding promo code."""

    outcome: Outcome
    reason: Reason
    paid: Paid
    names_code: bool


FACTS: Final = tuple(Facts(*facts) for facts in product((None, *RULES), (False, True), (False, True)))
"""All facts in the order of their numbers; those of no code that is met, or of an unmet `ALWAYS`, never occur."""

MATCHED, IS_MET, HAS_WINNER = 4, 2, 1
"""The number of facts is the sum of these: `MATCHED` times one more than the number of the rule, and so on."""


def decision_table(settings: "Settings") -> tuple[Ruling, ...]:
    """The ruling for each of `FACTS`."""
    return tuple(_ruling(facts, settings) for facts in FACTS)


def _ruling(facts: Facts, settings: "Settings") -> Ruling:
    if facts.rule is None:
        return _default(facts, settings, Reason.NO_CODE_MATCHED)
    if facts.met or facts.rule is CreditRule.ALWAYS:
        return Ruling(Outcome.PROMO_CODE, REASON_MET[facts.rule], Paid.PROMO_CODE, True)
    match settings.uncredited:
        case Uncredited.WITHHOLD:
            return Ruling(Outcome.WITHHELD, REASON_UNMET[facts.rule], Paid.NOBODY, True)
        case Uncredited.DEFAULT:
            return _default(facts, settings, Reason.RULE_NOT_MET)
    assert_never(settings.uncredited)


def _default(facts: Facts, settings: "Settings", reason: Reason) -> Ruling:
    """What becomes of a conversion that no promo code decides."""
    match settings.default_crediting:
        case DefaultCrediting.NONE:
            return Ruling(Outcome.UNATTRIBUTED, Reason.DEFAULT_NONE, Paid.NOBODY, False)
        case DefaultCrediting.LAST_CLICK:
            if facts.winner:
                return Ruling(Outcome.LAST_CLICK, reason, Paid.WINNER, False)
            return Ruling(Outcome.UNATTRIBUTED, Reason.NO_CLICKS, Paid.NOBODY, False)
    assert_never(settings.default_crediting)


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
