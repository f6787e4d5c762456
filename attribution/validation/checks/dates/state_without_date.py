"""D003: a State that implies a date which is missing: when the code was active, nobody knows, so it never matches."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final, assert_never

from attribution.program import PromoCode
from attribution.terms import State
from attribution.validation.check import Check, Notice, Severity, Subject, program
from attribution.validation.periods import dates_are_the_deals
from attribution.validation.promo_code_naming import named


def find(subject: Subject) -> Iterator[Notice]:
    """One notice for each promo code."""
    for index, code in enumerate(subject.promo_codes):
        if not code.never_active:
            continue
        missing, implied = _implied(code.state)
        deal = " (it takes those of its deal)" if dates_are_the_deals(code) else ""
        yield Notice(
            message=f"{named(code)} is {code.state} without {missing}{deal}, so that it never matches, at no time",
            help=_way_out(code, subject.as_of, f"set {missing} to the day {implied}"),
            promo_codes=(index,),
            field="state",
            facts={"state": str(code.state), "missing": missing},
        )


def _implied(state: State | None) -> tuple[str, str]:
    """The date that a State implies, and what happened on it."""
    match state:
        case State.FUTUREDATE:
            return "start_date", "it starts"
        case State.EXPIRED | State.INACTIVE:
            return "end_date", "it was switched off"
        case State.ACTIVE | None:
            raise ValueError(f"{state} implies no date")
    assert_never(state)


def _way_out(code: PromoCode, as_of: datetime, date: str) -> str:
    if code.start_date is not None and code.start_date > as_of:
        return "leave state out if it has only not started yet: its start_date says so"
    return f"{date}, so that orders of the time it was active can be attributed"


CHECK: Final = Check(
    code="D003",
    slug="state-without-date",
    severity=Severity.WARNING,
    summary="EXPIRED or INACTIVE without end_date, or FUTUREDATE without start_date: the code never matches",
    why="""\
The platform expires a promo code that is deleted and may not note when. Since it ended at an unknown
time, it matches no order, not even those of the months in which it was active: history cannot be
attributed again. The same goes for a FUTUREDATE code without a start_date: it will not begin by
itself. One that is INACTIVE because it starts later (version 14 of the Brand API has no other word)
needs no State: its start_date says so. Facts: state, missing.""",
    example=program(
        "id: A1, code: SUMMER10, match_mode: LI, credit_rule: ALWAYS, partner_id: amy, state: INACTIVE",
    ),
    mend="Set the missing date.",
    mending={"INACTIVE": "INACTIVE, end_date: 2026-05-31"},
    find=find,
)
