"""Checks of the family `files`: what loading refuses. Loading finds it, these say what it means."""

from typing import Final

from attribution.validation.check import Check
from attribution.validation.checks.files import duplicate_id, invalid_field, missing_partner

CHECKS: Final[tuple[Check, ...]] = (invalid_field.CHECK, duplicate_id.CHECK, missing_partner.CHECK)
