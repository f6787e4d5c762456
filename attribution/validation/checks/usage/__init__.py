"""Checks that look at data (U): what the conversions and clicks of a period say about the program."""

from typing import Final

from attribution.validation.check import family

CHECKS: Final = family(__name__)
