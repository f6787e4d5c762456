"""D007: time between two partners' records of one code, during which nobody has it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from attribution.explaining.phrases import elapsed
from attribution.times import iso
from attribution.validation.check import Check, Notice, Severity, Subject, program
from attribution.validation.checks.dates.code_records import handovers
from attribution.validation.promo_code_naming import moment, named, partner, short

SHORTEST: Final = timedelta(seconds=1)
"""From 23:59:59 to midnight counts as no gap: times of orders have no more than seconds on the platform."""

LONGEST: Final = timedelta(days=31)
"""After more than that a code is taken up again, rather than handed over."""


def find(subject: Subject) -> Iterator[Notice]:
    """One notice for each gap, about the promo code that ended."""
    for first, second in handovers(subject):
        gap = second.period.start - first.period.end
        if not SHORTEST < gap <= LONGEST:
            continue
        old, new = subject.promo_codes[first.promo_code], subject.promo_codes[second.promo_code]
        yield Notice(
            message=f"{named(old)} of {partner(old)} ends at {moment(first.period.end)}, and {short(new)} of "
            f"{partner(new)} starts at {moment(second.period.start)}: for {elapsed(gap)} nobody has the code",
            help="let the one end where the other starts, unless the code is meant to rest",
            promo_codes=(first.promo_code, second.promo_code),
            field="end_date",
            facts={"from": iso(first.period.end), "to": iso(second.period.start), "seconds": gap.total_seconds()},
        )


CHECK: Final = Check(
    code="D007",
    slug="handover-gap",
    severity=Severity.WARNING,
    summary="between two partners' records of one code there is a time in which nobody has it",
    why="""\
A code that was handed from one partner to another is two records with dates that should meet. Orders
in a gap between them match no promo code, although customers go on using it, and are credited as if
there were none. Gaps of more than 31 days count as a rest that is meant, and so do those of a second
at most, from 23:59:59 to midnight. Facts: from, to, seconds.""",
    example=program(
        "id: A1, code: SUMMER10, match_mode: LI, credit_rule: ALWAYS, partner_id: amy, end_date: 2026-05-30",
        "id: B1, code: SUMMER10, match_mode: LI, credit_rule: ALWAYS, partner_id: bob, start_date: 2026-06-01",
    ),
    mend="Let the one record end where the other starts.",
    mending={"05-30": "05-31"},
    find=find,
)
