"""Checks that look at data (U): what the conversions and clicks of a period say about the program."""

from typing import Final

from attribution.validation.check import Check
from attribution.validation.checks.usage import (
    nearly_matched,
    never_paid,
    never_used,
    overlap_happened,
    partner_never_clicks,
    rows_set_aside,
    unassigned_codes,
)

CHECKS: Final[tuple[Check, ...]] = (
    never_used.CHECK,
    nearly_matched.CHECK,
    partner_never_clicks.CHECK,
    overlap_happened.CHECK,
    unassigned_codes.CHECK,
    never_paid.CHECK,
    rows_set_aside.CHECK,
)
