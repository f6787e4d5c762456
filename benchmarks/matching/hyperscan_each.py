"""Hyperscan, one scan for each used code, where a pattern need not be reported twice."""

import hyperscan

from benchmarks.cases import Measured
from benchmarks.matching.pairs import pairs, read_codes, read_patterns, report
from benchmarks.phases import Phases


def run(patterns: str, codes: str, answer: str | None) -> Measured:
    """Compile to one database, scan code by code."""
    texts = read_patterns(patterns)
    used = [code.encode() for code in read_codes(codes)]
    phases = Phases()
    with phases("compile"):
        database = hyperscan.Database()
        database.compile(
            # \z, because $ would also match before a last newline.
            expressions=[rf"^(?:{text})\z".encode() for text in texts],
            ids=list(range(len(texts))),
            flags=hyperscan.HS_FLAG_SINGLEMATCH,
        )
        scratch = hyperscan.Scratch(database)
        database.scratch = scratch
    with phases("match"):
        ids: list[int] = []
        places: list[object] = []

        def on_match(pattern: int, _start: int, _stop: int, _flags: int, place: object) -> None:
            ids.append(pattern)
            places.append(place)

        for place, code in enumerate(used):
            database.scan(code, on_match, context=place, scratch=scratch)
    return report(phases, pairs(places, ids), answer)
