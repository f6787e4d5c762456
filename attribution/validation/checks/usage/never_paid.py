"""U006: a promo code that conversions matched again and again, and whose partner was credited with none of them."""

from collections.abc import Iterator
from typing import Final

from attribution.crediting.rules import NEEDS_CLICK
from attribution.terms import CreditRule
from attribution.validation.check import Check, Needs, Notice, Severity, Subject, program
from attribution.validation.checks.usage.usage_wording import Conversions, conversions_of
from attribution.validation.promo_code_naming import named, partner

FEWEST: Final = 5
"""Conversions; a promo code that fewer of them matched may have been unlucky."""

_HELP: Final = {
    CreditRule.ALWAYS: "see which promo codes come before it, and whether they are meant to match these used codes",
    CreditRule.INVOLVED: "check whether the code has leaked, and whether its partner's clicks are all recorded",
    CreditRule.WINNER: "check whether the code has leaked, or whether INVOLVED is meant: others have the last clicks",
}


def find(subject: Subject) -> Iterator[Notice]:
    """One notice per promo code, most conversions first."""
    usage = subject.usage
    silent = set(usage.without_clicks.iter_rows())
    unpaid = conversions_of(usage.unpaid_money, "promo_index")
    # Where paths are not known, `paid` is null, and so is the comparison.
    rows = usage.promo_codes.filter((usage.promo_codes["matched"] >= FEWEST) & (usage.promo_codes["paid"] == 0))
    for row in rows.sort("matched", "promo_index", descending=[True, False]).iter_rows(named=True):
        lost = unpaid.get((row["promo_index"],), Conversions())
        code = subject.promo_codes[row["promo_index"]]
        clickless = NEEDS_CLICK[code.credit_rule] and (code.partner_id, code.program_id) in silent
        if lost.count != row["matched"] or clickless:
            continue
        withheld = row["withheld"]
        unmet = f"since its rule {code.credit_rule} was not met"
        because = f"; for {withheld:,} of them nobody was, {unmet}" if withheld else ""
        yield Notice(
            message=f"{lost} matched {named(code)}, and {partner(code)} was credited with none of them{because}",
            help=_HELP[code.credit_rule],
            promo_codes=(row["promo_index"],),
            field="credit_rule",
            facts={**lost.facts(), "withheld": withheld},
        )


_ORDERS = "\n".join(f"O-{day},2026-06-0{day}T10:00:00Z,c{day},AMY10,80.00,USD" for day in range(1, 6))
_CLICKS = "\n".join(f"c{day},bob,2026-06-0{day}T09:00:00Z" for day in range(1, 6))

CHECK: Final = Check(
    code="U006",
    slug="never-paid",
    severity=Severity.WARNING,
    summary="conversions matched the promo code, and its partner was credited with none of them",
    needs=Needs.CONVERSIONS,
    why="""\
A promo code that five conversions or more matched, and none of them paid for, does not do what
its partner was promised: its rule is never met, or other promo codes always come before it. It
may also have leaked: customers use it whom the partner has not sent. Says nothing where clicks
are not known, and nothing about partners without any click, which partner-never-clicks reports.
Facts: conversions, without_amount, money, withheld.""",
    example=program("id: A1, code: AMY10, match_mode: LI, credit_rule: INVOLVED, partner_id: amy"),
    mend="Find out where the clicks are, or which promo codes take the credit, and correct the rule.",
    mending={"INVOLVED": "ALWAYS"},
    conversions=f"conversion_id,event_time,customer_id,promo_code,amount,currency\n{_ORDERS}\n",
    clicks=f"customer_id,partner_id,event_time\n{_CLICKS}\nc9,amy,2026-06-01T09:00:00Z\n",
    find=find,
)
