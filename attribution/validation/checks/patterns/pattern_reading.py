"""What the checks of patterns share: how patterns are read and planned, worked out once for a program."""

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TypeVar

from attribution.matching.language import SEARCHED
from attribution.patterns.dialect import Hoisted, hoist
from attribution.patterns.edges import whole
from attribution.patterns.shapes import longest_run
from attribution.patterns.syntax import parse
from attribution.patterns.tree import Node
from attribution.text import plain
from attribution.validation.checks.patterns.impossible import Impossible, impossible_in_full, impossible_in_search
from attribution.validation.checks.patterns.planned import Planned
from attribution.validation.promo_code_naming import code_text
from attribution.validation.subject import Subject

T = TypeVar("T")


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
