"""Checks of the family `rules`."""

from typing import Final

from attribution.validation.check import Check

CHECKS: Final[tuple[Check, ...]] = ()
