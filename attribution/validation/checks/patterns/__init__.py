"""Checks of the family `patterns`."""

from typing import Final

from attribution.validation.check import Check
from attribution.validation.checks.patterns import (
    exponential_backtracking,
    invalid_pattern,
    loose_alternation,
    matches_empty,
    matches_everything,
    matches_nothing,
    no_operators,
    one_letter_case,
    polynomial_backtracking,
    redundant_anchors,
    runs_under_timeout,
    suspicious_class,
    unanchored,
    unescaped_sign,
    wildcard_star,
)

CHECKS: Final[tuple[Check, ...]] = (
    invalid_pattern.CHECK,
    runs_under_timeout.CHECK,
    exponential_backtracking.CHECK,
    polynomial_backtracking.CHECK,
    matches_empty.CHECK,
    matches_everything.CHECK,
    no_operators.CHECK,
    unanchored.CHECK,
    redundant_anchors.CHECK,
    one_letter_case.CHECK,
    suspicious_class.CHECK,
    wildcard_star.CHECK,
    loose_alternation.CHECK,
    matches_nothing.CHECK,
    unescaped_sign.CHECK,
)
