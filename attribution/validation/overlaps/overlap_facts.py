"""What is known of the overlaps of a program."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import islice
from typing import Final, NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from attribution.validation.overlaps.codes import Codes, Indices
from attribution.validation.overlaps.languages import Doubt
from attribution.validation.overlaps.proofs import Proofs
from attribution.validation.overlaps.shadows import Shadows

LISTED: Final = 10
"""Rivals of a promo code that are proven to be some, and not only counted."""

_AT_ONCE: Final = 10_000


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

    @property
    def pairs(self) -> Sequence[Overlap]:
        """Every pair, by the one that comes second; used codes are computed as pairs are looked at."""
        return _Pairs(self)

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

    @cached_property
    def seconds(self) -> tuple[list[int], list[int]]:
        """The promo codes that have rivals, and how many pairs there are up to and with each."""
        return list(self.rivals), np.cumsum([len(firsts) for firsts in self.rivals.values()], dtype=np.int64).tolist()


class _Pairs(Sequence[Overlap]):
    """The pairs of all rivals, by number."""

    def __init__(self, overlaps: Overlaps) -> None:
        self._overlaps = overlaps

    def __len__(self) -> int:
        sums = self._overlaps.seconds[1]
        return sums[-1] if sums else 0

    @overload
    def __getitem__(self, index: int) -> Overlap: ...
    @overload
    def __getitem__(self, index: slice) -> list[Overlap]: ...
    def __getitem__(self, index: int | slice) -> Overlap | list[Overlap]:
        if isinstance(index, slice):
            return self._overlaps.prove([self._pair(at) for at in range(*index.indices(len(self)))])
        (overlap,) = self._overlaps.prove([self._pair(range(len(self))[index])])
        return overlap

    def __iter__(self) -> Iterator[Overlap]:
        pairs = ((first, second) for second, firsts in self._overlaps.rivals.items() for first in firsts.tolist())
        while portion := list(islice(pairs, _AT_ONCE)):
            yield from self._overlaps.prove(portion)

    def _pair(self, at: int) -> tuple[int, int]:
        seconds, sums = self._overlaps.seconds
        place = int(np.searchsorted(sums, at, side="right"))
        firsts = self._overlaps.rivals[seconds[place]]
        return int(firsts[at - sums[place]]), seconds[place]  # counted from the last one of this promo code
