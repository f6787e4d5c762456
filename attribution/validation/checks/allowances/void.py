"""A003: an allowance can never silence anything."""

from typing import Final

from attribution.validation.check import Check, Severity, program

CHECK: Final = Check(
    code="A003",
    slug="allowance-void",
    severity=Severity.WARNING,
    summary="an allowance names a check or a promo code that does not exist, or a check that cannot be silenced",
    why="""\
Somebody meant to accept a finding, and the name is wrong: the finding is reported all the same.
Some checks cannot be silenced at all, because there is nothing to accept: what loading refuses
stops every run, and an exception cannot make exceptions for exceptions. --explain says of each
check whether it can be silenced.
Facts: allowed (as written), promo_code, until.""",
    example="""\
promo_codes:
  - {id: A1, code: SPRING, match_mode: LI, credit_rule: ALWAYS, partner_id: 7}
allow:
  - {check: overlapp, promo_code: A1, until: 2026-12-31, reason: Both partners share the spring campaign}
""",
    mend="Write the code or the slug of the check, and the id of the promo code, as the finding has them.",
    mended_example=program("id: A1, code: SPRING, match_mode: LI, credit_rule: ALWAYS, partner_id: 7"),
    silenceable=False,
)
