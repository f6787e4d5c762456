"""The literal promo codes as a hash table over columns, whose cost does not grow with their number.

A join would build or probe all literals for every batch. This table is built once: literals are
sorted into twice as many buckets as there are literals, by the upper bits of Polars' string hash;
a column of used codes is hashed the same way, and each used code looks at the few literals of its
bucket. Equal hashes are confirmed by comparing the strings.

Before that, a bit for each fraction of a bucket says whether any literal is in it at all: of the used codes that match
nothing seven in eight stop there, and the bits of a million literals are one megabyte, which stays in a cache.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from attribution.matching.index.pairs import Pairs, joined

_FRACTIONS: Final = 2
"""Bits of the hash that tell the fractions of a bucket apart."""

_EIGHTH, _WITHIN = np.uint64(3), np.uint64(7)


class LiteralTable:
    """Texts and the indices of their promo codes; a text may occur several times. 0.2 s for 1,000,000."""

    def __init__(self, texts: Sequence[str], indices: Sequence[int]) -> None:
        column = pl.Series(texts, dtype=pl.String)
        hashes = column.hash().to_numpy()
        bits = max(1, (2 * len(texts) - 1).bit_length())
        self._shift = np.uint64(64 - bits)
        buckets = (hashes >> self._shift).astype(np.int64)
        self._finer = np.uint64(64 - bits - _FRACTIONS)
        taken = np.zeros(1 << bits + _FRACTIONS, dtype=np.bool_)
        taken[hashes >> self._finer] = True
        self._taken = np.packbits(taken, bitorder="little")
        order = np.argsort(buckets)
        self._texts = column.gather(order)
        self._hashes = hashes[order]
        self._indices = np.array(indices, dtype=np.uint32)[order]
        filled = np.bincount(buckets, minlength=1 << bits)
        self._starts = np.concatenate([[0], np.cumsum(filled)]).astype(np.int32)
        self._deepest = int(filled.max(initial=0))

    def find(self, used_codes: pl.Series) -> Pairs:
        """Row numbers and promo code indices of equal strings: 20 ns a row, 200 ns where it matches."""
        hashes = used_codes.hash().to_numpy()
        fraction = hashes >> self._finer
        rows = np.flatnonzero(self._taken[fraction >> _EIGHTH] >> (fraction & _WITHIN).astype(np.uint8) & 1)
        hashes = hashes[rows]
        buckets = hashes >> self._shift
        place = self._starts[buckets]
        left = self._starts[buckets + np.uint64(1)] - place
        found: list[Pairs] = []
        for depth in range(self._deepest):
            more = left > depth
            rows, hashes, place, left = rows[more], hashes[more], place[more], left[more]
            literal = place + depth
            alike = self._hashes[literal] == hashes
            if alike.any():
                found.append(self._equal(used_codes, rows[alike], literal[alike]))
        return joined(found)

    def _equal(self, used_codes: pl.Series, rows: NDArray[np.int64], literal: NDArray[np.int32]) -> Pairs:
        """Those of the pairs whose strings are equal."""
        same = (used_codes.gather(rows) == self._texts.gather(literal)).to_numpy()
        return rows[same].astype(np.uint32), self._indices[literal[same]]
