"""Pairs of used code and promo code as two arrays, the way matches are passed around inside a batch."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Pairs = tuple[NDArray[np.uint32], NDArray[np.uint32]]
"""Row numbers of used codes, and indices of promo codes; equally long."""

_MOST_AT_ONCE: Final = 2_000_000


def joined(parts: Sequence[Pairs]) -> Pairs:
    """The pairs of all parts."""
    if not parts:
        return np.empty(0, np.uint32), np.empty(0, np.uint32)
    return np.concatenate([rows for rows, _ in parts]), np.concatenate([found for _, found in parts])


def only(pairs: Pairs, kept: NDArray[np.bool_]) -> Pairs:
    """The pairs that are kept."""
    return pairs[0][kept], pairs[1][kept]


def distinct(pairs: Pairs) -> Pairs:
    """The pairs without repeats, sorted."""
    keys = pairs[0].astype(np.uint64) << np.uint64(32) | pairs[1]
    keys.sort()
    if len(keys):
        keys = keys[np.concatenate([[True], keys[1:] != keys[:-1]])]
    return (keys >> np.uint64(32)).astype(np.uint32), keys.astype(np.uint32)


def ragged(counts: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each of `counts[i]` things: `i`, and 0, 1, 2, ... within `i`."""
    which = np.repeat(np.arange(len(counts)), counts)
    return which, np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts)


def portions(counts: NDArray[np.int64]) -> Iterator[slice]:
    """Consecutive slices whose counts sum up to two million or, for a single item, more."""
    start = 0
    sums = np.cumsum(counts)
    while start < len(counts):
        before = int(sums[start - 1]) if start else 0
        stop = max(start + 1, int(np.searchsorted(sums, before + _MOST_AT_ONCE, side="right")))
        yield slice(start, stop)
        start = stop
