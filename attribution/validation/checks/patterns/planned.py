"""The patterns of a program under one way to match: the very plan that decides used codes.

A pattern is in one of three states. An automaton decides it; or it holds something that no automaton
expresses; or it is regular, but an automaton that it needs is too large: only the first is sure not to backtrack.
(A used code beyond ASCII is matched by `regex` under every pattern. For the first state that ends at the latest
with the timeout of one used code, after which an automaton without a table goes on.)
"""

import re
from enum import Enum, auto

from attribution.matching.index.plan import Entry, Plan
from attribution.matching.language import PatternText


class Decided(Enum):
    """By what a pattern is decided."""

    AUTOMATON = auto()
    OPAQUE = auto()
    TOO_LARGE = auto()


class Planned:
    """All patterns under one way to match."""

    def __init__(self, patterns: list[tuple[int, str]], *, search: bool) -> None:
        self.search = search
        self._plan = Plan({index: PatternText(text, search) for index, text in patterns})
        self.languages = self._plan.languages
        self.entries: dict[int, list[Entry]] = {}
        for entry in self._plan.entries:
            self.entries.setdefault(entry.promo, []).append(entry)
        self.scanned = dict(self._plan.scanned)
        self.opaque = dict(self._plan.opaque)

    def decided(self, index: int) -> Decided:
        """By what the pattern is decided."""
        entries = self.entries.get(index, [])
        if index in self.opaque or not all(entry.exact for entry in entries):
            return Decided.OPAQUE
        needed = [number for entry in entries for number in (entry.head, entry.tail)] or [self.scanned[index]]
        lacking = any(self.languages.automaton(number) is None for number in needed)
        return Decided.TOO_LARGE if lacking else Decided.AUTOMATON

    def only_entry(self, index: int) -> Entry | None:
        """The one way in which the pattern matches, `head . literal . tail`, if there is only one and it is exact."""
        entries = self.entries.get(index, [])
        return entries[0] if len(entries) == 1 and entries[0].exact else None

    def accepts(self, index: int, used_code: str) -> bool | None:
        """Whether the pattern matches the used code; None where that is left to `regex`, as all beyond ASCII is."""
        if not used_code.isascii() or self.decided(index) is not Decided.AUTOMATON:
            return None
        if index in self.scanned:
            return self._belongs(self.scanned[index], used_code)
        return any(
            self._belongs(entry.head, used_code[: place.start()])
            and self._belongs(entry.tail, used_code[place.start() + len(entry.literal) :])
            for entry in self.entries[index]
            for text in [used_code.lower() if entry.ignore_case else used_code]
            for place in re.finditer(f"(?={re.escape(entry.literal)})", text)
        )

    def _belongs(self, number: int, text: str) -> bool:
        automaton = self.languages.automaton(number)
        return automaton is not None and automaton.accepts(text)
