"""When promo codes are active, as periods that can be compared: both ends inclusive, an open end as far as dates go."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final, NamedTuple

from attribution.program import PromoCode

FIRST: Final = datetime.min.replace(tzinfo=UTC)
LAST: Final = datetime.max.replace(tzinfo=UTC)


class Period(NamedTuple):
    """From the first instant to the last."""

    start: datetime
    end: datetime

    def overlaps(self, other: "Period") -> bool:
        """Whether both have an instant in common."""
        return self.start <= other.end and other.start <= self.end


def period(code: PromoCode) -> Period | None:
    """When a promo code is active; None for one that never is."""
    if code.start_date is None and code.end_date is None:
        return None if code.never_active else Period(FIRST, LAST)
    start, end = code.start_date or FIRST, code.end_date or LAST
    return None if end < start or code.never_active else Period(start, end)


def dates_are_the_deals(code: PromoCode) -> bool:
    """Whether the dates of a promo code are those of its deal."""
    return code.deal is not None and code.deal.synch_ads_promo_codes


class Periods:
    """Periods of some promo codes, to ask which of them overlaps another period: O(log n) each."""

    def __init__(self, members: Iterable[tuple[Period, int]]) -> None:
        """Members are periods with the index of their promo code."""
        in_order = sorted(members)
        self._starts = [own.start for own, _ in in_order]
        self._longest: list[tuple[datetime, int]] = []
        for own, index in in_order:
            # of those that begin up to here, the one that ends last, and of several the first
            last = self._longest[-1] if self._longest else (FIRST, index)
            self._longest.append(last if self._longest and last[0] >= own.end else (own.end, index))

    def overlapping(self, asked: Period) -> int | None:
        """The index of a promo code active at some time of the period, of those begun then the last to end."""
        begun = bisect_right(self._starts, asked.end)
        if not begun:
            return None
        end, index = self._longest[begun - 1]
        return index if end >= asked.start else None
