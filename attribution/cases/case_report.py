"""What came of the cases: passed, failed, or the two evaluators at odds; and what the cases covered."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from attribution.cases.case import Case
from attribution.cases.case_compare import Difference
from attribution.cases.case_coverage import Coverage


class Status(StrEnum):
    """What became of a case. At odds: the two evaluators differ, which is a fault of the engine, not of the case."""

    PASSED = "passed"
    FAILED = "failed"
    AT_ODDS = "at odds"


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case. `differences` and the `explanation` of its conversions, lines of text, are empty where it passed."""

    case: Case
    status: Status
    differences: tuple[Difference, ...] = ()
    explanation: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseReport:
    """All cases that ran, in the order of the files; `left_out` is how many were not selected.

    `coverage`: one for each program that the files name.
    """

    results: tuple[CaseResult, ...]
    left_out: int
    coverage: tuple[Coverage, ...]

    @property
    def passed(self) -> bool:
        """Whether every case did."""
        return all(result.status is Status.PASSED for result in self.results)

    def of(self, status: Status) -> Sequence[CaseResult]:
        """The results with that status."""
        return [result for result in self.results if result.status is status]
