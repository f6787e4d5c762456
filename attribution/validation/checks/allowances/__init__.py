"""Checks of the family `allowances`: what has become of the exceptions that a program makes for itself."""

from typing import Final

from attribution.validation.check import family

CHECKS: Final = family(__name__)
