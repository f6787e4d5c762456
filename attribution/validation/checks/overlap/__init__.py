"""Checks of the family `overlap`: which promo codes get in each other's way."""

from typing import Final

from attribution.validation.check import Check
from attribution.validation.checks.overlap import overlap, overlap_undecided, shadowed

CHECKS: Final[tuple[Check, ...]] = (overlap.CHECK, overlap_undecided.CHECK, shadowed.CHECK)
