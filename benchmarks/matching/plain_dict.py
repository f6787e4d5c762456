"""A plain `dict`, for literals: what looking up one code after the other costs in Python at the least."""

from benchmarks.cases import Measured
from benchmarks.matching.pairs import pairs, read_codes, read_patterns, report
from benchmarks.phases import Phases


def run(patterns: str, codes: str, answer: str | None) -> Measured:
    """Build the dict, look up every code, and do so again."""
    texts, used = read_patterns(patterns), read_codes(codes).to_list()
    phases = Phases()
    with phases("compile"):
        literals = {text: at for at, text in enumerate(texts)}
    with phases("match"):
        found = [literals.get(code) for code in used]
    with phases("again"):
        for code in used:
            literals.get(code)
    hits = [(place, at) for place, at in enumerate(found) if at is not None]
    return report(phases, pairs([place for place, _ in hits], [at for _, at in hits]), answer)
