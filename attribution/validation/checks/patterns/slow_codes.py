"""How a slow used code is told: the notice that exponential and polynomial backtracking share."""

from collections.abc import Iterator
from typing import Final

from attribution.matching.decider import TIMEOUT
from attribution.validation.backtracking import Growth, Slow
from attribution.validation.check import Notice, Severity, Subject
from attribution.validation.checks.patterns.hunting import Hunt, ends_by_itself
from attribution.validation.checks.patterns.pattern_reading import Readings, named

_SHOWN: Final = 40


def slow_patterns(subject: Subject, growth: Growth) -> Iterator[Notice]:
    """The patterns with a slow used code whose time grows like that.

    An error where the time limit is reached within the length of a used code and nothing takes over then: one order
    can stop the run.
    """
    known = subject.shared(Readings)
    for index, trial in subject.shared(Hunt).trials.items():
        slow = trial.slow
        if slow is None or slow.growth is not growth:
            continue
        stops = slow.limit is not None and not ends_by_itself(known, index)
        reach = "" if slow.limit is None else f", and some {slow.limit} characters reach the limit of {TIMEOUT:g} s"
        yield Notice(
            message=f"{named(subject, index)} backtracks {_how(slow)}: {_shortened(slow.used_code)} takes "
            f"{slow.seconds * 1000:.2g} ms{reach}",
            help="let no two repeats or alternatives read the same text, or say it without what P002 names",
            promo_codes=(index,),
            facts={
                "used_code": slow.used_code,
                "length": len(slow.used_code),
                "seconds": float(f"{slow.seconds:.2g}"),
                "prefix": slow.attack.prefix,
                "pump": slow.attack.pump,
                "suffix": slow.attack.suffix,
                "growth": str(slow.growth),
                "factor": None if slow.factor is None else round(slow.factor, 1),
                "degree": None if slow.degree is None else round(slow.degree, 1),
                "limit_length": slow.limit,
                "stops_run": stops,
            },
            severity=Severity.ERROR if stops else Severity.WARNING,
        )


def _how(slow: Slow) -> str:
    if slow.growth is Growth.POLYNOMIAL:
        return "like a polynomial" + ("" if slow.degree is None else f" (of degree {slow.degree:.1f})")
    if slow.factor is None:
        return "exponentially"
    return f"exponentially (each further {_shortened(slow.attack.pump)} takes {slow.factor:.1f} times as long)"


def _shortened(text: str) -> str:
    """The text quoted, or its beginning, its end and its length."""
    if len(text) <= _SHOWN:
        return repr(text)
    return f"{text[: _SHOWN - 10]!r}...{text[-6:]!r} ({len(text)} characters)"
