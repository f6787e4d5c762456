"""The answer of a matching contender, the files it reads, and how answers are compared."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from benchmarks.cases import Measured
from benchmarks.phases import Phases

_FILE: Final = "pairs.npy"

Pairs = NDArray[np.uint64]
"""(place of the code) << 32 | place of the pattern; sorted, distinct."""


class DifferentAnswerError(Exception):
    """The answers differ."""


def read_patterns(path: str) -> list[str]:
    """The patterns, in order."""
    return Path(path).read_text(encoding="utf-8").splitlines()


def read_codes(path: str, share: float = 1.0) -> pl.Series:
    """The used codes, or the first part of them."""
    codes = pl.read_parquet(path)["code"]
    return codes.head(shared(len(codes), share))


def shared(count: int, share: float) -> int:
    """How many of the codes a contender is given."""
    return max(round(count * share), 1)


def pairs(codes: Iterable[object], patterns: Iterable[object]) -> Pairs:
    """The answer from places of codes and of patterns."""
    both = (np.asarray(list(side) if not isinstance(side, np.ndarray) else side) for side in (codes, patterns))
    code, pattern = (side.astype(np.uint64) for side in both)
    return np.unique(code << np.uint64(32) | pattern)


def report(phases: Phases, found: Pairs, answer: str | None) -> Measured:
    """What a contender returns; leaves the answer where it is wanted."""
    if answer is not None:
        np.save(Path(answer) / _FILE, found)
    matched = len(np.unique(found >> np.uint64(32)))
    return {"seconds": dict(phases), "counts": {"pairs": len(found), "codes matched": matched}}


def check(ours: str, theirs: str, share: float, codes: str) -> Measured:
    """Raises DifferentAnswerError unless the answers for the first `share` of the codes are the same."""
    mine, other = (np.load(Path(place) / _FILE) for place in (ours, theirs))
    end = shared(pl.scan_parquet(codes).select(pl.len()).collect().item(), share)
    mine = mine[mine >> np.uint64(32) < end]
    if not np.array_equal(mine, other):
        missing, more = np.setdiff1d(mine, other), np.setdiff1d(other, mine)
        shown = [divmod(int(pair), 2**32) for pair in [*missing[:3], *more[:3]]]
        raise DifferentAnswerError(f"{len(missing)} pairs are missing, {len(more)} are too many: {shown}")
    return {}
