"""The clock's verdict on used codes that may be slow: how long `regex` really takes, and how that grows.

Time is processor time of this thread, and the bounds are multiples of a piece of work of the same kind, timed on the
same machine: how fast the machine is cancels out. A code is slow if at no more than 255 characters it takes as long
as some 200,000 steps of backtracking, about 25 ms: ten thousand times as long as usual. Growth is told by the local
degree, the slope of the time over the number of pumps, both as logarithms, between the first count whose time is clear
of noise and the last: of a polynomial it is the degree (2 to 5 in practice), of an exponential the logarithm of the
steps, 8 or more when measured. The border is at 6 where the ways to read the code grow exponentially, which `regex`
may have defused, and out of reach where they do not. What is slow from some length on but grows no further is let pass.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from math import ceil, exp, log
from typing import Final

import regex

from attribution.patterns import compile
from attribution.validation.backtracking.ambiguity import Attack, attacks

LONGEST: Final = 255
"""Characters that a used code has at most on the platform."""
WORDS: Final = 8
_BORDER: Final = 6.0
_FAR_BORDER: Final = 9.0
_SLOW: Final = 50
_CLEAR: Final = 25
_LEAST_DEGREE: Final = 1.3
_ENOUGH: Final = 16
_LEAST_PUMPS: Final = 4
_PATIENCE: Final = 0.06
_SURE: Final = 0.002


class Growth(StrEnum):
    """How the time grows with the length."""

    EXPONENTIAL = "exponential"
    POLYNOMIAL = "polynomial"


@dataclass(frozen=True, slots=True)
class Slow:
    """A slow used code: `attack.text(pumps)` took `seconds`; `earlier` is such a pair that was quicker.

    `degree` is that of the polynomial, `factor` what each further pump multiplies the time by; the other is None, and
    both are where the time exceeds all patience at once.
    `limit` is the length at which the time limit for one used code is reached; None beyond 255 characters, or unknown.
    """

    attack: Attack
    pumps: int
    seconds: float
    earlier: tuple[int, float]
    growth: Growth
    degree: float | None
    factor: float | None
    limit: int | None

    @property
    def used_code(self) -> str:
        """The used code that was timed."""
        return self.attack.text(self.pumps)


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of trying a pattern: the slow used code, if one was found; `finished` unless time ran out before."""

    slow: Slow | None
    finished: bool


def slow_used_code(pattern: str, hoisted: str, *, search: bool, limit: float, budget: float) -> Trial:
    """Look for a used code on which the pattern is slow, for about `budget` seconds of this thread.

    `limit` are the seconds that a used code may take when a program is run.
    """
    match = _match(pattern, search=search)
    end = time.thread_time() + budget
    for attack in attacks(hoisted, WORDS):
        if time.thread_time() > end:
            return Trial(None, finished=False)
        if (slow := _verdict(match, attack, limit)) is not None:
            return Trial(slow, finished=True)
    return Trial(None, finished=True)


def confirmed(pattern: str, slow: Slow, *, search: bool) -> bool:
    """Whether another pattern is as slow, give or take a factor of 3; tried with fewer pumps, which takes less time."""
    pumps, expected = slow.earlier
    seconds = seconds_of(_match(pattern, search=search), slow.attack.text(pumps), 10 * expected)
    return seconds is None or seconds * 3 > expected


def _match(pattern: str, *, search: bool) -> Callable[..., object]:
    compiled = compile(pattern)
    return compiled.search if search else compiled.fullmatch


def _verdict(match: Callable[..., object], attack: Attack, limit: float) -> Slow | None:
    """How slow the attack is; None where it is not."""
    most = attack.most(LONGEST)
    if most < _LEAST_PUMPS or seconds_of(match, attack.text(most), _SLOW * unit()) is not None:
        return None
    points = list(_points(match, attack, most))
    if not points or points[-1][1] < _CLEAR / 2 * unit():
        return None
    if len(points) > 2 and points[-1][1] >= _PATIENCE:
        points.pop()  # of that one the time is not known
    return _slow(attack, points[0], points[-1], limit)


def _points(match: Callable[..., object], attack: Attack, most: int) -> Iterator[tuple[int, float]]:
    """Numbers of pumps and their times, from one that is clear of noise to one that is clearly slow."""
    pumps, found = _LEAST_PUMPS, 0
    while True:
        seconds = seconds_of(match, attack.text(pumps), _PATIENCE)
        if seconds is None:
            yield pumps, _PATIENCE
            return
        if seconds >= unit():
            found += 1
            yield pumps, seconds
        if pumps == most or found == _ENOUGH or (found > 1 and seconds >= _CLEAR * unit()):
            return
        pumps = min(most, pumps + max(1, pumps // 8))


def seconds_of(match: Callable[..., object], used_code: str, patience: float) -> float | None:
    """Seconds of processor time for one used code, the better of two where it is quick; None beyond `patience`."""
    best = patience
    for _ in range(2):
        start = time.thread_time()
        try:
            match(used_code, timeout=patience)
        except (TimeoutError, MemoryError):
            return None
        best = min(best, time.thread_time() - start)
        if best > _SURE:
            break
    return max(best, 1e-7)


@lru_cache(maxsize=1)
def unit() -> float:
    """Seconds for some 4,000 steps of backtracking on this machine: about 0.6 ms."""
    match = regex.compile("(?:A|A)*B", regex.VERSION0).fullmatch
    found = [seconds_of(match, "A" * 12 + "!B", 1.0) for _ in range(3)]
    return min(seconds for seconds in found if seconds is not None)


def _slow(attack: Attack, first: tuple[int, float], last: tuple[int, float], limit: float) -> Slow | None:
    """The verdict from two points and the slope between them; None where there is next to none."""
    pumps, seconds = last
    rise = log(seconds / first[1])
    degree = rise / log(pumps / first[0]) if first[0] < pumps else None
    if degree is not None and degree < _LEAST_DEGREE:
        return None
    factor, needed = None, float(LONGEST + 1)
    if degree is None:  # how many more pumps reach the limit is not known
        growth = Growth.EXPONENTIAL if attack.exponential else Growth.POLYNOMIAL
    elif degree > (_BORDER if attack.exponential else _FAR_BORDER):
        growth, factor, degree = Growth.EXPONENTIAL, exp(rise / (pumps - first[0])), None
        needed = pumps + max(0.0, log(limit / seconds) / log(factor))
    else:
        growth = Growth.POLYNOMIAL
        needed = pumps * (limit / seconds) ** (1 / degree)
    length = len(attack.text(ceil(needed)))
    return Slow(
        attack=attack,
        pumps=pumps,
        seconds=seconds,
        earlier=first,
        growth=growth,
        degree=degree,
        factor=factor,
        limit=length if length <= LONGEST else None,
    )
