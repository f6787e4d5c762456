"""What happened under a program: which used codes, on how many conversions, for how much money."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Usage:
    """The conversions and clicks of a period, counted for the checks that look at data."""
