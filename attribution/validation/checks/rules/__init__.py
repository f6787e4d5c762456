"""Checks of the family `rules`: whom promo codes credit, by which rule, in which program."""

from typing import Final

from attribution.validation.check import family

CHECKS: Final = family(__name__)
