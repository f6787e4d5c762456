"""P004: a pattern whose backtracking grows like a polynomial, and is slow within the length of a used code."""

from functools import partial
from typing import Final

from attribution.validation.backtracking import Growth
from attribution.validation.check import Check, Severity, program
from attribution.validation.checks.patterns.slow_codes import slow_patterns

CHECK: Final = Check(
    code="P004",
    slug="polynomial-backtracking",
    severity=Severity.WARNING,
    summary="a pattern that takes long for long used codes",
    why="""\
Several repeats in a row that read the same text share it out among them in every way there is
before backtracking gives up. The time grows with a power of the length of the used code, the
degree in the message. Reported is what takes some ten thousand times as long as usual for a used
code of at most 255 characters; an error if that reaches the time limit and so stops the run. All
else is as for P003.
facts: those of P003, with degree in place of factor""",
    example=program(
        r'id: A1, code: "^AMY(\\w*)(\\w*)(\\w*)(\\w*)\\1$", match_mode: RE, credit_rule: INVOLVED, partner_id: amy',
    ),
    mend="Let neighbouring repeats read different characters, or put one repeat in place of several.",
    mending={r"(\\w*)(\\w*)(\\w*)(\\w*)": r"(\\w*)"},
    find=partial(slow_patterns, growth=Growth.POLYNOMIAL),
)
