"""L006: a literal that is longer than the platform lets a used code be."""

from collections.abc import Iterator
from typing import Final

from attribution.validation.check import Check, Notice, Severity, Subject
from attribution.validation.promo_code_naming import named

LONGEST: Final = 255
"""Characters of the platform's `OrderPromoCode`."""


def find(subject: Subject) -> Iterator[Notice]:
    """One notice for each literal."""
    for index in subject.literals:
        code = subject.promo_codes[index]
        if len(code.code) > LONGEST:
            yield Notice(
                message=f"{named(code)} has {len(code.code):,} characters, and an order carries no more than {LONGEST}",
                help="write the code that customers enter; a list of codes is one promo code for each",
                promo_codes=(index,),
                span=(LONGEST, len(code.code)),
                facts={"characters": len(code.code), "longest": LONGEST},
            )


CHECK: Final = Check(
    code="L006",
    slug="too-long",
    severity=Severity.WARNING,
    summary=f"a literal is longer than the {LONGEST} characters of an order's promo code",
    why="""\
The platform keeps at most 255 characters of an order's promo code (OrderPromoCode). A longer literal
matches no order that came through it; most often it is a whole list or a description that went into
the wrong field. Facts: characters, longest.""",
    example=f"""\
promo_codes:
  - {{id: A1, code: {"SAVE10" * 43}, match_mode: LI, credit_rule: ALWAYS, partner_id: amy}}
""",
    mend="Write the code that customers enter.",
    mending={"SAVE10" * 43: "SAVE10"},
    find=find,
)
