"""D001: a promo code that starts after its end, so that it is never active."""

from collections.abc import Iterator
from typing import Final

from attribution.times import iso
from attribution.validation.check import Check, Notice, Severity, Subject
from attribution.validation.periods import dates_are_the_deals
from attribution.validation.promo_code_naming import moment, named


def find(subject: Subject) -> Iterator[Notice]:
    """One notice for each promo code."""
    for index, code in enumerate(subject.promo_codes):
        if code.start_date and code.end_date and code.end_date < code.start_date:
            whose = "its deal, whose dates it takes," if dates_are_the_deals(code) else "it"
            yield Notice(
                message=f"{named(code)} is never active: {whose} starts at {moment(code.start_date)}, "
                f"after the end at {moment(code.end_date)}",
                help="correct one of the two dates; they may have been exchanged",
                promo_codes=(index,),
                field="start_date",
                facts={"start_date": iso(code.start_date), "end_date": iso(code.end_date)},
            )


CHECK: Final = Check(
    code="D001",
    slug="start-after-end",
    severity=Severity.ERROR,
    summary="a promo code starts after its end: it is never active",
    why="""\
A promo code matches from its start_date to its end_date. Where the end comes first, no time is between
them, no order is matched, and the partner is never paid. Facts: start_date, end_date.""",
    example="""\
promo_codes:
  - {id: A1, code: SUMMER10, match_mode: LI, credit_rule: ALWAYS, partner_id: amy, start_date: 2026-09-30,
     end_date: 2026-06-01}
""",
    mend="Correct the dates: often they were exchanged, or the year is wrong.",
    mending={"09-30": "05-01", "2026-06-01": "2026-09-30"},
    find=find,
)
