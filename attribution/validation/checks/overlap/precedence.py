"""Why one promo code comes before another that the same used code satisfies."""

from typing import Final, NamedTuple

from attribution.matching.language import KIND
from attribution.program import PromoCode


class Why(NamedTuple):
    """The rule of precedence that decides: its name, and what it says of the first."""

    name: str
    says: str


_START: Final = Why("start_date", "it starts later")
_CREATED: Final = Why("created_date", "it was created later")
_ID: Final = Why("id", "its id is smaller")


def why(first: PromoCode, second: PromoCode) -> Why:
    """Why `first` precedes `second`, given that it does."""
    if first.match_mode is not second.match_mode:
        return Why("match_mode", f"a {KIND[first.match_mode]} comes before a {KIND[second.match_mode]}")
    if first.start_date != second.start_date:
        return _START
    return _CREATED if first.created_date != second.created_date else _ID
