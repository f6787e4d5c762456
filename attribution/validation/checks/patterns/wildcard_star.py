"""P012: a star meant as a wildcard: `SUMMER*`."""

from collections.abc import Iterator
from typing import Final

from attribution.validation.check import Check, Notice, Severity, Subject, program
from attribution.validation.checks.patterns.pattern_reading import Readings, named
from attribution.validation.checks.patterns.slips import star_as_wildcard


def find(subject: Subject) -> Iterator[Notice]:
    """Every pattern with a star behind a word."""
    known = subject.shared(Readings)
    for index, found in known.each(star_as_wildcard):
        start, stop = known.span(index, *found)
        repeated = subject.promo_codes[index].code[start]
        yield Notice(
            message=f"{named(subject, index)} repeats the {repeated!r} before the *: "
            "in a regex the star is no wildcard, it matches that character any number of times, or not at all",
            help="write .* for whatever follows",
            promo_codes=(index,),
            span=(start, stop),
            facts={"repeated": repeated},
        )


CHECK: Final = Check(
    code="P012",
    slug="wildcard-star",
    severity=Severity.WARNING,
    summary="a star meant as a wildcard, as in `SUMMER*`",
    why="""\
In file names `SUMMER*` is whatever begins with SUMMER. In a regex the star repeats the character
before it: SUMME, SUMMER and SUMMERRR match, SUMMER10 does not, and the partner is not credited.
facts: repeated (the character before the star)""",
    example=program('id: A1, code: "^SUMMER*$", match_mode: RE, credit_rule: ALWAYS, partner_id: amy'),
    mend="Write `.*`: any character, any number of times.",
    mending={"R*$": "R.*"},
    find=find,
)
