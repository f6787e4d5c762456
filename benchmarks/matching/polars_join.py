"""Polars alone, for literals: a join of the used codes with all literals."""

import polars as pl

from benchmarks.cases import Measured
from benchmarks.matching.pairs import pairs, read_codes, read_patterns, report
from benchmarks.phases import Phases


def run(patterns: str, codes: str, answer: str | None) -> Measured:
    """Build the table of literals, join."""
    texts, used = read_patterns(patterns), read_codes(codes)
    phases = Phases()
    with phases("compile"):
        literals = pl.DataFrame({"code": texts}).with_row_index("pattern")
    with phases("match"):
        found = pl.DataFrame({"code": used}).with_row_index("place").join(literals, on="code")
    return report(phases, pairs(found["place"].to_numpy(), found["pattern"].to_numpy()), answer)
