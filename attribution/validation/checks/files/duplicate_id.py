"""F002: two promo codes have one id."""

from typing import Final

from attribution.validation.check import Check, Severity, program

CHECK: Final = Check(
    code="F002",
    slug="duplicate-id",
    severity=Severity.ERROR,
    summary="two promo codes have the same id",
    why="""\
Results name a promo code by its id. With two of one id nobody could tell which of them was paid,
so the program cannot be used. It often comes from a page of an export that was saved twice, or from
a promo code that was copied and edited. The other checks look at the first of them.
Facts: field (as the file spells it), value (the id).""",
    example=program(
        "id: A1, code: SPRING, match_mode: LI, credit_rule: ALWAYS, partner_id: 7",
        "id: A1, code: SUMMER, match_mode: LI, credit_rule: ALWAYS, partner_id: 8",
    ),
    mend="Remove the page or the promo code that is there twice, or give the second one its own id.",
    mending={"A1, code: SUMMER": "A2, code: SUMMER"},
    silenceable=False,
)
