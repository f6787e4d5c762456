"""Matching that goes on without the patterns that take too long.

A pattern that runs for ever over some used code stops crediting, and rightly so. Validation has to get past it, to
say what else is there to be said.
"""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple, TypeVar

from attribution.matching import Matcher, PatternTimeoutError
from attribution.matching.matcher import MatchSettings, PromoCodeText
from attribution.terms import MatchMode

GIVEN_UP: Final = 10
"""Patterns; with more of them that take too long, the error is raised after all."""

Done = TypeVar("Done")


class Rule(NamedTuple):
    """The text of one promo code."""

    id: str
    code: str
    match_mode: MatchMode


def patiently(
    promo_codes: Sequence[PromoCodeText], settings: MatchSettings, work: Callable[[Matcher], Done]
) -> tuple[Done, tuple[int, ...]]:
    """Do the work with a matcher of the promo codes; once more without each pattern that takes too long.

    Returns what it made, and the indices of the promo codes that were left out: to that matcher, they match nothing.
    """
    rules: list[PromoCodeText] = list(promo_codes)
    slow: list[int] = []
    while True:
        try:
            return work(Matcher(rules, settings)), tuple(sorted(slow))
        except PatternTimeoutError as error:
            if len(slow) == GIVEN_UP:
                raise
            slow.append(next(at for at, rule in enumerate(rules) if rule.id == error.promo_code_id))
            rules[slow[-1]] = Rule(error.promo_code_id, " ", MatchMode.LI)  # no used code is blank
