"""P015: a dot or plus between letters and digits that was likely meant as itself: `20.OFF`, `BUY1+1`."""

from collections.abc import Iterator
from typing import Final

from attribution.validation.check import Check, Notice, Severity, Subject, program
from attribution.validation.checks.patterns.pattern_reading import Readings, named
from attribution.validation.checks.patterns.slips import sign_as_operator

_MEANS: Final = {".": "is any character", "+": "repeats the character before it"}


def find(subject: Subject) -> Iterator[Notice]:
    """Every pattern with a bare dot or plus amid a word."""
    known = subject.shared(Readings)
    for index, found in known.each(sign_as_operator):
        start, stop = known.span(index, *found)
        sign = subject.promo_codes[index].code[start]
        yield Notice(
            message=f"{named(subject, index)} has a {sign!r} amid a word, which {_MEANS[sign]} in a regex",
            help=f"write '\\{sign}' if the sign itself is meant",
            promo_codes=(index,),
            span=(start, stop),
            facts={"sign": sign},
        )


CHECK: Final = Check(
    code="P015",
    slug="unescaped-sign",
    severity=Severity.WARNING,
    summary="a dot or plus between letters and digits that was likely meant as itself",
    why="""\
In a regex a dot is any character and a plus repeats what is before it. `20.OFF` also matches
20XOFF and 200OFF, which may be another partner's; `BUY1+1` matches BUY11 but not BUY1+1.
facts: sign""",
    example=program('id: A1, code: "^20.OFF$", match_mode: RE, credit_rule: ALWAYS, partner_id: amy'),
    mend="Put a backslash before the sign; where any character is meant, name those that may stand there.",
    mending={"20.OFF": "20[.-]OFF"},
    find=find,
)
