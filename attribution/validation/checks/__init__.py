"""All checks, by family."""

from typing import Final

from attribution.validation.check import Check
from attribution.validation.checks import dates, literals, overlap, patterns, rules, usage

CHECKS: Final[tuple[Check, ...]] = (
    *overlap.CHECKS,
    *patterns.CHECKS,
    *literals.CHECKS,
    *dates.CHECKS,
    *rules.CHECKS,
    *usage.CHECKS,
)
"""In the order of the manual; codes and slugs are distinct."""
