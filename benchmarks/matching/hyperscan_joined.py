"""Hyperscan, one scan over all used codes joined by newlines.

Each pattern is anchored to a whole line; `.` does not match a newline, so no match crosses one. A match reports where
it ends, and the line is found from that. Hyperscan takes a line's start in a pattern only at its very beginning.
"""

import hyperscan
import numpy as np

from benchmarks.cases import Measured
from benchmarks.matching.pairs import pairs, read_codes, read_patterns, report
from benchmarks.phases import Phases


def run(patterns: str, codes: str, answer: str | None) -> Measured:
    """Compile to one database, scan once."""
    texts, series = read_patterns(patterns), read_codes(codes)
    joined = "\n".join(series).encode()
    ends = np.cumsum(series.str.len_bytes().to_numpy().astype(np.int64) + 1) - 1
    phases = Phases()
    with phases("compile"):
        database = hyperscan.Database()
        database.compile(
            expressions=[_line(text) for text in texts],
            ids=list(range(len(texts))),
            flags=hyperscan.HS_FLAG_MULTILINE,
        )
    with phases("match"):
        ids: list[int] = []
        stops: list[int] = []

        def on_match(pattern: int, _start: int, stop: int, _flags: int, _context: object) -> None:
            ids.append(pattern)
            stops.append(stop)

        database.scan(joined, on_match)
        lines = np.searchsorted(ends, np.array(stops, dtype=np.int64))
    return report(phases, pairs(lines, np.array(ids, dtype=np.int64)), answer)


def _line(pattern: str) -> bytes:
    # No pattern of the benchmarks is an alternation as a whole, so these anchors hold for all of it.
    return f"^(?:{pattern.removeprefix('^').removesuffix('$')})$".encode()
