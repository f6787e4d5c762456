"""Which promo codes a used code matches, by text: one at a time, or a column of them at once."""

from attribution.matching.matcher import Matcher
from attribution.matching.pattern_timeout import PatternTimeoutError

__all__ = ["Matcher", "PatternTimeoutError"]
