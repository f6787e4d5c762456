"""Polars alone: alternations of a few hundred patterns pick the used codes, then each pattern is tried on those."""

from math import isqrt
from typing import Final

import polars as pl

from benchmarks.cases import Measured
from benchmarks.matching.pairs import pairs, read_codes, read_patterns, report
from benchmarks.phases import Phases

_LARGEST_GROUP: Final = 200


def run(patterns: str, codes: str, answer: str | None, share: float) -> Measured:
    """There is nothing to compile apart: Polars compiles a pattern where it is used."""
    texts, used = read_patterns(patterns), read_codes(codes, share)
    phases = Phases()
    with phases("match"):
        frame = pl.DataFrame({"code": used}).with_row_index("place")
        size = min(max(isqrt(len(texts)), 1), _LARGEST_GROUP)
        found = [
            match
            for start in range(0, len(texts), size)
            for match in _group(frame, list(enumerate(texts))[start : start + size])
        ]
        table = pl.concat(found)
    return report(phases, pairs(table["place"].to_numpy(), table["pattern"].to_numpy()), answer)


def _group(frame: pl.DataFrame, group: list[tuple[int, str]]) -> list[pl.DataFrame]:
    passed = frame.filter(pl.col("code").str.contains(_whole("|".join(f"(?:{text})" for _, text in group))))
    each = (passed.lazy().filter(pl.col("code").str.contains(_whole(text))).select("place") for _, text in group)
    matched = pl.collect_all(list(each))
    return [
        places.with_columns(pattern=pl.lit(number, pl.UInt32))
        for (number, _), places in zip(group, matched, strict=True)
    ]


def _whole(pattern: str) -> str:
    return f"^(?:{pattern})$"
