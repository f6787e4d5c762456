"""A loop over all patterns with the `regex` package: what is written first."""

import regex

from benchmarks.cases import Measured
from benchmarks.matching.pairs import pairs, read_codes, read_patterns, report
from benchmarks.phases import Phases


def run(patterns: str, codes: str, answer: str | None, share: float) -> Measured:
    """Compile each pattern, try each on each used code."""
    texts, used = read_patterns(patterns), read_codes(codes, share).to_list()
    phases = Phases()
    with phases("compile"):
        compiled = [regex.compile(text).fullmatch for text in texts]
    with phases("match"):
        found = [
            (place, number)
            for number, fullmatch in enumerate(compiled)
            for place, code in enumerate(used)
            if fullmatch(code)
        ]
    return report(phases, pairs([place for place, _ in found], [pattern for _, pattern in found]), answer)
