"""Used codes on which a pattern backtracks for long: found by the structure of the pattern, confirmed by the clock.

Three steps. `skeleton` reads a pattern as nothing but loops and choices; `ambiguity` finds texts that these read in
ever more ways when repeated, and puts used codes together of them; `trial` times these in `regex`, whose optimisations
defuse most of what is dangerous in theory. Only what is slow in earnest is told.
"""

from attribution.validation.backtracking.trial import Growth, Slow, Trial, confirmed, slow_used_code

__all__ = ["Growth", "Slow", "Trial", "confirmed", "slow_used_code"]
