"""Pairs of texts that are one slip of a finger apart, found for a hundred thousand by as many at once.

A slip is one character too many, too few or another one, or two neighbours swapped. Two such texts become equal when
one character is deleted from either or both (the symmetric deletion method of SymSpell, W. Garbe, 2012), so texts are
joined on what is left of them after each deletion. Digits are never deleted: SAVE10, SAVE15 and SAVE20 are a series of
codes, not each other's typos. Texts of fewer than `SHORTEST` characters are too easily near to something.
"""

from collections.abc import Iterator
from itertools import takewhile
from typing import Final

import polars as pl

SHORTEST: Final = 5
LONGEST: Final = 40
_BLOCK: Final = 100_000


def typo_pairs(used: pl.Series, literals: pl.Series) -> Iterator[tuple[int, int]]:
    """Places in both columns of texts that are a slip apart; each pair once. 20 us of processor time a used text."""
    known, ours = _deletions(literals), literals.to_list()
    for start in range(0, len(used), _BLOCK):
        block = used.slice(start, _BLOCK)
        pairs = _deletions(block).join(known, on="left_over", suffix="_literal").select("place", "place_literal")
        theirs = block.to_list()
        for place, literal in pairs.unique().sort("place", "place_literal").iter_rows():
            if is_typo(theirs[place], ours[literal]):
                yield start + place, literal


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


def _deletions(texts: pl.Series) -> pl.DataFrame:
    """One row per text and what is left of it: `place`, `left_over` (a hash of 64 bits)."""
    frame = texts.rename("text").to_frame().with_row_index("place")
    size = pl.col("text").str.len_chars()
    frame = frame.filter(size.is_between(SHORTEST, LONGEST))
    parts = [frame.select("place", pl.col("text").hash().alias("left_over"))]
    for at in range(frame.select(size.max()).item() or 0):
        rest = pl.col("text").str.slice(0, at) + pl.col("text").str.slice(at + 1)
        deletable = (size > at) & ~pl.col("text").str.slice(at, 1).str.contains("[0-9]")
        parts.append(frame.filter(deletable).select("place", rest.hash().alias("left_over")))
    return pl.concat(parts).unique()
