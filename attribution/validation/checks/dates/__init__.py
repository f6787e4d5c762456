"""Checks of the family `dates`: when promo codes are active, and when they were probably meant to be."""

from typing import Final

from attribution.validation.check import Check
from attribution.validation.checks.dates import (
    deal_replaces_dates,
    ends_at_midnight,
    handover_gap,
    handover_overlap,
    outlives_deal,
    start_after_end,
    state_contradicts_dates,
    state_without_date,
)

CHECKS: Final[tuple[Check, ...]] = (
    start_after_end.CHECK,
    state_contradicts_dates.CHECK,
    state_without_date.CHECK,
    ends_at_midnight.CHECK,
    outlives_deal.CHECK,
    deal_replaces_dates.CHECK,
    handover_gap.CHECK,
    handover_overlap.CHECK,
)
