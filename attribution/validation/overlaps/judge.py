"""`regex` as the last word: whether a promo code matches a used code, and no overlap without its consent."""

from collections.abc import Sequence
from functools import cache
from typing import Final, assert_never

from attribution.matching.decider import holds
from attribution.matching.language import Language, LiteralText, PatternText
from attribution.patterns import compile
from attribution.validation.overlaps.languages import Languages

TIMEOUT: Final = 0.1
"""Seconds that a pattern may take for one used code; one that takes longer is asked no more."""


class Judge:
    """Compiles patterns when they are first asked for, and keeps them."""

    def __init__(self, texts: Sequence[Language], languages: Languages) -> None:
        """`texts`: what each promo code matches; `languages`: the automata of patterns."""
        self._texts = texts
        self._languages = languages
        self._compile = cache(compile)
        self._too_slow: set[str] = set()

    def matches(self, index: int, used_code: str) -> bool | None:
        """Whether the promo code matches the stripped used code; None if the answer took too long."""
        text = self._texts[index]
        match text:
            case LiteralText():
                return text.accepts(used_code)
            case PatternText():
                answer = self._ask(text, used_code)
                language = self._languages.items[self._languages.of[index]]
                if answer is None and language.doubt is None:
                    return language.automaton.accepts(used_code)
                return answer
            case _:
                assert_never(text)

    def _ask(self, pattern: PatternText, used_code: str) -> bool | None:
        if pattern.text in self._too_slow:
            return None
        answer = holds(self._compile(pattern.text), used_code, search=pattern.search, limit=TIMEOUT)
        if answer is None:
            self._too_slow.add(pattern.text)
        return answer
