"""`regex` itself as the judge of one pattern and one used code: for what no automaton can decide.

Backtracking is bounded by time. Where it runs out and the pattern is regular after all, its
nondeterministic automaton decides, which cannot hang.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from attribution.automata.automaton import Nfa, TooLarge, nfa
from attribution.matching.pattern_timeout import PatternTimeoutError
from attribution.patterns import compile
from attribution.patterns.dialect import hoist
from attribution.patterns.edges import whole
from attribution.patterns.syntax import parse
from attribution.patterns.tree import has_opaque

if TYPE_CHECKING:
    import regex

TIMEOUT: Final = 1.0
"""Seconds that one pattern may take for one used code."""


class Decider:
    """Compiles patterns when they are first asked for, and keeps them."""

    def __init__(self, patterns: Mapping[int, tuple[str, str]], *, search: bool) -> None:
        """`patterns`: index -> id of the promo code, and the pattern."""
        self._patterns = patterns
        self._search = search
        self._compiled: dict[int, regex.Pattern[str]] = {}
        self._tireless: dict[int, Nfa] = {}

    def matches(self, index: int, used_code: str) -> bool:
        """Whether pattern `index` matches: some 1.5 µs (the clock), and 70 µs more the first time."""
        if index in self._tireless:
            return self._tireless[index].accepts(used_code)
        compiled = self._compiled.get(index)
        if compiled is None:
            compiled = self._compiled[index] = compile(self._patterns[index][1])
        try:
            if self._search:
                return compiled.search(used_code, timeout=TIMEOUT) is not None
            return compiled.fullmatch(used_code, timeout=TIMEOUT) is not None
        except (TimeoutError, MemoryError):  # a pattern that calls itself may need memory without end
            return self._patiently(index, used_code)

    def _patiently(self, index: int, used_code: str) -> bool:
        """The answer of the automaton, from now on for this pattern; PatternTimeoutError where there is none."""
        promo_code_id, pattern = self._patterns[index]
        tree = whole(parse(hoist(pattern).text), search=self._search)
        if not has_opaque(tree):
            try:
                self._tireless[index] = nfa(tree)
                return self._tireless[index].accepts(used_code)
            except TooLarge:
                pass
        raise PatternTimeoutError(promo_code_id, pattern, used_code, TIMEOUT)
