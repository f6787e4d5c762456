"""D002: a State that the dates contradict at the time of the export.

Dates decide what is matched, and State is what the platform said on that day: where they differ, one of them is wrong.
A State without the date that it implies is left to D003.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Final, assert_never

from attribution.json_values import json_fields
from attribution.program import PromoCode
from attribution.terms import State
from attribution.times import iso
from attribution.validation.check import Check, Notice, Severity, Subject, program
from attribution.validation.periods import FIRST, LAST, period
from attribution.validation.promo_code_naming import moment, named


def find(subject: Subject) -> Iterator[Notice]:
    """One notice for each promo code."""
    as_of = subject.as_of
    for index, code in enumerate(subject.promo_codes):
        said = _contradiction(code, as_of)
        if said is not None:
            yield Notice(
                message=f"{named(code)} is {code.state} at {moment(as_of)} by its State, but by its dates {said}",
                help=_way_out(code),
                promo_codes=(index,),
                field="state",
                facts={"state": str(code.state), "as_of": iso(as_of), **json_fields(code, "start_date", "end_date")},
            )


def _contradiction(code: PromoCode, at: datetime) -> str | None:
    """What the dates say, where it is not what State says."""
    active = period(code) if code.state else None
    if active is None:
        return None
    ended, waiting = active.end < at, at < active.start
    match code.state:
        case State.EXPIRED:
            agrees = ended
        case State.FUTUREDATE:
            agrees = waiting and not ended
        case State.INACTIVE:
            agrees = ended or waiting
        case State.ACTIVE | None:
            agrees = not (ended or waiting)
        case _:
            assert_never(code.state)
    if agrees:
        return None
    if ended:
        return f"it ended at {moment(active.end)}"
    if waiting:
        return f"it starts at {moment(active.start)}"
    since = "" if active.start == FIRST else f" since {moment(active.start)}"
    until = "" if active.end == LAST else f" until {moment(active.end)}"
    return f"it is active{since}{until}"


def _way_out(code: PromoCode) -> str:
    match code.state:
        case State.EXPIRED | State.INACTIVE:
            return "set end_date to the day it was switched off, or its partner is paid until the end that is written"
        case State.ACTIVE | State.FUTUREDATE | None:
            return "correct the dates, which decide what is matched, or export the program again"
    assert_never(code.state)


CHECK: Final = Check(
    code="D002",
    slug="state-contradicts-dates",
    severity=Severity.WARNING,
    summary="a promo code's State is not what its dates say at the time of the export",
    why="""\
Orders are matched by the dates of promo codes, not by State, which is a snapshot of the day of the
export. A code that was switched off by hand is EXPIRED or INACTIVE with an end date still to come:
by its dates it goes on, and its partner is paid for orders that the platform does not credit.
Where the program was exported some time ago, say when: --as-of.
Facts: state, as_of, start_date, end_date.""",
    example=program(
        "id: A1, code: SPRING, match_mode: LI, credit_rule: ALWAYS, partner_id: amy, state: EXPIRED, "
        "end_date: 2026-12-31"
    ),
    mend="Correct the dates, or export the program again if it is old.",
    mending={"2026-12-31": "2026-05-31"},
    find=find,
)
