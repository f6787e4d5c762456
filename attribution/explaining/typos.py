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


class TypoIndex:
    """Distinct texts by what is left of them after a slip: 2 us a text."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        left_over, place = _deletions(texts)
        order = np.argsort(left_over)
        self._left_over, self._place = left_over[order], place[order]

    def pairs(self, used: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Places in `used` and among the texts of those that are a slip apart; each pair once."""
        for start in range(0, len(used), _BLOCK):
            block = used[start : start + _BLOCK]
            for mine, text in self._alike(block):
                if is_typo(block[mine], self._texts[text]):
                    yield start + mine, text

    def _alike(self, used: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Places of texts that have something left over in common; each pair once."""
        left_over, place = _deletions(used)
        first = np.searchsorted(self._left_over, left_over, side="left")
        counts = np.searchsorted(self._left_over, left_over, side="right") - first
        order = np.argsort(place, kind="stable")
        for part in portions(counts[order]):
            mine = order[part]
            which, offset = ragged(counts[mine])
            texts = self._place[first[mine][which] + offset]
            one, other = distinct((place[mine][which], texts))
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
    """What is left of each text after a deletion, hashed, and the place of the text; equally long."""
    frame = pl.DataFrame({"text": texts}, schema={"text": pl.String}).with_row_index("place")
    size = pl.col("text").str.len_chars()
    frame = frame.filter(size.is_between(SHORTEST, LONGEST))
    parts = [frame.select("place", pl.col("text").hash().alias("left_over"))]
    for at in range(frame.select(size.max()).item() or 0):
        rest = pl.col("text").str.slice(0, at) + pl.col("text").str.slice(at + 1)
        deletable = (size > at) & ~pl.col("text").str.slice(at, 1).str.contains("[0-9]")
        parts.append(frame.filter(deletable).select("place", rest.hash().alias("left_over")))
    found = pl.concat(parts)
    return found["left_over"].to_numpy(), found["place"].to_numpy()
