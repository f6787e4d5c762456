"""RE2's `Set`: all patterns as one automaton, asked code by code.

With the default memory the automaton of many patterns does not fit and nothing would be found, so it is given 2 GiB.
"""

import re2

from benchmarks.cases import Measured
from benchmarks.matching.pairs import pairs, read_codes, read_patterns, report
from benchmarks.phases import Phases


def run(patterns: str, codes: str, answer: str | None, share: float) -> Measured:
    """Compile to one set, match code by code."""
    texts = read_patterns(patterns)
    used = [code.encode() for code in read_codes(codes, share)]
    phases = Phases()
    with phases("compile"):
        options = re2.Options()
        options.max_mem = 2 << 30
        options.never_capture = True
        together = re2.Set.FullMatchSet(options)
        for text in texts:
            together.Add(text.encode())
        together.Compile()
    with phases("match"):
        found = [(place, pattern) for place, code in enumerate(used) for pattern in together.Match(code) or ()]
    return report(phases, pairs([place for place, _ in found], [pattern for _, pattern in found]), answer)
