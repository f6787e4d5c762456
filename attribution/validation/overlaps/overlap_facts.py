"""What is known of the overlaps of a program."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from attribution.validation.overlaps.codes import Codes, Indices
from attribution.validation.overlaps.languages import Doubt
from attribution.validation.overlaps.proofs import Proofs
from attribution.validation.overlaps.shadows import Shadows

LISTED: Final = 10
"""Rivals of a promo code that are proven to be some, and not only counted."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two promo codes of two partners, by index, of which `first` precedes.

    used_code  satisfies both; the shortest, save where a pattern is beyond automata: then the shortest found
    at         an instant at which both are active; None where neither has dates
    """

    first: int
    second: int
    used_code: str
    at: datetime | None


class Undecided(NamedTuple):
    """Promo codes that precede `second` and perhaps overlap with it, the first in precedence first, and why."""

    second: int
    firsts: Indices
    doubt: Doubt


@dataclass(frozen=True)
class Overlaps:
    """The overlaps of a program.

    rivals     promo code -> those that overlap with it and precede it, the first in precedence first
    undecided  what is open
    shadows    promo codes that can never be paid
    doubtful   promo code -> whether its pattern is beyond automata
    """

    rivals: Mapping[int, Indices]
    undecided: tuple[Undecided, ...]
    shadows: Shadows
    doubtful: NDArray[np.bool_]
    codes: Codes
    proofs: Proofs

    def prove(self, pairs: Sequence[tuple[int, int]]) -> list[Overlap]:
        """(first, second) of pairs that overlap -> the same with used code and instant; cheapest for many at once.

        A pair that `regex` does not confirm is left out. Automata and `regex` agree, so far as is known.
        """
        used_codes = self.proofs.used_codes(pairs)
        return [
            Overlap(first, second, used_code, self.codes.instant(first, second))
            for (first, second), used_code in zip(pairs, used_codes, strict=True)
            if used_code is not None
        ]

    @cached_property
    def leading(self) -> tuple[dict[int, list[Overlap]], list[Undecided]]:
        """Promo code -> its proven overlaps with the first LISTED of its rivals; and which were not confirmed."""
        pairs = [(first, second) for second, firsts in self.rivals.items() for first in firsts[:LISTED].tolist()]
        proven: dict[int, list[Overlap]] = {}
        for overlap in self.prove(pairs):
            proven.setdefault(overlap.second, []).append(overlap)
        confirmed = {(overlap.first, overlap.second) for overlaps in proven.values() for overlap in overlaps}
        rest = [pair for pair in pairs if pair not in confirmed]
        return proven, [Undecided(second, np.array([first]), Doubt.UNCONFIRMED) for first, second in rest]
