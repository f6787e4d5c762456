"""D008: a code handed from one partner to another whose old record goes on for a while beside the new one."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from attribution.times import iso
from attribution.validation.check import Check, Notice, Severity, Subject, program
from attribution.validation.checks.dates.code_records import handovers
from attribution.validation.periods import FIRST, LAST
from attribution.validation.promo_code_naming import moment, named, partner, short


def find(subject: Subject) -> Iterator[Notice]:
    """One notice for each handover, about the promo code that should have ended.

    A record that goes on after the new one has ended was not handed over: that is an overlap, and O001's.
    """
    for old, new in handovers(subject):
        start, end = new.period.start, old.period.end
        if not start <= end <= new.period.end:
            continue
        first, second = subject.promo_codes[old.promo_code], subject.promo_codes[new.promo_code]
        until = "for good" if end == LAST else "at that instant" if start == end else f"until {moment(end)}"
        eve = iso(start - min(timedelta(seconds=1), start - FIRST))
        yield Notice(
            message=f"{named(first)} of {partner(first)} goes on when {short(second)} of {partner(second)} takes "
            f"over at {moment(start)}: both match {until}, and the one that starts later precedes",
            help=f"end it before the other starts, at {eve}",
            promo_codes=(old.promo_code, new.promo_code),
            field="end_date",
            facts={"from": iso(start), "to": None if end == LAST else iso(end)},
            severity=Severity.INFO if start == end else None,
        )


CHECK: Final = Check(
    code="D008",
    slug="handover-overlap",
    severity=Severity.WARNING,
    summary="a code was handed to another partner, and the old record goes on beside the new one",
    why="""\
When a code passes from one partner to another, the old record should end where the new one starts.
Where it goes on, orders match both: the record that starts later precedes, but where its rule is not
met, the former partner is paid. A common single instant, such as midnight, is only mentioned. The
overlap as such is O001. Facts: from, to (null: open).""",
    example=program(
        "id: A1, code: SUMMER10, match_mode: LI, credit_rule: ALWAYS, partner_id: amy, end_date: 2026-06-15",
        "id: B1, code: SUMMER10, match_mode: LI, credit_rule: ALWAYS, partner_id: bob, start_date: 2026-06-01",
    ),
    mend="End the old record just before the new one starts.",
    mending={"06-15": "05-31"},
    find=find,
)
