"""P013: alternatives without brackets, so that an anchor holds for one of them only: `^SUMMER|WINTER$`."""

from collections.abc import Iterator
from typing import Final

from attribution.validation.check import Check, Notice, Severity, Subject, program
from attribution.validation.checks.patterns.branches import loose_alternation
from attribution.validation.checks.patterns.pattern_reading import Readings, named


def find(subject: Subject) -> Iterator[Notice]:
    """Every alternation at the top whose alternatives are not anchored alike."""
    known = subject.shared(Readings)
    for index in known.indices:
        found = known.alike(loose_alternation, index)
        if found is None:
            continue
        which = " and ".join(found.anchors)
        hold = "hold" if len(found.anchors) > 1 else "holds"
        yield Notice(
            message=f"{named(subject, index)} has alternatives without brackets: {which} {hold} for some of them only",
            help="put the alternatives into brackets, as in '^(SUMMER|WINTER)$'",
            promo_codes=(index,),
            span=known.span(index, found.start, found.stop),
            facts={"anchors": list(found.anchors)},
        )


CHECK: Final = Check(
    code="P013",
    slug="loose-alternation",
    severity=Severity.WARNING,
    summary="alternatives without brackets, so that an anchor holds for one of them only",
    why="""\
The bar binds weakest: `^SUMMER|WINTER.*` is either SUMMER at the start or WINTER with more to
follow, not either word with more to follow. What was meant for both holds for one of them only.
facts: anchors (those that hold for some alternatives only)""",
    example=program('id: A1, code: "^SUMMER|WINTER$", match_mode: RE, credit_rule: ALWAYS, partner_id: amy'),
    mend="Put brackets around the alternatives.",
    mending={"SUMMER|WINTER": "(SUMMER|WINTER)"},
    find=find,
)
