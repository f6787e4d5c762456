"""Checks of the family `dates`."""

from typing import Final

from attribution.validation.check import Check

CHECKS: Final[tuple[Check, ...]] = ()
