"""A002: an allowance silences nothing."""

from typing import Final

from attribution.validation.check import Check, Severity, program

CHECK: Final = Check(
    code="A002",
    slug="allowance-unused",
    severity=Severity.WARNING,
    summary="an allowance silences nothing",
    why="""\
What the allowance was for is mended, or it names another promo code than the finding does: a
finding is silenced by the id of the promo code that it is about, the one its place shows. Left in
place, it would silence the next finding of that kind before anybody has seen it. Allowances of
checks that did not run (not selected, or without the data they need) are not reported.
Facts: allowed (code of the check), until.""",
    example="""\
promo_codes:
  - {id: A1, code: SPRING, match_mode: LI, credit_rule: ALWAYS, partner_id: 7}
allow:
  - {check: overlap, promo_code: A1, until: 2026-12-31, reason: Both partners share the spring campaign}
""",
    mend="Remove the allowance.",
    mended_example=program("id: A1, code: SPRING, match_mode: LI, credit_rule: ALWAYS, partner_id: 7"),
    silenceable=False,
)
