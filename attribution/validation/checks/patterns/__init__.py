"""Checks of the family `patterns`."""

from typing import Final

from attribution.validation.check import Check

CHECKS: Final[tuple[Check, ...]] = ()
