"""Checks of the family `patterns`."""

from typing import Final

from attribution.validation.check import family

CHECKS: Final = family(__name__)
