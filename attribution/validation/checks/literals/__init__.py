"""Checks of the family `literals`: what is written in literal codes."""

from typing import Final

from attribution.validation.check import family

CHECKS: Final = family(__name__)
