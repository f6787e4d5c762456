"""L003: something in a literal that nobody sees: zero-width characters, soft hyphens, odd spaces, controls."""

from collections.abc import Iterator
from typing import Final

from attribution.explaining.confusables import is_unseen, name
from attribution.terms import WHITE_SPACE
from attribution.validation.check import Check, Notice, Severity, Subject, program
from attribution.validation.promo_code_naming import named


def find(subject: Subject) -> Iterator[Notice]:
    """One notice for each literal; white space at its ends is left to L004."""
    for index in subject.literals:
        code = subject.promo_codes[index]
        if code.code.isascii() and code.code.isprintable():
            continue
        first = len(code.code) - len(code.code.lstrip(WHITE_SPACE))
        inside = code.code.strip(WHITE_SPACE)
        places = [first + place for place, char in enumerate(inside) if is_unseen(char)]
        if places:
            names = list(dict.fromkeys(name(code.code[place]) for place in places))
            yield Notice(
                message=f"{named(code)} has something in it that cannot be seen: {', '.join(names)}",
                help="type the code anew; only used codes copied with the very same characters match it",
                promo_codes=(index,),
                span=(places[0], places[0] + 1),
                facts={"characters": names, "places": places},
            )


CHECK: Final = Check(
    code="L003",
    slug="invisible-characters",
    severity=Severity.WARNING,
    summary="a literal contains characters that cannot be seen",
    why="""\
Codes are pasted from documents and chats, which carry zero-width spaces, soft hyphens, no-break spaces
and marks of writing direction along. A used code must have the very same characters to match, so that
customers who type what they see are not matched and the partner is not paid. Facts: characters, places.""",
    example=program(r'id: A1, code: "SAVE\u200B10", match_mode: LI, credit_rule: ALWAYS, partner_id: amy'),
    mend="Type the code anew.",
    mending={r"\u200B": ""},
    find=find,
)
