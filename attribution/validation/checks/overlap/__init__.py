"""Checks of the family `overlap`: which promo codes get in each other's way."""

from typing import Final

from attribution.validation.check import family

CHECKS: Final = family(__name__)
