"""A001: an allowance has ended."""

from typing import Final

from attribution.validation.check import Check, Severity, program

CHECK: Final = Check(
    code="A001",
    slug="allowance-expired",
    severity=Severity.WARNING,
    summary="an allowance has ended, and what it silenced is reported again",
    why="""\
An allowance holds up to and including its until, so that nothing is silenced for ever: circumstances
change, and whoever agreed to it may not be there any more. From then on the finding is reported
again. --as-of tells which day it is; a date further ahead shows what will come back by then.
Facts: allowed (code of the check), until.""",
    example="""\
promo_codes:
  - {id: A1, code: SPRING, match_mode: LI, credit_rule: ALWAYS, partner_id: 7}
  - {id: A2, code: SPRING, match_mode: LI, credit_rule: ALWAYS, partner_id: 8}
allow:
  - {check: overlap, promo_code: A2, until: 2026-05-31, reason: Both partners share the spring campaign}
""",
    mend="Mend what is reported again and remove the allowance; or write a later until, with its reason.",
    mended_example=program("id: A1, code: SPRING, match_mode: LI, credit_rule: ALWAYS, partner_id: 7"),
    silenceable=False,
)
