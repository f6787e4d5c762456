"""What checks look at: a program, the day, and what several checks want to know of the promo codes."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from attribution.crediting import rules
from attribution.matching.language import Language, LiteralText, PatternText, languages
from attribution.patterns.dialect import hoist
from attribution.patterns.syntax import parse
from attribution.patterns.tree import Node
from attribution.program import Program, PromoCode, Settings
from attribution.program.spellings import value_in
from attribution.validation.overlaps import Overlaps, find_overlaps
from attribution.validation.usage import Usage

T = TypeVar("T")


class Subject:
    """A program under validation.

    `as_of` is the time of its export, an aware date-time; `usage` what happened under it, empty if not known; `raw` the
    promo codes as its files have them, none for a program from memory.
    """

    def __init__(
        self, program: Program, *, as_of: datetime, usage: Usage | None = None, raw: Sequence[Mapping[str, Any]] = ()
    ) -> None:
        self.program = program
        self.as_of = as_of
        self.usage = usage or Usage()
        self._raw = raw
        self._shared: dict[object, Any] = {}

    def shared(self, make: Callable[["Subject"], T]) -> T:
        """What `make` makes of the program, made once for all checks that ask."""
        if make not in self._shared:
            self._shared[make] = make(self)
        found: T = self._shared[make]
        return found

    def written(self, index: int, field: str) -> object:
        """What the file says for a native field of a promo code, in any spelling; None if it says nothing."""
        return value_in(self._raw[index], field) if self._raw else None

    @property
    def promo_codes(self) -> tuple[PromoCode, ...]:
        """The promo codes; everything else here speaks in indices into them."""
        return self.program.promo_codes

    @property
    def settings(self) -> Settings:
        """The settings, the preset's included."""
        return self.program.settings

    @cached_property
    def languages(self) -> list[Language]:
        """The language of each promo code."""
        return languages(self.promo_codes, self.settings)

    @cached_property
    def literals(self) -> tuple[int, ...]:
        """The promo codes with a literal text."""
        return tuple(i for i, language in enumerate(self.languages) if isinstance(language, LiteralText))

    @cached_property
    def patterns(self) -> tuple[int, ...]:
        """The promo codes with a pattern."""
        return tuple(i for i, language in enumerate(self.languages) if isinstance(language, PatternText))

    @cached_property
    def trees(self) -> dict[int, Node]:
        """The tree of each pattern as written, under either `regex_match`; UNKNOWN if it is not understood."""
        return {i: parse(hoist(self.promo_codes[i].code).text) for i in self.patterns}

    @cached_property
    def precedence(self) -> list[int]:
        """The rank of each promo code among those that one used code matches: a smaller one precedes."""
        return list(rules.precedence(self.promo_codes))

    @cached_property
    def overlaps(self) -> Overlaps:
        """The promo codes of two partners that one used code satisfies at once."""
        return find_overlaps(self.program)
