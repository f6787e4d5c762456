"""L007: a literal that contains the separator, at which the text of an order is split before anything is compared."""

from collections.abc import Iterator
from typing import Final

from attribution.validation.check import Check, Notice, Severity, Subject, program
from attribution.validation.promo_code_naming import code_text, named


def find(subject: Subject) -> Iterator[Notice]:
    """One notice for each literal, where the program has a separator."""
    separator = subject.settings.code_separator
    if separator is None:
        return
    for index in subject.literals:
        code = subject.promo_codes[index]
        place = code.code.find(separator)
        if place >= 0:
            yield Notice(
                message=f"{named(code)} contains the code_separator '{code_text(separator)}', "
                "at which used codes are split, so that it matches none of them",
                help="write one promo code for each part, or change code_separator",
                promo_codes=(index,),
                span=(place, place + len(separator)),
                facts={"separator": separator},
            )


CHECK: Final = Check(
    code="L007",
    slug="contains-separator",
    severity=Severity.ERROR,
    summary="a literal contains the separator at which used codes are split",
    why="""\
With code_separator set, the text of an order is split before anything is compared, so that no used
code contains the separator. Only orders that carry their codes as a list could match such a literal;
where all orders do, allow it. Facts: separator.""",
    example=program(
        'id: A1, code: "SAVE10,SAVE20", match_mode: LI, credit_rule: ALWAYS, partner_id: amy',
        settings='{code_separator: ","}',
    ),
    mend="Write one promo code for each part, or set another separator.",
    mended_example=program(
        "id: A1, code: SAVE10, match_mode: LI, credit_rule: ALWAYS, partner_id: amy",
        "id: A2, code: SAVE20, match_mode: LI, credit_rule: ALWAYS, partner_id: amy",
        settings='{code_separator: ","}',
    ),
    find=find,
)
