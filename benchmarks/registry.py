"""All cases, in the order in which they run: the quick ones first."""

from collections.abc import Iterator

from benchmarks.cases import Case
from benchmarks.job.cases import job_cases
from benchmarks.matching.cases import matching_cases
from benchmarks.order.cases import order_cases
from benchmarks.startup.cases import startup_cases
from benchmarks.validation.cases import validation_cases


def all_cases(scale: float) -> Iterator[Case]:
    """Every case at a scale."""
    for cases in (startup_cases, order_cases, validation_cases, matching_cases, job_cases):
        yield from cases(scale)
