"""Used codes that a pattern would match in another letter case, without white space, or as a part."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

import polars as pl

from attribution import patterns
from attribution.errors import PatternError
from attribution.matching.index.plan import Plan
from attribution.matching.matcher import MatchSettings
from attribution.program import Program
from attribution.terms import LiteralCase, MatchMode, RegexMatch
from attribution.validation.usage.candidates import candidates
from attribution.validation.usage.near_literals import NO_SPACE
from attribution.validation.usage.patience import Rule, patiently
from attribution.validation.usage.tables import Nearness

SHORTEST_PART: Final = 4
"""Characters that a pattern must spell out to be near what it matches a part of: `[A-Z]+` is a part of everything."""


class _Settings(NamedTuple):
    regex_match: RegexMatch
    literal_case: LiteralCase = LiteralCase.SENSITIVE


def near_patterns(program: Program, used_codes: pl.Series) -> Iterator[pl.DataFrame]:
    """Tables of `candidates` among the patterns, for distinct stripped used codes."""
    codes = enumerate(program.promo_codes)
    exact = {index: code.code for index, code in codes if code.match_mode is MatchMode.RE}
    if not exact:
        return
    settings = _Settings(program.settings.regex_match)
    lenient = {index: f"(?i){code}" for index, code in exact.items() if _is_pattern(f"(?i){code}")}
    yield candidates(_matches(lenient, settings, used_codes), Nearness.CASE)
    squeezed = pl.DataFrame({"text": used_codes, "squeezed": [code.translate(NO_SPACE) for code in used_codes]})
    squeezed = squeezed.filter(pl.col("text") != pl.col("squeezed"))
    for rules, nearness in ((exact, Nearness.WHITE_SPACE), (lenient, Nearness.CASE_AND_WHITE_SPACE)):
        found = _matches(rules, settings, squeezed["squeezed"].unique())
        yield candidates(squeezed.join(found, left_on="squeezed", right_on="text"), nearness)
    if settings.regex_match is RegexMatch.FULL:
        yield candidates(_matches(_spelled_out(exact), _Settings(RegexMatch.SEARCH), used_codes), Nearness.PART)


def _is_pattern(text: str) -> bool:
    try:
        patterns.check(text)
    except PatternError:
        return False
    return True


def _spelled_out(rules: Mapping[int, str]) -> dict[int, str]:
    """The patterns that match nothing without `SHORTEST_PART` characters in a row that they spell out."""
    plan = Plan(rules.items(), search=False)
    vague = {index for index, _ in (*plan.scanned, *plan.opaque)}
    vague.update(entry.promo for entry in plan.entries if len(entry.literal) < SHORTEST_PART)
    return {index: code for index, code in rules.items() if index not in vague}


def _matches(rules: Mapping[int, str], settings: MatchSettings, used_codes: pl.Series) -> pl.DataFrame:
    """`text`, `promo_index`; patterns that take too long match nothing."""
    named = [Rule(str(index), code, MatchMode.RE) for index, code in rules.items()]
    found, _ = patiently(named, settings, lambda matcher: matcher.match_column(used_codes))
    indices = pl.Series(list(rules), dtype=pl.UInt32)
    return found.select(text="used_code", promo_index=indices.gather(found["promo_index"]))
