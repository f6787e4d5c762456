"""U007: bad rows among the conversions or the clicks, which count in no figure."""

from collections.abc import Iterator
from typing import Final

from attribution.text import counted
from attribution.validation.check import Check, Needs, Notice, Severity, Subject, program
from attribution.validation.checks.usage.usage_wording import grouped, listed


def find(subject: Subject) -> Iterator[Notice]:
    """One notice per table."""
    usage = subject.usage
    for (table,), rows in grouped(usage.rejected, "table").items():
        read = usage.conversions_read if table == "conversions" else usage.clicks_read
        total = sum(row["rows"] for row in rows)
        reasons = {row["reason"]: row["rows"] for row in rows}
        shown = listed([f"{number:,} {reason}" for reason, number in reasons.items()])
        verb = "is a bad row" if total == 1 else "are bad rows"
        yield Notice(
            message=f"{total:,} of {counted(read, table.removesuffix('s'))} {verb} and left out here: {shown}",
            help="mend these rows: crediting stops at them unless it is told to set them aside as well",
            facts={"table": table, "read": read, "rejected": total, "reasons": reasons},
        )


CHECK: Final = Check(
    code="U007",
    slug="rows-set-aside",
    severity=Severity.WARNING,
    summary="rows of the data are bad and left out of all figures",
    needs=Needs.CONVERSIONS,
    why="""\
A conversion without an id or a time, or with an id that another one has too, and a click without
a partner or a time, cannot be credited. Validation goes on without them, so its figures are that
much too small; crediting stops at them, unless it is told to set them aside. Facts: table, read,
rejected, reasons (rows by reason).""",
    example=program("id: A1, code: SUMMER10, match_mode: LI, credit_rule: ALWAYS, partner_id: amy"),
    mend="Mend the rows where the data come from.",
    mending={"O-2,,": "O-2,2026-06-01T11:30:00Z,"},
    conversions="""\
conversion_id,event_time,promo_code,amount,currency
O-1,2026-06-01T10:00:00Z,SUMMER10,80.00,USD
O-2,,SUMMER10,45.50,USD
""",
    find=find,
)
