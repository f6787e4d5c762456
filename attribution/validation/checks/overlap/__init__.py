"""Checks of the family `overlap`."""

from typing import Final

from attribution.validation.check import Check

CHECKS: Final[tuple[Check, ...]] = ()
