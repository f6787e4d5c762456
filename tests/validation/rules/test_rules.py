"""R001 to R003: whom promo codes credit, by which rule, in which program."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.validation.check import Check
from attribution.validation.checks import family
from attribution.validation.checks.rules.clicks_not_recorded import CHECK as CLICKS
from attribution.validation.checks.rules.mixed_programs import CHECK as PROGRAMS
from attribution.validation.checks.rules.partner_under_two_names import CHECK as NAMES
from attribution.validation.finding import Severity
from tests.validation.literals.looking import about, example_and_mend, look, promo

CHECKS = family("rules")


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_the_example_of_the_page_triggers_and_the_mended_one_does_not(check: Check) -> None:
    assert example_and_mend(check) == (1, 0)


def asking(rule: str = "WINNER", **fields: Any) -> dict[str, Any]:
    return promo("A2", credit_rule=rule, **fields)


@pytest.mark.parametrize(
    ("rule", "found"), [pytest.param("WINNER", 1), pytest.param("INVOLVED", 1), pytest.param("ALWAYS", 0)]
)
def test_a_rule_that_needs_clicks_is_found_beside_an_always_code(rule: str, found: int) -> None:
    assert len(look(CLICKS, promo("A1"), asking(rule))) == found


@pytest.mark.parametrize(
    ("always", "needing", "found"),
    [
        pytest.param("1", "1", 1, id="same program"),
        pytest.param("1", "2", 0, id="other programs"),
        pytest.param(None, "1", 1, id="always in all"),
        pytest.param("1", None, 1, id="needing in all"),
        pytest.param(None, None, 1, id="no programs"),
    ],
)
def test_both_are_in_one_program(always: str | None, needing: str | None, found: int) -> None:
    assert len(look(CLICKS, promo("A1", program_id=always), asking(program_id=needing))) == found


def test_both_are_of_one_partner() -> None:
    assert look(CLICKS, promo("A1", partner="bob"), asking()) == []


@pytest.mark.parametrize(
    ("always", "needing", "found"),
    [
        pytest.param((None, "2026-06-01T00:00:00Z"), ("2026-06-01T00:00:00Z", None), 1, id="one instant in common"),
        pytest.param(
            (None, "2026-05-31T23:59:59.999999Z"), ("2026-06-01T00:00:00Z", None), 0, id="one microsecond before"
        ),
        pytest.param(("2026-06-01T00:00:00Z", None), (None, "2026-06-01T00:00:00Z"), 1, id="the other way round"),
        pytest.param(
            ("2026-06-01T00:00:00.000001Z", None), (None, "2026-06-01T00:00:00Z"), 0, id="one microsecond after"
        ),
        pytest.param(("2026-06-03", "2026-06-02"), (None, None), 0, id="never active"),
        pytest.param((None, None), ("2026-06-03", "2026-06-02"), 0, id="itself never active"),
    ],
)
def test_both_are_active_at_one_time(
    always: tuple[str | None, str | None], needing: tuple[str | None, str | None], found: int
) -> None:
    first = promo("A1", start_date=always[0], end_date=always[1])
    assert len(look(CLICKS, first, asking(start_date=needing[0], end_date=needing[1]))) == found


def test_the_message_names_both_codes_and_the_rule() -> None:
    [notice] = look(CLICKS, promo("A1", "AMY10"), asking("INVOLVED", code="AMY20"))
    assert notice.message == (
        "promo code 'A2' (AMY20) is INVOLVED and needs clicks of partner 'amy', but the platform records none "
        "while that partner has an ALWAYS code, 'A1' (AMY10)"
    )
    assert notice.field == "credit_rule"
    assert notice.promo_codes == (1, 0)


small_codes = st.fixed_dictionaries(
    {
        "credit_rule": st.sampled_from(["ALWAYS", "WINNER"]),
        "partner": st.sampled_from("ab"),
        "program_id": st.sampled_from(["1", "2", None]),
        "start_date": st.sampled_from([f"2026-06-0{day}T00:00:00Z" for day in range(1, 6)]),
        "end_date": st.sampled_from([f"2026-06-0{day}T00:00:00Z" for day in range(1, 6)]),
    }
)


def have_common_time(one: dict[str, Any], other: dict[str, Any]) -> bool:
    start, end = max(one["start_date"], other["start_date"]), min(one["end_date"], other["end_date"])
    return all(code["start_date"] <= code["end_date"] for code in (one, other)) and bool(start <= end)


def is_blind(code: dict[str, Any], other: dict[str, Any]) -> bool:
    programs = {code["program_id"], other["program_id"]}
    rules = code["credit_rule"], other["credit_rule"]
    return (
        rules == ("WINNER", "ALWAYS")
        and code["partner_id"] == other["partner_id"]
        and (len(programs) == 1 or None in programs)
        and have_common_time(code, other)
    )


@given(st.lists(small_codes, min_size=1, max_size=8))
def test_those_codes_are_found_that_a_comparison_of_all_pairs_finds(fields: list[dict[str, Any]]) -> None:
    codes = [promo(str(at), **one) for at, one in enumerate(fields)]
    found = about(CLICKS, *codes)
    assert [one for one, _ in found] == [code["id"] for code in codes if any(is_blind(code, other) for other in codes)]
    assert all(is_blind(codes[int(one)], codes[int(other)]) for one, other in found)


def called(*partners: tuple[str, str | None]) -> list[dict[str, Any]]:
    return [promo(f"A{at}", partner=partner, partner_name=name) for at, (partner, name) in enumerate(partners, 1)]


@pytest.mark.parametrize(
    ("partners", "found", "severity"),
    [
        pytest.param([("1", "Amy"), ("1", "Amy"), ("2", "Bob")], [], None, id="each its name"),
        pytest.param([("1", "Amy"), ("1", "Bob")], [["A2", "A1"]], Severity.WARNING, id="one id, two names"),
        pytest.param([("1", "Bob"), ("1", "Amy"), ("1", "Amy")], [["A1", "A2"]], Severity.WARNING, id="the rarer name"),
        pytest.param([("1", "Amy"), ("1", " AMY ")], [["A2", "A1"]], Severity.INFO, id="one name spelled twice"),
        pytest.param([("1", "Amy Lee"), ("2", "amy\t LEE")], [["A2", "A1"]], Severity.WARNING, id="one name, two ids"),
        pytest.param([("2", "Amy"), ("1", "Amy"), ("1", "Amy")], [["A1", "A2"]], Severity.WARNING, id="the rarer id"),
        pytest.param([("1", None), ("1", "Amy"), ("2", None)], [], None, id="no name is no other name"),
        pytest.param([("1", "AmyLee"), ("2", "Amy Lee")], [], None, id="white space that tells names apart"),
    ],
)
def test_a_partner_has_one_name_and_a_name_one_partner(
    partners: list[tuple[str, str | None]], found: list[list[str]], severity: Severity | None
) -> None:
    codes = called(*partners)
    assert about(NAMES, *codes) == found
    assert [notice.severity or NAMES.severity for notice in look(NAMES, *codes)] == [severity] * len(found)


def test_each_further_name_is_found_once() -> None:
    codes = called(("1", "Amy"), ("1", "Amy"), ("1", "Bob"), ("1", "Bob"), ("1", "Carl"))
    assert about(NAMES, *codes) == [["A3", "A1"], ["A5", "A1"]]


def test_the_messages_name_both_names_or_both_ids() -> None:
    [names] = look(NAMES, *called(("1", "Amy"), ("1", "Amy"), ("1", "Bob")))
    assert names.message == "promo code 'A3' (SAVE10) calls partner '1' 'Bob', and 2 promo codes 'Amy'"
    assert names.facts == {"partner": "1", "names": ["Bob", "Amy"]}
    assert names.field == "partner_name"
    [ids] = look(NAMES, *called(("1", "Amy"), ("2", "amy")))
    assert ids.message == "promo code 'A2' (SAVE10) gives the partner 'amy' the id '2', and 1 promo code '1'"
    assert ids.facts == {"name": "amy", "partners": ["2", "1"]}
    assert ids.field == "partner_id"


def of_programs(*programs: str | None) -> list[dict[str, Any]]:
    return [promo(f"A{at}", program_id=program) for at, program in enumerate(programs, 1)]


@pytest.mark.parametrize(
    ("programs", "found"),
    [
        pytest.param(["1", "2", "1"], [], id="all name theirs"),
        pytest.param([None, None], [], id="none does"),
        pytest.param(["1", None, "2"], [["A2"]], id="one does not"),
        pytest.param(["1", None], [["A2"]], id="as many"),
        pytest.param([None, "1", None], [["A2"]], id="one does"),
        pytest.param([None, None, "1", "1", "2"], [["A1"], ["A2"]], id="a few do not"),
    ],
)
def test_the_fewer_of_codes_with_and_without_a_program_are_found(
    programs: list[str | None], found: list[list[str]]
) -> None:
    assert about(PROGRAMS, *of_programs(*programs)) == found


def test_the_message_counts_the_others() -> None:
    (without,) = look(PROGRAMS, *of_programs("1", None, "2"))
    assert without.message == (
        "promo code 'A2' (SAVE10) names no program and so counts in every one, while 2 of 3 promo codes name theirs"
    )
    (single,) = look(PROGRAMS, *of_programs(None, "1", None))
    assert single.message == (
        "promo code 'A2' (SAVE10) is of program '1', while 2 of 3 promo codes name none and so count there as well"
    )
    assert single.facts == {"program": "1", "without_program": 2, "promo_codes": 3}


def test_codes_of_the_families_are_in_order() -> None:
    assert all(first.code < second.code for first, second in pairwise(CHECKS))
