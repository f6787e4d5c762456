"""A table keyed by a closed set has all of its members: a member that is added fails here, not in front of a user."""

from collections.abc import Collection
from enum import StrEnum

import pytest

from attribution.cases.case_report import Status
from attribution.cases.case_wording import SIDES
from attribution.cli.test_command import SIGNS
from attribution.events.event_errors import ROW_PROBLEMS
from attribution.explaining.wording import CREDITED_BY, REASONS
from attribution.program.problem import Kind
from attribution.terms import CreditRule, Outcome, Reason, RowReason
from attribution.validation import unusable
from attribution.validation.check import Needs
from attribution.validation.checks.overlap.overlap import CONDITION
from attribution.validation.finding import Severity
from attribution.validation.formats import github, pages, sarif
from attribution.validation.program_reading import MISUSE


@pytest.mark.parametrize(
    ("keys", "members"),
    [
        pytest.param(github.LEVELS, Severity, id="levels of GitHub"),
        pytest.param(sarif.LEVELS, Severity, id="levels of SARIF"),
        pytest.param(pages.LOOKS_AT, Needs, id="what a page says a check looks at"),
        pytest.param(REASONS, Reason, id="what a reason means"),
        pytest.param(CREDITED_BY, Outcome, id="what a partner is credited by"),
        pytest.param(SIGNS, Status, id="cases in a line"),
        pytest.param(SIDES, Status, id="the two values of a difference"),
        pytest.param(ROW_PROBLEMS, RowReason, id="what is wrong with a row"),
        pytest.param(CONDITION, CreditRule, id="conditions of overlapping promo codes"),
    ],
)
def test_a_table_has_every_member(keys: Collection[StrEnum], members: type[StrEnum]) -> None:
    assert set(keys) == set(members)


def test_a_kind_of_problem_is_a_finding_or_misuse() -> None:
    assert unusable.CODES.keys() | MISUSE == set(Kind)
    assert unusable.CODES.keys() & MISUSE == set()
