"""What came of the cases: passed, failed, or the two evaluators at odds; and what the cases covered."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from attribution.cases.case import Case
from attribution.cases.case_compare import Difference
from attribution.cases.case_coverage import Coverage
from attribution.json_values import json_fields


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

    def to_dict(self) -> dict[str, Any]:
        """The result in the values of JSON."""
        return {
            **json_fields(self.case, "name", "file", "line"),
            "status": self.status.name,
            "differences": [one.to_dict() for one in self.differences],
            **json_fields(self, "explanation"),
        }


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

    def to_dict(self) -> dict[str, Any]:
        """The report in the values of JSON: how many cases have each status, the cases, and the coverage if any."""
        return {
            **{status.name.lower(): len(self.of(status)) for status in Status},
            "not_selected": self.left_out,
            "cases": [result.to_dict() for result in self.results],
            **({"coverage": [one.to_dict() for one in self.coverage]} if self.coverage else {}),
        }
