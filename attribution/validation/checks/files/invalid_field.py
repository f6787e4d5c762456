"""F001: something in a program file cannot be understood."""

from typing import Final

from attribution.validation.check import Check, Severity, program

CHECK: Final = Check(
    code="F001",
    slug="invalid-field",
    severity=Severity.ERROR,
    summary="a file, a setting, a promo code or an allowance cannot be understood",
    why="""\
A program with such a value cannot be used: no order is credited with it, and every command refuses
it. Validation reports all of them at once, each with its place, and goes on with whatever is right;
what the other checks say is about that part of the program only.
Facts: field (as the file spells it), value (as it is written, null where it is missing).""",
    example=program("id: A1, code: SAVE10, match_mode: LI, credit_rule: INVOLVD, partner_id: 7"),
    mend="Write the value that the help line names; the manual's section Program files has all fields.",
    mending={"INVOLVD": "INVOLVED"},
    silenceable=False,
)
