"""What happened under a program: which used codes, on how many conversions, for how much money."""

from attribution.validation.usage.read import read_usage
from attribution.validation.usage.tables import Usage

__all__ = ["Usage", "read_usage"]
