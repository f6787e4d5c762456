"""U002: used codes that match no promo code, though they nearly match one."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from attribution.program import PromoCode
from attribution.terms import MatchMode
from attribution.text import counted, quoted_use
from attribution.validation.check import Check, Needs, Page, Remark
from attribution.validation.checks.usage.usage_wording import Conversions, conversions_of, day, grouped, shortened
from attribution.validation.finding import Severity
from attribution.validation.promo_code_naming import named
from attribution.validation.subject import Subject
from attribution.validation.usage.tables import Nearness

LISTED: Final = 20
"""Used codes in the facts of a finding; those with the most conversions."""

_PERHAPS_ANOTHER: Final = {Nearness.PART, Nearness.TYPO, Nearness.OTHER_PROGRAM}
"""What may as well be a code of its own."""


def find(subject: Subject) -> Iterator[Remark]:
    """One remark per promo code, most conversions first."""
    if subject.usage is None:
        return
    used = grouped(subject.usage.near, "promo_index")
    total = conversions_of(subject.usage.near_money, "promo_index")
    for key in sorted(used, key=lambda key: (-total[key].count, key)):
        yield _remark(subject, key[0], used[key], total[key])


def _remark(subject: Subject, index: int, used: Sequence[dict[str, Any]], total: Conversions) -> Remark:
    code = subject.promo_codes[index]

    def why(one: dict[str, Any]) -> str:
        return _why(Nearness(one["nearness"]), code, subject.settings.timezone)

    shown = [
        f"{quoted_use(one['used_code'])} ({counted(one['conversions'], 'conversion')}, {why(one)})" for one in used
    ]
    found = {Nearness(one["nearness"]) for one in used}
    listed = ("used_code", "nearness", "conversions")
    return Remark(
        message=f"{total} used what nearly matches {named(code)} and matches nothing: {shortened(shown)}",
        help=_way_out(Nearness(used[0]["nearness"]), code),
        promo_codes=(index,),
        facts={
            **total.facts(),
            "distinct_used_codes": len({one["used_code"] for one in used}),
            "used_codes": [{name: one[name] for name in listed} for one in used[:LISTED]],
        },
        severity=Severity.INFO if found <= _PERHAPS_ANOTHER else None,
    )


def _why(nearness: Nearness, code: PromoCode, timezone: str) -> str:
    """What keeps a used code and the promo code apart, as a phrase."""
    if nearness is Nearness.NOT_YET:
        return f"before it starts on {code.start_date and day(code.start_date, timezone)}"
    if nearness is Nearness.ENDED:
        return f"after it ended on {code.end_date and day(code.end_date, timezone)}"
    words = {
        Nearness.CASE: "in other letter case",
        Nearness.WHITE_SPACE: "white space inside",
        Nearness.CASE_AND_WHITE_SPACE: "in other letter case, white space inside",
        Nearness.LOOK_ALIKE: "with characters that look alike",
        Nearness.STATE: f"its state is {code.state}, and the date of that is not known",
        Nearness.PART: "the pattern matches a part of it",
        Nearness.TYPO: "one letter off",
        Nearness.OTHER_PROGRAM: "in another program",
    }
    return words[nearness]


def _way_out(nearness: Nearness, code: PromoCode) -> str:
    literal = code.match_mode is MatchMode.LI
    if nearness is Nearness.CASE:
        setting = "set literal_case to insensitive" if literal else "begin the pattern with (?i)"
        return f"{setting} if letter case should not matter"
    if nearness in (Nearness.NOT_YET, Nearness.ENDED):
        date = "start_date" if nearness is Nearness.NOT_YET else "end_date"
        return f"move its {date} if these conversions are its partner's"
    if nearness is Nearness.STATE:
        return "give the date at which it ended or will start, so that the conversions before or after it count"
    if nearness is Nearness.PART:
        return "add .* where more may follow or precede, if these conversions are its partner's"
    if nearness is Nearness.OTHER_PROGRAM:
        return "add a promo code for the other program, if these conversions are its partner's"
    return "add a promo code for the spelling that is used, if these conversions are its partner's"


CHECK: Final = Check(
    code="U002",
    slug="nearly-matched",
    severity=Severity.WARNING,
    summary="conversions used codes that match nothing, though they nearly match the promo code",
    needs=Needs.CONVERSIONS,
    page=Page(
        why="""\
A conversion whose used code matches no promo code goes to the last click or to nobody, so the
partner whose code it nearly was loses it. One thing keeps them apart: letter case, white space
inside, characters that look alike, a letter too many, too few, another one or two swapped (no
digit, and in codes of five characters and more), dates or a missing date of its State, the
program, or that the pattern, which spells out four characters or more, matches only a part. Each
use counts for the one promo code that it is nearest to; conversions of programs that no promo
code is for are left out. Where the used codes may as well be codes of their own (one letter off,
a part, another program), it is an information only. Facts: conversions, without_amount, money,
distinct_used_codes, used_codes (used_code, nearness, conversions; at most 20).""",
        example="""\
promo_codes:
  - {id: A1, code: SUMMER10, match_mode: LI, credit_rule: ALWAYS, partner_id: amy}
""",
        mend="Compare literals without regard to letter case, or correct what keeps them apart.",
        mended="""\
settings: {literal_case: insensitive}
promo_codes:
  - {id: A1, code: SUMMER10, match_mode: LI, credit_rule: ALWAYS, partner_id: amy}
""",
        conversions="""\
conversion_id,event_time,promo_code,amount,currency
O-1,2026-06-01T10:00:00Z,SUMMER10,80.00,USD
O-2,2026-06-02T10:00:00Z,summer10,45.50,USD
O-3,2026-06-03T10:00:00Z,Summer10,20.00,EUR
""",
    ),
    find=find,
)
