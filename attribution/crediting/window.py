"""Which referrals count for a conversion, in which order they stand, and which of them wins (specification, section 3).

A referral is in the path of a conversion at `t` when it is of the conversion's program and its time lies in the closed
window [t - lookback, t], in elapsed time. A referral without a program is of every program; a conversion without a
program takes every referral. The path is in the order of (time, click id, partner), a missing click id before any
other; the last one wins.

`place` and `path_of` answer for single records, `Referrals.within` for whole batches.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

PathClick = tuple[datetime, str, str]
"""A click as it is ordered in a path: (event_time, click_id or "", partner_id)."""

EVERY_PROGRAM: Final = -1
"""The program number of a referral, or of a conversion, that names none."""

_new: Final = tuple.__new__  # half the time of a named tuple's own constructor, and this is called per order
_FIRST: Final = datetime.min.replace(tzinfo=UTC)

Numbers = NDArray[np.int64]


class Place(StrEnum):
    """Where a click of the customer stands: in the click path, its last click, or why it is in none."""

    IN_PATH = "IN_PATH"
    LAST = "LAST"
    TOO_OLD = "TOO_OLD"
    AFTER = "AFTER"
    OTHER_PROGRAM = "OTHER_PROGRAM"


class Path(NamedTuple):
    """A click path: the time and the partner of its last click, the partners in it and its length."""

    last_time: datetime | None
    winner: str | None
    partners: set[str]
    clicks: int


EMPTY_PATH: Final = Path(None, None, set(), 0)


def window_start(at: datetime, lookback: timedelta) -> datetime:
    """The earliest instant whose clicks count for a conversion at `at`."""
    try:
        return at - lookback
    except OverflowError:
        return _FIRST


def of_program(click_program: str | None, program_id: str | None) -> bool:
    """Whether a click of one program counts for a conversion of another: where either names none, it does."""
    return click_program is None or program_id is None or click_program == program_id


def place(
    time: datetime, click_program: str | None, at: datetime, program_id: str | None, lookback: timedelta
) -> Place:
    """Where one of the customer's clicks stands for a conversion at `at`; which one is last is for the path to say."""
    if not of_program(click_program, program_id):
        return Place.OTHER_PROGRAM
    if time > at:
        return Place.AFTER
    return Place.TOO_OLD if time < window_start(at, lookback) else Place.IN_PATH


def path_of(clicks: Sequence[PathClick], at: datetime, lookback: timedelta) -> Path:
    """The path among clicks of the conversion's customer and program, in any order."""
    if not clicks:
        return EMPTY_PATH
    earliest = window_start(at, lookback)
    latest = max(clicks)
    if latest[0] > at or min(clicks)[0] < earliest:
        clicks = [click for click in clicks if earliest <= click[0] <= at]
        if not clicks:
            return EMPTY_PATH
        latest = max(clicks)
    return _new(Path, (latest[0], latest[2], {click[2] for click in clicks}, len(clicks)))


class Spans(NamedTuple):
    """For each conversion of a batch the places of its path among sorted referrals: from `first` up to before `stop`.

    The row before `stop` is the last click, the row at `first` the first one, their distance the path's length.
    """

    first: Numbers
    stop: Numbers

    @property
    def clicks(self) -> Numbers:
        """How many clicks each path has."""
        return self.stop - self.first


class Referrals(NamedTuple):
    """The referrals of many customers, those of customer `n` at the places `starts[n]` up to before `starts[n + 1]`.

    Those of one customer are in path order. `time` is in microseconds since 1970 in UTC, `partner` and `program` are
    numbers, the latter `EVERY_PROGRAM` where a referral names none.
    """

    starts: Numbers
    time: Numbers
    partner: NDArray[np.uint32]
    program: NDArray[np.int32]

    def within(self, customer: Numbers, earliest: Numbers, latest: Numbers) -> Spans:
        """The referrals of each customer (-1: nobody) from `earliest` to `latest`, both included.

        Binary search, all conversions at once: time and memory follow the conversions and the referrals, never their
        product, however many of both one customer has.
        """
        known = customer >= 0
        low = np.where(known, self.starts[customer], 0)
        high = np.where(known, self.starts[customer + 1], 0)
        first = _first_place(self.time, low, high, earliest)
        return Spans(first, _first_place(self.time, first, high, latest + 1))

    def of(self, chosen: Numbers, group: Numbers, groups: int) -> "Referrals":
        """The chosen ones, in groups of another kind; `group` is ascending, and `chosen` is in path order in each."""
        starts = np.concatenate([[0], np.cumsum(np.bincount(group, minlength=groups))])
        return Referrals(starts, self.time[chosen], self.partner[chosen], self.program[chosen])


def _first_place(times: Numbers, low: Numbers, high: Numbers, wanted: Numbers) -> Numbers:
    """Of each range of places, in which times ascend, the first with a time that is not before the wanted one."""
    low, high = low.copy(), high.copy()
    open_ = np.flatnonzero(low < high)
    while len(open_):
        middle = (low[open_] + high[open_]) >> 1
        before = times[middle] < wanted[open_]
        low[open_] = np.where(before, middle + 1, low[open_])
        high[open_] = np.where(before, high[open_], middle)
        open_ = open_[low[open_] < high[open_]]
    return low
