"""U001: a promo code that none of the conversions matched which were placed while it was active."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from attribution.times import iso
from attribution.validation.check import Check, Needs, Notice, Severity, Subject, program
from attribution.validation.checks.usage.usage_wording import Row, day, shortened
from attribution.validation.promo_code_naming import named, partner, short

BATCH: Final = 20
"""Promo codes of one partner; who has more of them has batches of single-use codes, which are not read one by one."""

_HELP: Final = "check that customers get the code as it is written here, or remove it"


def find(subject: Subject) -> Iterator[Notice]:
    """One notice per promo code, but only one for all of a partner that has more than `BATCH`."""
    usage = subject.usage
    codes = subject.promo_codes
    sizes = Counter(code.partner_id for code in codes)
    nearly = set(usage.near["promo_index"].to_list())
    unused: dict[str, list[Row]] = defaultdict(list)
    for row in usage.promo_codes.iter_rows(named=True):
        index = row["promo_index"]
        if not row["offered"] or row["matched"] or index in usage.timed_out:
            continue
        if sizes[codes[index].partner_id] > BATCH:
            unused[codes[index].partner_id].append(row)
        else:
            yield _of_one(subject, row, index in nearly)
    for partner_id, rows in unused.items():
        yield _of_batch(subject, rows, sizes[partner_id])


def _of_one(subject: Subject, row: Row, nearly: bool) -> Notice:
    code, offered = subject.promo_codes[row["promo_index"]], row["offered"]
    while_active = "the only conversion" if offered == 1 else f"any of the {offered:,} conversions"
    return Notice(
        message=f"{named(code)} did not match {while_active} placed while it was active, {_period([row], subject)}",
        help="see nearly-matched: customers used something like it" if nearly else _HELP,
        promo_codes=(row["promo_index"],),
        facts={"conversions": offered, "from": iso(row["first"]), "to": iso(row["last"]), "nearly_matched": nearly},
    )


def _of_batch(subject: Subject, rows: Sequence[Row], total: int) -> Notice:
    own = [subject.promo_codes[row["promo_index"]] for row in rows]
    codes = shortened([short(code) for code in own])
    return Notice(
        message=f"{len(rows):,} of the {total:,} promo codes of {partner(own[0])} matched no conversion placed while "
        f"they were active, {_period(rows, subject)}: {codes}",
        help="let single-use codes be; if none of a batch is used, check how customers get them",
        facts={
            "partner_id": own[0].partner_id,
            "promo_codes": [code.id for code in own],
            "of": total,
            "from": iso(min(row["first"] for row in rows)),
            "to": iso(max(row["last"] for row in rows)),
        },
    )


def _period(rows: Sequence[Row], subject: Subject) -> str:
    zone = subject.settings.timezone
    first, last = day(min(row["first"] for row in rows), zone), day(max(row["last"] for row in rows), zone)
    return f"on {first}" if first == last else f"{first} to {last}"


CHECK: Final = Check(
    code="U001",
    slug="never-used",
    severity=Severity.INFO,
    summary="no conversion of the data matched the promo code while it was active",
    needs=Needs.CONVERSIONS,
    why="""\
A promo code that nobody uses may be misspelt here or in the shop, or nobody tells customers of
it; its partner waits for income that cannot come. Only conversions of the promo code's program
that were placed while it was active are counted: without any, nothing is said. The dates are
those of the first and the last of them. A partner with more than 20 promo codes has batches of
single-use codes, most of which are never used: there one finding, which no allowance silences,
names how many are not. Facts: conversions, from, to, nearly_matched (whether nearly-matched has
used codes like it); of a batch partner_id, promo_codes, of (how many the partner has), from, to.""",
    example=program(
        "id: A1, code: SUMMER10, match_mode: LI, credit_rule: ALWAYS, partner_id: amy",
        "id: A2, code: WINTER10, match_mode: LI, credit_rule: ALWAYS, partner_id: amy",
    ),
    mend="Correct the code, or give it an end date if it is not used any more.",
    mended_example=program(
        "id: A1, code: SUMMER10, match_mode: LI, credit_rule: ALWAYS, partner_id: amy",
        "id: A2, code: WINTER10, match_mode: LI, credit_rule: ALWAYS, partner_id: amy, end_date: 2026-03-31",
    ),
    conversions="""\
conversion_id,event_time,promo_code,amount,currency
O-1,2026-06-01T10:00:00Z,SUMMER10,80.00,USD
O-2,2026-06-02T10:00:00Z,SUMMER10,45.50,USD
""",
    find=find,
)
