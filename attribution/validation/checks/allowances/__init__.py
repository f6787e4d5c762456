"""Checks of the family `allowances`: what has become of the exceptions that a program makes for itself."""

from typing import Final

from attribution.validation.check import Check
from attribution.validation.checks.allowances import expired, unused, void

CHECKS: Final[tuple[Check, ...]] = (expired.CHECK, unused.CHECK, void.CHECK)
