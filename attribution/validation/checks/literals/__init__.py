"""Checks of the family `literals`."""

from typing import Final

from attribution.validation.check import Check

CHECKS: Final[tuple[Check, ...]] = ()
