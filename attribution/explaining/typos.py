"""Pairs of texts that are one slip of a finger apart, found for a hundred thousand by as many at once.

A slip is one character too many, too few or another one, or two neighbours swapped. Two such texts become equal when
one character is deleted from either or both (the symmetric deletion method of SymSpell, W. Garbe, 2012), so texts are
looked up by what is left of them after each deletion. Digits are never deleted: SAVE10, SAVE15 and SAVE20 are a series
of codes, not each other's typos. Texts of fewer than `SHORTEST` characters are too easily near to something.
"""

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from attribution.matching.index.pairs import distinct, portions, ragged

SHORTEST: Final = 5
LONGEST: Final = 40
_BLOCK: Final = 100_000
_BASE: Final = np.uint64(0x9E3779B97F4A7C15)  # odd, and its bits are spread: those of the golden ratio


class TypoIndex:
    """Distinct texts by what is left of them after a slip: 1 us a text."""

    def __init__(self, texts: pl.Series) -> None:
        self._texts = texts.to_list()
        left_over, place = _deletions(self._texts)
        order = np.argsort(left_over)
        self._left_over, self._place = left_over[order], place[order]

    def pairs(self, used: pl.Series) -> Iterator[tuple[int, int]]:
        """Places in `used` and among the texts of those that are a slip apart."""
        for start in range(0, len(used), _BLOCK):
            block = used.slice(start, _BLOCK).to_list()
            for mine, text in self._alike(block):
                if is_typo(block[mine], self._texts[text]):
                    yield start + mine, text

    def _alike(self, used: list[str]) -> Iterator[tuple[int, int]]:
        """Places of texts that have something left over in common."""
        left_over, place = _deletions(used)
        first = np.searchsorted(self._left_over, left_over, side="left")
        counts = np.searchsorted(self._left_over, left_over, side="right") - first
        for part in portions(counts):
            which, offset = ragged(counts[part])
            texts = self._place[first[part][which] + offset]
            one, other = distinct((place[part][which], texts))
            yield from zip(one.tolist(), other.tolist(), strict=True)


def is_typo(one: str, other: str) -> bool:
    """Whether two texts are a slip apart that touches no digit, or swaps a digit and another character."""
    ahead = len(list(takewhile(bool, (a == b for a, b in zip(one, other, strict=False)))))
    one, other = one[ahead:], other[ahead:]
    behind = len(list(takewhile(bool, (a == b for a, b in zip(reversed(one), reversed(other), strict=False)))))
    left, right = one[: len(one) - behind], other[: len(other) - behind]
    if len(left) == len(right) == 2:
        return left == right[::-1] and not (_is_digit(left[0]) and _is_digit(left[1]))
    return {len(left), len(right)} in ({1}, {0, 1}) and not any(map(_is_digit, left + right))


def _is_digit(char: str) -> bool:
    return "0" <= char <= "9"


def _deletions(texts: Sequence[str]) -> tuple[NDArray[np.uint64], NDArray[np.uint32]]:
    """Each text and what is left of it after each deletion, hashed, and the place of the text; equally long.

    The hash is a polynomial, the last character being its constant: that of "AC" has the same terms after deletion of
    the B from "ABC". Texts that share a hash by chance are found out by `is_typo`.
    """
    sizes = np.array([len(text) for text in texts], dtype=np.int64)
    hashes: list[NDArray[np.uint64]] = [np.empty(0, np.uint64)]
    places: list[NDArray[np.uint32]] = [np.empty(0, np.uint32)]
    for size in np.unique(sizes[(sizes >= SHORTEST) & (sizes <= LONGEST)]).tolist():
        rows = np.flatnonzero(sizes == size)
        joined = "".join(texts[row] for row in rows.tolist())
        chars = np.frombuffer(joined.encode("utf-32-le"), dtype="<u4").reshape(-1, size).astype(np.uint64)
        powers: NDArray[np.uint64] = _BASE ** np.arange(size - 1, -1, -1, dtype=np.uint64)
        terms, lowered = chars * powers, chars * np.append(powers[1:], powers[-1:])
        up_to = np.cumsum(terms, axis=1)
        before = np.cumsum(lowered, axis=1) - lowered
        left_over = before + up_to[:, -1:] - up_to
        row, at = np.nonzero((chars < ord("0")) | (chars > ord("9")))
        hashes += [up_to[:, -1], left_over[row, at]]
        places += [rows.astype(np.uint32), rows[row].astype(np.uint32)]
    return np.concatenate(hashes), np.concatenate(places)
