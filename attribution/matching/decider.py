"""`regex` itself as the judge of one pattern and one used code: for what no automaton can decide.

Backtracking is bounded by time, everywhere by way of `holds` and `longest_part`. Where time runs out in a match and the
pattern is regular after all, its nondeterministic automaton decides, which cannot hang.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from attribution.automata.automaton import Nfa, TooLarge, nfa
from attribution.errors import AttributionError
from attribution.matching.language import PatternText
from attribution.patterns import compile
from attribution.patterns.dialect import hoist
from attribution.patterns.edges import whole
from attribution.patterns.syntax import parse
from attribution.patterns.tree import has_opaque
from attribution.text import quoted_use

if TYPE_CHECKING:
    import regex

TIMEOUT: Final = 1.0
"""Seconds that one pattern may take for one used code."""


def holds(compiled: "regex.Pattern[str]", used_code: str, *, search: bool, limit: float) -> bool | None:
    """Whether the pattern matches the used code; None if `limit` seconds, or memory, do not suffice to tell."""
    ask = compiled.search if search else compiled.fullmatch
    try:
        return ask(used_code, timeout=limit) is not None
    except (TimeoutError, MemoryError):  # a pattern that calls itself may need memory without end
        return None


def longest_part(compiled: "regex.Pattern[str]", used_code: str, *, limit: float) -> str | None:
    """The longest of the parts of the used code that the pattern matches within `limit` seconds."""
    longest: str | None = None
    try:
        for found in compiled.finditer(used_code, timeout=limit):
            if longest is None or len(found[0]) > len(longest):
                longest = found[0]
    except (TimeoutError, MemoryError):
        pass
    return longest


class PatternTimeoutError(AttributionError):
    """A pattern that only backtracking can decide did not come to a decision in time.

    `place` is that of its promo code among all that are matched.
    """

    def __init__(self, place: int, promo_code_id: str, pattern: str, used_code: str, seconds: float) -> None:
        self.place = place
        self.promo_code_id = promo_code_id
        self.pattern = pattern
        self.used_code = used_code
        self.seconds = seconds
        super().__init__(place, promo_code_id, pattern, used_code, seconds)

    def __str__(self) -> str:
        """Which promo code, which used code, and the way out."""
        return (
            f"promo code {self.promo_code_id!r}: matching used code {quoted_use(self.used_code)} came to no end "
            f"within {self.seconds:g} s\n    {self.pattern}\n"
            f"    rewrite the pattern of promo code {self.promo_code_id!r} without one repeat inside another, "
            "and without look-around, back-references or possessive parts"
        )


class Decider:
    """Compiles patterns when they are first asked for, and keeps them."""

    def __init__(self, patterns: Mapping[int, PatternText], names: Mapping[int, str]) -> None:
        """Both by index of the promo code; `names` are those that errors tell, the index without one."""
        self._patterns = patterns
        self._names = names
        self._compiled: dict[int, regex.Pattern[str]] = {}
        self._tireless: dict[int, Nfa] = {}

    def matches(self, index: int, used_code: str) -> bool:
        """Whether pattern `index` matches: some 1.5 µs (the clock), and 70 µs more the first time."""
        if index in self._tireless:
            return self._tireless[index].accepts(used_code)
        pattern = self._patterns[index]
        compiled = self._compiled.get(index)
        if compiled is None:
            compiled = self._compiled[index] = compile(pattern.text)
        answer = holds(compiled, used_code, search=pattern.search, limit=TIMEOUT)
        return self._patiently(index, used_code) if answer is None else answer

    def _patiently(self, index: int, used_code: str) -> bool:
        """Ask the automaton, from now on for this pattern; raise PatternTimeoutError if it has none."""
        pattern = self._patterns[index]
        tree = whole(parse(hoist(pattern.text).text), search=pattern.search)
        if not has_opaque(tree):
            try:
                self._tireless[index] = nfa(tree)
                return self._tireless[index].accepts(used_code)
            except TooLarge:
                pass
        raise PatternTimeoutError(index, self._names.get(index, str(index)), pattern.text, used_code, TIMEOUT)
