"""What the checks of patterns share: how patterns are read and planned, worked out once for a program."""

import re
from collections.abc import Callable, Iterator
from enum import Enum, auto
from functools import cached_property
from typing import TypeVar

from attribution.matching.index.plan import Entry, Plan
from attribution.matching.language import SEARCHED, PatternText
from attribution.patterns.dialect import Hoisted, hoist
from attribution.patterns.edges import whole
from attribution.patterns.shapes import longest_run
from attribution.patterns.syntax import parse
from attribution.patterns.tree import Node
from attribution.text import plain
from attribution.validation.checks.patterns.impossible import Impossible, impossible_in_full, impossible_in_search
from attribution.validation.promo_code_naming import code_text
from attribution.validation.subject import Subject

T = TypeVar("T")


class Decided(Enum):
    """By what a pattern is decided.

    An automaton decides it; or it holds something that no automaton expresses; or it is regular, but an automaton that
    it needs is too large: only the first is sure not to backtrack. (A used code beyond ASCII is matched by `regex`
    under every pattern. For the first state that ends at the latest with the timeout of one used code, after which an
    automaton without a table goes on.)
    """

    AUTOMATON = auto()
    OPAQUE = auto()
    TOO_LARGE = auto()


class Planned:
    """All patterns under one way to match: the very plan that decides used codes."""

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


class Readings:
    """What the checks of patterns know of the patterns of one program, worked out when first asked for.

    indices  the promo codes with a pattern
    codes    the pattern of each, as written
    """

    def __init__(self, subject: Subject) -> None:
        self.indices = subject.patterns
        self.codes = {index: subject.promo_codes[index].code for index in self.indices}
        self._searched = SEARCHED[subject.settings.regex_match]
        self._memory: dict[tuple[object, str], object] = {}

    @cached_property
    def full(self) -> Planned:
        """As whole used codes are matched."""
        return Planned(list(self.codes.items()), search=False)

    @cached_property
    def search(self) -> Planned:
        """As parts of used codes are searched for."""
        return Planned(list(self.codes.items()), search=True)

    @property
    def in_force(self) -> Planned:
        """As the settings say."""
        return self.search if self._searched else self.full

    @cached_property
    def hoisted(self) -> dict[int, Hoisted]:
        """Each pattern with its flags in front."""
        return {index: hoist(code) for index, code in self.codes.items()}

    @cached_property
    def _shapes(self) -> dict[int, str]:
        return {index: longest_run(code).text for index, code in self.codes.items()}

    def span(self, index: int, start: int, stop: int) -> tuple[int, int]:
        """The place of `start` to `stop` of the hoisted pattern in the pattern as written."""
        hoisted = self.hoisted[index]
        return hoisted.original(start), hoisted.original(stop - 1) + 1

    def whole(self, index: int, *, search: bool) -> Node:
        """The tree of all used codes that the pattern matches."""
        return whole(parse(self.hoisted[index].text), search=search)

    def impossible(self, index: int) -> Impossible | None:
        """Why the pattern matches no used code; None where it may."""
        return self.alike(impossible_in_search if self._searched else impossible_in_full, index)

    def alike(self, look: Callable[[str], T], index: int) -> T:
        """What `look` says of the hoisted pattern, asked once for all patterns that differ in one plain word only.

        So `look` must not depend on which letters, digits and underscores that word has; see `shapes`.
        """
        key = (look, self._shapes[index])
        if key not in self._memory:
            self._memory[key] = look(self.hoisted[index].text)
        return self._memory[key]  # type: ignore[return-value]  # what is under a key of `look` came from `look`

    def each(self, look: Callable[[str], T | None]) -> Iterator[tuple[int, T]]:
        """The patterns of which `look` finds something, with that, as `alike` gives it."""
        for index in self.indices:
            if found := self.alike(look, index):
                yield index, found


def named(subject: Subject, index: int) -> str:
    """The pattern and its promo code, as messages name them."""
    promo_code = subject.promo_codes[index]
    return f"pattern '{code_text(promo_code.code)}' of promo code '{plain(promo_code.id)}'"
