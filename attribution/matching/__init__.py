"""Which promo codes a used code matches, by text: one at a time, or a column of them at once."""

from attribution.matching.decider import PatternTimeoutError
from attribution.matching.matcher import Matcher

__all__ = ["Matcher", "PatternTimeoutError"]
