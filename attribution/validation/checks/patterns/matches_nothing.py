"""P014: a pattern that no used code matches, such as `SAVE$10`."""

from collections.abc import Iterator
from typing import Final

from attribution.validation.check import Check, Notice, Severity, Subject, program
from attribution.validation.checks.patterns.pattern_reading import Readings, named


def find(subject: Subject) -> Iterator[Notice]:
    """Every pattern that surely matches nothing."""
    known = subject.shared(Readings)
    for index in known.indices:
        if found := known.impossible(index):
            yield Notice(
                message=f"{named(subject, index)} matches no used code: {found.reason}",
                help=found.help,
                promo_codes=(index,),
                span=None if found.span is None else known.span(index, *found.span),
                facts={"reason": found.reason},
            )


CHECK: Final = Check(
    code="P014",
    slug="matches-nothing",
    severity=Severity.ERROR,
    summary="a pattern that no used code matches",
    why="""\
In a pattern `$` is the end of the used code and `^` its start. `SAVE$10` asks for a 10 after the
end and never matches, so its partner is never credited. The same goes for white space at the
ends of a pattern, as used codes are stripped before they are matched, and for patterns that
demand more than the 255 characters that a used code has at most.
facts: reason""",
    example=program('id: A1, code: "^SAVE$10$", match_mode: RE, credit_rule: ALWAYS, partner_id: amy'),
    mend="Put a backslash before a character that is meant as itself.",
    mending={"$10": r"\\$[0-9]+"},
    find=find,
)
