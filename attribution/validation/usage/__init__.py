"""What happened under a program: which used codes, on how many conversions, for how much money."""

from attribution.validation.usage.tables import Usage
from attribution.validation.usage.usage_reading import read_usage

__all__ = ["Usage", "read_usage"]
