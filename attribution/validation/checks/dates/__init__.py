"""Checks of the family `dates`: when promo codes are active, and when they were probably meant to be."""

from typing import Final

from attribution.validation.check import family

CHECKS: Final = family(__name__)
