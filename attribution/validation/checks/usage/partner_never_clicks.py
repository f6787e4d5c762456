"""U003: a partner whose promo codes need a click, and who has none."""

from collections.abc import Iterator, Sequence
from typing import Final

from attribution.crediting.rules import NEEDS_CLICK
from attribution.text import counted, plain
from attribution.validation.check import Check, Needs, Notice, Severity, Subject, program
from attribution.validation.checks.usage.usage_wording import Conversions, conversions_of, shortened
from attribution.validation.periods import Period, period
from attribution.validation.promo_code_naming import partner, short

CONCERNED: Final = 20
"""Promo codes that one finding is about, those with the most conversions first."""

_HELP: Final = (
    "check that its clicks are recorded under this partner id, or set the credit rule to ALWAYS if it has no links"
)
_HELP_ALWAYS: Final = (
    "set the credit rule to ALWAYS: the platform records no clicks of a partner that has such a code already"
)


def find(subject: Subject) -> Iterator[Notice]:
    """One notice per partner and program."""
    usage = subject.usage
    lost = conversions_of(usage.without_clicks_money, "partner_id", "program_id")
    asking = _asking(subject)
    always = {code.partner_id for code in subject.promo_codes if not NEEDS_CLICK[code.credit_rule]}
    for key in usage.without_clicks.iter_rows():
        yield _notice(subject, asking[key], lost.get(key, Conversions()), key[0] in always)


def _asking(subject: Subject) -> dict[tuple[str, str | None], list[int]]:
    """By partner and program, the promo codes that need a click and are active in the period; most used first."""
    usage = subject.usage
    found: dict[tuple[str, str | None], list[int]] = {}
    if usage.first is None or usage.last is None:
        return found
    matched = dict(usage.promo_codes.select("promo_index", "matched").iter_rows())
    data = Period(usage.first, usage.last)
    for index in sorted(range(len(subject.promo_codes)), key=lambda index: (-matched.get(index, 0), index)):
        code = subject.promo_codes[index]
        active = period(code)
        if NEEDS_CLICK[code.credit_rule] and active and active.overlaps(data):
            found.setdefault((code.partner_id, code.program_id), []).append(index)
    return found


def _notice(subject: Subject, indices: Sequence[int], lost: Conversions, has_always: bool) -> Notice:
    codes = [subject.promo_codes[index] for index in indices]
    clicks = subject.usage.clicks_read
    of_them = f" among {counted(clicks, 'click')}" if clicks else ""
    in_program = f" in program '{plain(codes[0].program_id)}'" if codes[0].program_id is not None else ""
    them = f"its promo code{'s' * (len(codes) > 1)} {shortened(list(map(short, codes)))}"
    return Notice(
        message=f"{partner(codes[0])} has no click{in_program}{of_them}, so {them}, with a rule that needs one, "
        f"can never pay{_lost(lost, len(codes), subject)}",
        help=_HELP_ALWAYS if has_always else _HELP,
        promo_codes=tuple(indices[:CONCERNED]),
        field="credit_rule",
        facts={
            "partner_id": codes[0].partner_id,
            "program_id": codes[0].program_id,
            "promo_codes": len(codes),
            "clicks": clicks,
            **lost.facts(),
        },
        severity=None if lost.count else Severity.INFO,
    )


def _lost(lost: Conversions, codes: int, subject: Subject) -> str:
    if not subject.usage.has_conversions:
        return ""
    them = "it" if codes == 1 else "them"
    return f"; {lost} used {them}, without credit for the partner" if lost.count else f"; no conversion has used {them}"


CHECK: Final = Check(
    code="U003",
    slug="partner-never-clicks",
    severity=Severity.WARNING,
    summary="promo codes need a click of their partner, who has none in the data",
    needs=Needs.CLICKS,
    why="""\
INVOLVED and WINNER pay only where the partner has a click in the click path, so the promo codes
of a partner without any click can never pay. Often the clicks are recorded under another partner
id, or the partner tells its audience the code and has no links. Clicks that a conversion carries
in its click_path count as well, and a click without a program counts in every program. Only promo
codes that were active while conversions of their program were placed are looked at. As long as no
conversion has used them, it is an information only. Facts: partner_id, program_id, promo_codes
(how many), clicks (all of the data), conversions, without_amount, money.""",
    example=program(
        "id: A1, code: AMY10, match_mode: LI, credit_rule: INVOLVED, partner_id: amy",
        "id: B1, code: BOB10, match_mode: LI, credit_rule: INVOLVED, partner_id: bob",
    ),
    mend="Find the partner's clicks, or credit it without them.",
    mending={"INVOLVED, partner_id: amy": "ALWAYS, partner_id: amy"},
    conversions="""\
conversion_id,event_time,customer_id,promo_code,amount,currency
O-1,2026-06-01T10:00:00Z,c1,AMY10,80.00,USD
O-2,2026-06-02T10:00:00Z,c2,BOB10,45.50,USD
""",
    clicks="""\
customer_id,partner_id,event_time
c2,bob,2026-06-02T09:00:00Z
""",
    find=find,
)
