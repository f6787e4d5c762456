"""All checks, by family."""

from dataclasses import replace
from typing import Final

from attribution.validation.check import Check
from attribution.validation.checks import allowances, dates, files, literals, overlap, patterns, rules, usage
from attribution.validation.unusable import LOADING

_FAMILIES: Final = (files, overlap, patterns, literals, dates, rules, usage, allowances)

CHECKS: Final[tuple[Check, ...]] = tuple(
    # also if its module says otherwise: an allowance does not make a program usable
    replace(check, silenceable=False) if check.code in LOADING else check
    for family in _FAMILIES
    for check in family.CHECKS
)
"""In the order of the manual; codes and slugs are distinct."""

BY_CODE: Final = {check.code: check for check in CHECKS}
