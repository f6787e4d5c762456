"""P011: a character class with a likely slip, such as `[A-z]`."""

from collections.abc import Iterator
from typing import Final

from attribution.validation.check import Check, Notice, Severity, Subject, program
from attribution.validation.checks.patterns.class_slips import class_slips
from attribution.validation.checks.patterns.pattern_reading import Readings, named


def find(subject: Subject) -> Iterator[Notice]:
    """Every class that likely says something else than was meant."""
    known = subject.shared(Readings)
    for index in known.indices:
        if "[" not in known.code(index):
            continue
        for slip in known.alike(class_slips, index):
            span = known.span(index, slip.start, slip.stop)
            yield Notice(
                message=f"{named(subject, index)} has a suspicious class: {slip.problem}",
                help=slip.help,
                promo_codes=(index,),
                span=span,
                facts={"text": known.code(index)[slice(*span)]},
            )


CHECK: Final = Check(
    code="P011",
    slug="suspicious-class",
    severity=Severity.WARNING,
    summary="a character class with a likely slip, as in `[A-z]` or `[0-9-Z]`",
    why="""\
A class in square brackets is a single character, one of its members. `[A-z]` also holds the signs
between Z and a; `[0-9-Z]` is a digit, a hyphen or Z; a bar or comma in a class separates nothing;
`[10-25]` is one digit, `[SUMMER]` one letter; `[0-9+]` repeats nothing. A member that another one
holds already hints that something else was meant.
facts: text (the part that is meant)""",
    example=program('id: A1, code: "^SUMMER[A-z]+$", match_mode: RE, credit_rule: ALWAYS, partner_id: amy'),
    mend="Write the ranges that are meant; alternatives of more than one character go into round brackets.",
    mending={"A-z": "A-Za-z"},
    find=find,
)
