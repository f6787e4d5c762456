"""P005: a pattern that also matches the empty text."""

from collections.abc import Iterator
from typing import Final

from attribution.matching.decider import holds
from attribution.patterns import compile
from attribution.patterns.tree import has_opaque, lengths
from attribution.validation.check import Check, Notice, Severity, Subject, program
from attribution.validation.checks.patterns.matches_everything import broad
from attribution.validation.checks.patterns.pattern_reading import Readings, named

_TIMEOUT: Final = 0.05


def find(subject: Subject) -> Iterator[Notice]:
    """Every pattern all of which is optional; one that matches nearly everything anyway is left to P006."""
    known = subject.shared(Readings)
    for index in (*known.in_force.scanned, *known.in_force.opaque):
        if not _matches_empty(known, index) or broad(known, index) or known.impossible(index):
            continue
        yield Notice(
            message=f"{named(subject, index)} also matches the empty text: everything in it is optional",
            help="demand what every used code of the partner has: + in place of *, no ? behind the whole",
            promo_codes=(index,),
        )


def _matches_empty(known: Readings, index: int) -> bool:
    tree = known.whole(index, search=known.in_force.search)
    if lengths(tree)[0]:
        return False
    if not has_opaque(tree):
        return True
    return holds(compile(known.codes[index]), "", search=False, limit=_TIMEOUT) is True


CHECK: Final = Check(
    code="P005",
    slug="matches-empty",
    severity=Severity.WARNING,
    summary="a pattern that also matches the empty text",
    why="""\
A blank used code is no code and credits nobody. But a pattern that matches the empty text demands
nothing at all: `(SUMMER)?[0-9]*` was meant for SUMMER and SUMMER24, and matches 5 and 2024 too.""",
    example=program('id: A1, code: "^(SUMMER)?[0-9]*$", match_mode: RE, credit_rule: ALWAYS, partner_id: amy'),
    mend="Make the part that every used code of the partner has obligatory.",
    mending={"(SUMMER)?": "(SUMMER)"},
    find=find,
)
