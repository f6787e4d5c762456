"""What may keep a used code and a promo code apart, and how near they are in spite of it.

A set of differences is a mask: a bit for each, the greater the bit the farther apart. So of two masks the smaller one
is the nearer, and adding differences of another kind to both changes nothing about that.
"""

from enum import StrEnum
from typing import Final


class Difference(StrEnum):
    """What keeps a used code and a promo code apart. Members are in order, the nearest first."""

    CASE = "CASE"
    WHITE_SPACE = "WHITE_SPACE"
    LOOK_ALIKE = "LOOK_ALIKE"
    NOT_YET = "NOT_YET"
    ENDED = "ENDED"
    STATE = "STATE"
    PART = "PART"
    TYPO = "TYPO"
    PROGRAM = "PROGRAM"


BIT: Final = {difference: 1 << place for place, difference in enumerate(Difference)}
"""The bit of each difference in a mask."""


def differences(mask: int) -> tuple[Difference, ...]:
    """The differences of a mask, the nearest first."""
    return tuple(difference for difference, bit in BIT.items() if mask & bit)
