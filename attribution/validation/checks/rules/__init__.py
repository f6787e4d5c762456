"""Checks of the family `rules`: whom promo codes credit, by which rule, in which program."""

from typing import Final

from attribution.validation.check import Check
from attribution.validation.checks.rules import clicks_not_recorded, mixed_programs, partner_under_two_names

CHECKS: Final[tuple[Check, ...]] = (
    clicks_not_recorded.CHECK,
    partner_under_two_names.CHECK,
    mixed_programs.CHECK,
)
