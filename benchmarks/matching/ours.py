"""Ours: the matcher alone."""

from attribution.matching import Matcher
from attribution.matching.language import languages
from attribution.program import PromoCode, Settings
from attribution.terms import CreditRule, MatchMode
from benchmarks.cases import Measured
from benchmarks.matching.pairs import pairs, read_codes, read_patterns, report
from benchmarks.phases import Phases


def promo_codes(texts: list[str], mode: MatchMode) -> list[PromoCode]:
    """Promo codes of these texts."""
    return [
        PromoCode.model_construct(
            id=str(at), code=text, match_mode=mode, credit_rule=CreditRule.ALWAYS, partner_id="1", program_id=None
        )
        for at, text in enumerate(texts)
    ]


def run(patterns: str, codes: str, answer: str | None, mode: str = "RE") -> Measured:
    """Compile, match, and match again: the second time nothing is built any more."""
    rules, series = promo_codes(read_patterns(patterns), MatchMode(mode)), read_codes(codes)
    phases = Phases()
    with phases("compile"):
        matcher = Matcher(languages(rules, Settings()))
    with phases("match"):
        found = matcher.match_column(series)
    with phases("again"):
        matcher.match_column(series)
    return report(phases, pairs(*found), answer)
