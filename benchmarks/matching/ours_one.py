"""Ours, code by code, as an order pipeline asks."""

from attribution.matching import Matcher
from attribution.matching.language import languages
from attribution.program import Settings
from attribution.terms import MatchMode
from benchmarks.cases import Measured
from benchmarks.matching.ours import promo_codes
from benchmarks.matching.pairs import pairs, read_codes, read_patterns, report
from benchmarks.phases import Phases


def run(patterns: str, codes: str, answer: str | None) -> Measured:
    """Compile, match every code, and do so again."""
    rules, used = promo_codes(read_patterns(patterns), MatchMode.LI), read_codes(codes).to_list()
    phases = Phases()
    with phases("compile"):
        matcher = Matcher(languages(rules, Settings()))
    with phases("match"):
        found = [matcher.match_one(code) for code in used]
    with phases("again"):
        for code in used:
            matcher.match_one(code)
    places = [(place, index) for place, indices in enumerate(found) for index in indices]
    return report(phases, pairs([place for place, _ in places], [index for _, index in places]), answer)
