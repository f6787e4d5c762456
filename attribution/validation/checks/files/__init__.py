"""Checks of the family `files`: what loading refuses. Loading finds it, these say what it means."""

from typing import Final

from attribution.validation.check import family

CHECKS: Final = family(__name__)
