"""U005: used codes that match no promo code, nor nearly one."""

from collections.abc import Iterator
from typing import Final

from attribution.text import counted, quoted_use
from attribution.validation.check import Check, Needs, Notice, Severity, Subject, program
from attribution.validation.checks.usage.usage_wording import conversions_of, shortened

NAMED: Final = 5
LISTED: Final = 100
"""Used codes in the facts."""


def find(subject: Subject) -> Iterator[Notice]:
    """One notice for the program."""
    usage = subject.usage
    if usage.unassigned.is_empty():
        return
    total = conversions_of(usage.unassigned_money)[()]
    rows = list(usage.unassigned.iter_rows())
    shown = [f"{quoted_use(used_code)} ({counted(number, 'conversion')})" for used_code, number in rows[:NAMED]]
    shown += [""] * (len(rows) - len(shown))  # counted, and never looked at
    codes = "a code" if len(rows) == 1 else f"{len(rows):,} codes"
    yield Notice(
        message=f"{total} used {codes} that no promo code matches or nearly matches: {shortened(shown, NAMED)}",
        help="add promo codes for those that are some partner's; the others need nothing",
        facts={
            **total.facts(),
            "distinct_used_codes": len(rows),
            "used_codes": [{"used_code": used_code, "conversions": number} for used_code, number in rows[:LISTED]],
        },
    )


CHECK: Final = Check(
    code="U005",
    slug="unassigned-codes",
    severity=Severity.INFO,
    summary="conversions used codes that match no promo code, nor nearly one",
    needs=Needs.CONVERSIONS,
    why="""\
Most used codes that no promo code matches are the shop's own. Now and then a partner's is among
them, which nobody has entered here; it is worth a look at those with the most conversions. There
is one finding for the program. Conversions of programs that no promo code is for are left out,
and so is what nearly-matched reports. Facts: conversions, without_amount, money,
distinct_used_codes, used_codes (used_code, conversions; at most 100).""",
    example=program("id: A1, code: SUMMER10, match_mode: LI, credit_rule: ALWAYS, partner_id: amy"),
    mend="Add the promo codes that are missing.",
    mended_example=program(
        "id: A1, code: SUMMER10, match_mode: LI, credit_rule: ALWAYS, partner_id: amy",
        "id: B1, code: BOBSAVES, match_mode: LI, credit_rule: ALWAYS, partner_id: bob",
    ),
    conversions="""\
conversion_id,event_time,promo_code,amount,currency
O-1,2026-06-01T10:00:00Z,SUMMER10,80.00,USD
O-2,2026-06-02T10:00:00Z,BOBSAVES,45.50,USD
""",
    find=find,
)
