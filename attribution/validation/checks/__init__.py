"""All checks, by family."""

from typing import Final

from attribution.validation.check import Check
from attribution.validation.checks import allowances, dates, files, literals, overlap, patterns, rules, usage

CHECKS: Final[tuple[Check, ...]] = (
    *files.CHECKS,
    *overlap.CHECKS,
    *patterns.CHECKS,
    *literals.CHECKS,
    *dates.CHECKS,
    *rules.CHECKS,
    *usage.CHECKS,
    *allowances.CHECKS,
)
"""In the order of the manual; codes and slugs are distinct."""

BY_CODE: Final = {check.code: check for check in CHECKS}
