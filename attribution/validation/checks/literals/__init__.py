"""Checks of the family `literals`: what is written in literal codes."""

from typing import Final

from attribution.validation.check import Check
from attribution.validation.checks.literals import (
    contains_separator,
    invisible_characters,
    look_alike,
    looks_like_pattern,
    never_matches,
    not_ascii,
    too_long,
)

CHECKS: Final[tuple[Check, ...]] = (
    looks_like_pattern.CHECK,
    look_alike.CHECK,
    invisible_characters.CHECK,
    never_matches.CHECK,
    not_ascii.CHECK,
    too_long.CHECK,
    contains_separator.CHECK,
)
