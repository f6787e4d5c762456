"""`regex` as the last word: whether a promo code matches a used code, and no overlap without its consent."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from attribution.patterns import compile
from attribution.program import PromoCode
from attribution.terms import MatchMode
from attribution.validation.overlaps.languages import Languages
from attribution.validation.overlaps.literal_overlaps import Literals

if TYPE_CHECKING:
    import regex

TIMEOUT: Final = 0.1
"""Seconds that a pattern may take for one used code; one that takes longer is asked no more."""


class Judge:
    """Compiles patterns when they are first asked for, and keeps them."""

    def __init__(
        self, promo_codes: Sequence[PromoCode], languages: Languages, literals: Literals, *, search: bool
    ) -> None:
        self._promo_codes = promo_codes
        self._languages = languages
        self._literals = literals
        self._search = search
        self._compiled: dict[str, regex.Pattern[str]] = {}
        self._too_slow: set[str] = set()

    def matches(self, index: int, used_code: str) -> bool | None:
        """Whether the promo code matches the stripped used code; None where there is no answer in time."""
        promo_code = self._promo_codes[index]
        if promo_code.match_mode is MatchMode.LI:
            return self._literals.key(promo_code.code) == self._literals.key(used_code)
        answer = self._ask(promo_code.code, used_code)
        language = self._languages.items[self._languages.of[index]]
        if answer is None and language.doubt is None:
            return language.automaton.accepts(used_code)
        return answer

    def _ask(self, pattern: str, used_code: str) -> bool | None:
        if pattern in self._too_slow:
            return None
        compiled = self._compiled.get(pattern)
        if compiled is None:
            compiled = self._compiled[pattern] = compile(pattern)
        try:
            if self._search:
                return compiled.search(used_code, timeout=TIMEOUT) is not None
            return compiled.fullmatch(used_code, timeout=TIMEOUT) is not None
        except (TimeoutError, MemoryError):  # a pattern that calls itself may need memory without end
            self._too_slow.add(pattern)
            return None
