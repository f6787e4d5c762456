"""The family as a whole: pages, codes, recipes of the platform, many patterns."""

import re
import time
from random import Random

import pytest
import yaml

from attribution.program import Program
from attribution.program.program_error import ProgramError
from attribution.validation.check import Check
from attribution.validation.checks import family
from attribution.validation.finding import Severity
from attribution.validation.subject import Subject
from benchmarks.make.patterns import mixed
from tests.validation.patterns.programs import AS_OF, subject

CHECKS = family("patterns")

LOADED = [pytest.param(check, id=check.code) for check in CHECKS if check.code != "P001"]
RECIPES = ("^(SUMMER).*", "^.*(WINTER)$", "^(?i)(SPRING).*", "^(?i).*(AUTUMN)$")


def firing(program: str) -> set[str]:
    looked_at = Subject(Program.model_validate(yaml.safe_load(program)), as_of=AS_OF)
    return {check.code for check in CHECKS if list(check.find(looked_at))}


def test_codes_are_in_order_and_distinct() -> None:
    assert [check.code for check in CHECKS] == [f"P{number:03}" for number in range(1, 16)]
    assert len({check.slug for check in CHECKS}) == len(CHECKS)


@pytest.mark.parametrize("check", LOADED)
def test_an_example_triggers_its_check_and_no_other_of_the_family(check: Check) -> None:
    # What backtracks for long runs under a timeout, so P003 and P004 never come alone.
    also = {"P002"} if check.code in {"P003", "P004"} else set()
    assert firing(check.example) == {check.code} | also


@pytest.mark.parametrize("check", LOADED)
def test_a_mended_program_is_silent_but_for_the_timeout_of_what_stays_irregular(check: Check) -> None:
    assert firing(check.mended) <= ({"P002"} if check.code in {"P003", "P004"} else set())


def test_the_example_of_an_invalid_pattern_is_refused_and_the_mended_one_is_not() -> None:
    check = CHECKS[0]
    with pytest.raises(ProgramError, match="pattern is not valid"):
        Program.model_validate(yaml.safe_load(check.example))
    assert firing(check.mended) == set()


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_a_page_names_every_fact_in_lines_of_at_most_a_hundred_characters(check: Check) -> None:
    assert max(map(len, check.why.splitlines())) <= 100
    if check.code == "P001":
        return
    looked_at = Subject(Program.model_validate(yaml.safe_load(check.example)), as_of=AS_OF)
    names = {name for notice in check.find(looked_at) for name in notice.facts}
    described = check.why
    shared = next(one.why for one in CHECKS if one.code == "P003") if check.code == "P004" else ""
    assert {name for name in names if not re.search(rf"\b{name}\b", described + shared)} == set()


@pytest.mark.parametrize("match", ["full", "search"])
@pytest.mark.parametrize("case", ["sensitive", "insensitive"])
def test_the_recipes_of_the_platform_get_no_finding_above_info(match: str, case: str) -> None:
    looked_at = subject(*RECIPES, literals=("SUMMER10",), rule="ALWAYS", regex_match=match, literal_case=case)
    found = {check.code: list(check.find(looked_at)) for check in CHECKS}
    expected = {"P010"} if case == "insensitive" else set()
    assert {code for code, notices in found.items() if notices} == expected
    assert [notice.severity for notice in found["P010"] if notice.severity not in {None, Severity.INFO}] == []


def test_ten_thousand_patterns_are_checked_in_seconds() -> None:
    looked_at = subject(*mixed(Random(1), 10_000).patterns, literals=("WINTER",), literal_case="insensitive")
    start = time.process_time()
    for check in CHECKS:
        list(check.find(looked_at))
    assert time.process_time() - start < 6, "0.5 s at the time of writing"
