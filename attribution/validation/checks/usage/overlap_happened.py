"""U004: used codes of real conversions that matched promo codes of several partners."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from attribution.text import plain, quoted_use
from attribution.validation.check import Check, Needs, Notice, Severity, Subject, program
from attribution.validation.checks.usage.usage_wording import (
    Conversions,
    Row,
    conversions_of,
    grouped,
    listed,
    shortened,
)
from attribution.validation.promo_code_naming import named, partner, short

LISTED: Final = 20
"""Used codes, and further promo codes, that a finding has; those with the most conversions, and the first."""


def find(subject: Subject) -> Iterator[Notice]:
    """One notice per pair of promo codes, most conversions first."""
    usage = subject.usage
    used = grouped(usage.overlaps, "first", "second")
    total = conversions_of(usage.overlap_money, "first", "second")
    paid = grouped(usage.overlap_paid, "first", "second")
    others = grouped(usage.overlap_others, "first", "second")
    for pair in sorted(used, key=lambda pair: (-total[pair].count, pair)):
        further = sorted((row["promo_index"] for row in others.get(pair, ())), key=subject.precedence.__getitem__)
        yield _notice(subject, (*pair, *further), used[pair], total[pair], paid[pair])


def _notice(
    subject: Subject, indices: Sequence[int], used: Sequence[Row], total: Conversions, paid: Sequence[Row]
) -> Notice:
    """About the second: it is the one that reaches into the other's used codes, as overlap has it."""
    first, second, *others = [subject.promo_codes[index] for index in indices]
    codes = shortened([quoted_use(one["used_code"]) for one in used])
    example = min(used, key=lambda one: (-one["conversions"], one["used_code"]))["example"]
    more = f" and {len(others):,} more promo code{'s' * (len(others) > 1)}" if others else ""
    return Notice(
        message=f"{total} used {codes}, which matched both {named(first)} of {partner(first)} and {short(second)} of "
        f"{partner(second)}{more}; credited: {_credited(paid)}; see conversion {example}",
        help="narrow one of the two, or end it before the other starts, so that each used code is one partner's",
        promo_codes=(indices[1], indices[0], *indices[2 : 2 + LISTED]),
        facts={
            **total.facts(),
            "distinct_used_codes": len(used),
            "used_codes": [_facts(one, "used_code", "conversions", "example") for one in used[:LISTED]],
            "credited": [_facts(one, "outcome", "partner_id", "conversions") for one in paid],
        },
    )


def _facts(row: Row, *names: str) -> dict[str, Any]:
    return {name: row[name] for name in names}


def _credited(paid: Sequence[Row]) -> str:
    """`'amy' for 10 and nobody for 2`."""
    counts: dict[str, int] = {}
    for row in paid:
        nobody = "nobody" if row["outcome"] else "not known without clicks"
        payee = nobody if row["partner_id"] is None else f"'{plain(row['partner_id'])}'"
        counts[payee] = counts.get(payee, 0) + row["conversions"]
    in_order = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return listed([f"{payee} for {count:,}" for payee, count in in_order])


CHECK: Final = Check(
    code="U004",
    slug="overlap-happened",
    severity=Severity.ERROR,
    summary="used codes of conversions matched promo codes of several partners",
    needs=Needs.CONVERSIONS,
    why="""\
Where one used code matches promo codes of two partners, in one program and both active,
precedence and clicks decide who is credited, and the other partner has reason to complain. What
overlap finds in the program may never happen; this has happened. Each used code of a conversion
counts for one pair: the promo code that comes first in precedence, and the first one of another
partner. Who was credited is known where clicks are given, or where all promo codes that the
conversion matched are ALWAYS. Pairs come by number of conversions, the largest first; money is
never added up across currencies. Facts: conversions, without_amount, money, distinct_used_codes,
used_codes (used_code, conversions, example; at most 20), credited (outcome, partner_id,
conversions; outcome is null where it is not known).""",
    example=program(
        "id: A1, code: SUMMER10, match_mode: LI, credit_rule: ALWAYS, partner_id: amy",
        r"id: B1, code: 'SUMMER\d+', match_mode: RE, credit_rule: ALWAYS, partner_id: bob",
    ),
    mend="Narrow the pattern so that it leaves the other partner's code alone.",
    mending={r"SUMMER\d+": r"SUMMER[2-9]\d"},
    conversions="""\
conversion_id,event_time,promo_code,amount,currency
O-1,2026-06-01T10:00:00Z,SUMMER10,80.00,USD
O-2,2026-06-02T10:00:00Z,SUMMER20,45.50,USD
""",
    find=find,
)
