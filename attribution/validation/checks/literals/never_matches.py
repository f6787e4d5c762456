"""L004: a literal with white space at its ends, which is stripped from used codes, so that none ever equals it."""

from collections.abc import Iterator
from typing import Final

from attribution.explaining.confusables import name
from attribution.terms import WHITE_SPACE
from attribution.validation.check import Check, Notice, Severity, Subject, program
from attribution.validation.promo_code_naming import named


def find(subject: Subject) -> Iterator[Notice]:
    """One notice for each literal."""
    for index in subject.literals:
        code = subject.promo_codes[index]
        text = code.code
        inside = text.strip(WHITE_SPACE)
        if len(inside) == len(text):
            continue
        leading = len(text) - len(text.lstrip(WHITE_SPACE))
        names = list(dict.fromkeys(map(name, text[:leading] + text[leading + len(inside) :])))
        where = "begins and ends" if 0 < leading < len(text) - len(inside) else "begins" if leading else "ends"
        yield Notice(
            message=f"{named(code)} {where} with white space ({', '.join(names)}), so that it never matches",
            help=f"write it as {inside}" if inside else "write the code that customers enter",
            promo_codes=(index,),
            span=(0, leading) if leading else (len(inside), len(text)),
            facts={"characters": names},
        )


CHECK: Final = Check(
    code="L004",
    slug="never-matches",
    severity=Severity.ERROR,
    summary="a literal begins or ends with white space, which no used code does",
    why="""\
White space around a used code is stripped before it is compared: customers leave it there without
noticing. A literal that has it is equal to no used code, and its partner is never paid.
Facts: characters.""",
    example=program('id: A1, code: "SAVE10 ", match_mode: LI, credit_rule: ALWAYS, partner_id: amy'),
    mend="Write the code without it.",
    mending={"SAVE10 ": "SAVE10"},
    find=find,
)
