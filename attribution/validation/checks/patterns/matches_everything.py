"""P006: a pattern that matches every used code, or most of them."""

from collections.abc import Iterator
from typing import Final

from attribution.terms import CreditRule
from attribution.validation.check import Check, Notice, Severity, Subject, program
from attribution.validation.checks.patterns.matched_share import LENGTHS, Broad, broad
from attribution.validation.checks.patterns.pattern_reading import Readings, named


def find(subject: Subject) -> Iterator[Notice]:
    """Every broad pattern; with ALWAYS an error, as its partner is paid for other partners' codes."""
    known = subject.shared(Readings)
    for index in sorted((*known.in_force.scanned, *known.in_force.opaque)):
        found = broad(known, index)
        if found is None:
            continue
        always = subject.promo_codes[index].credit_rule is CreditRule.ALWAYS
        yield Notice(
            message=f"{named(subject, index)} matches {_how_many(found)} of {LENGTHS.start} to {LENGTHS.stop - 1} "
            f"{found.population}" + (", and its rule is ALWAYS" if always else ""),
            help="name what only the partner's own codes have, as in '^(SUMMER).*'",
            promo_codes=(index,),
            facts={"population": found.population, "share": round(found.share, 4)},
            severity=Severity.ERROR if always else Severity.WARNING,
        )


def _how_many(found: Broad) -> str:
    """The share in words."""
    if found.share >= 1:
        return "every used code" if found.exact else "nearly every used code"
    return f"{min(found.share, 0.99):.0%} of all used codes"


CHECK: Final = Check(
    code="P006",
    slug="matches-everything",
    severity=Severity.WARNING,
    summary="a pattern that matches every used code, or most (an error with ALWAYS)",
    why="""\
A pattern such as `.*`, `\\w+` or `[A-Z0-9]{4,}` matches whatever a customer enters, also the codes
of other partners and codes of nobody. With ALWAYS its partner is paid for all of them, which is
an error. With `regex_match: search` whatever matches the empty text or any one character does
the same. The measure: of the texts of 4 to 12 upper-case letters and digits, or of those of
letters alone, more than half match, each length weighing the same.
facts: population (letters and digits, or letters), share (1 is every used code)""",
    example=program('id: A1, code: "^[A-Z0-9]+$", match_mode: RE, credit_rule: ALWAYS, partner_id: amy'),
    mend="Let the pattern begin or end with a text that only the partner's codes have.",
    mending={"^[A-Z0-9]+": "^AMY[A-Z0-9]+"},
    find=find,
)
