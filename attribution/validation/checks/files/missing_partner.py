"""F003: a promo code belongs to nobody."""

from typing import Final

from attribution.validation.check import Check, Severity, program

CHECK: Final = Check(
    code="F003",
    slug="missing-partner",
    severity=Severity.ERROR,
    summary="a promo code names no partner",
    why="""\
A promo code credits its partner; one without a partner can credit nobody, and the program cannot be
used. The platform's export of a partner's own codes leaves the partner out of all of them, because
it is the caller: there the partner is given once, with --partner-id (partner_id= in Python).
Facts: field (as the file would spell it), value (always null).""",
    example=program("id: A1, code: SPRING, match_mode: LI, credit_rule: ALWAYS"),
    mend="Give --partner-id for a partner's own export; in other files add partner_id to the promo code.",
    mending={"ALWAYS": "ALWAYS, partner_id: 7"},
    silenceable=False,
)
