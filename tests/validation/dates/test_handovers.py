"""D007 and D008: one code, handed from partner to partner."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.program import Program
from attribution.validation.checks.dates.code_records import handovers
from attribution.validation.checks.dates.handover_gap import CHECK as GAP
from attribution.validation.checks.dates.handover_overlap import CHECK as OVERLAP
from attribution.validation.finding import Severity
from attribution.validation.subject import Subject
from tests.validation.literals.looking import AS_OF, about, look, promo


def handed(end: str | None, start: str | None, **fields: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """The old record, Amy's, and the new one, Bob's."""
    return promo("A1", end_date=end), promo("B1", partner="bob", start_date=start) | fields


@pytest.mark.parametrize(
    ("end", "start", "found"),
    [
        pytest.param("2026-05-31T23:59:59Z", "2026-06-01T00:00:00Z", False, id="last second to midnight"),
        pytest.param("2026-05-31T23:59:58.999999Z", "2026-06-01T00:00:00Z", True, id="a microsecond more"),
        pytest.param("2026-05-31T23:59:00Z", "2026-06-01T00:00:00Z", True, id="last minute to midnight"),
        pytest.param("2026-05-31", "2026-06-01", False, id="day to day"),
        pytest.param("2026-05-30", "2026-06-01", True, id="a day between"),
        pytest.param("2026-06-01T00:00:00Z", "2026-06-01T00:00:00Z", False, id="the same instant"),
        pytest.param("2026-05-01T00:00:00Z", "2026-06-01T00:00:00Z", True, id="31 days"),
        pytest.param("2026-05-01T00:00:00Z", "2026-06-01T00:00:00.000001Z", False, id="more is a rest"),
        pytest.param("2026-05-31", None, False, id="open start"),
        pytest.param(None, "2026-06-01", False, id="open end"),
    ],
)
def test_time_between_two_partners_records_of_a_code_is_a_gap(end: str | None, start: str | None, found: bool) -> None:
    old, new = handed(end, start)
    assert about(GAP, old, new) == ([["A1", "B1"]] if found else [])
    assert about(GAP, new, old) == ([["A1", "B1"]] if found else [])


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        pytest.param({}, 1, id="same code"),
        pytest.param({"partner_id": "amy"}, 0, id="same partner"),
        pytest.param({"code": "save10"}, 0, id="another letter case"),
        pytest.param({"match_mode": "RE"}, 0, id="a pattern after a literal"),
        pytest.param({"program_id": "2"}, 1, id="of one program, after all"),
        pytest.param({"state": "INACTIVE"}, 0, id="never active"),
    ],
)
def test_a_gap_is_between_records_of_the_same_code(fields: dict[str, Any], found: int) -> None:
    assert len(about(GAP, *handed("2026-05-30", "2026-06-01", **fields))) == found


def test_letter_case_counts_as_it_does_for_matching() -> None:
    codes = handed("2026-05-30", "2026-06-01", code="save10")
    assert len(about(GAP, *codes, literal_case="insensitive")) == 1
    patterns = [code | {"match_mode": "RE"} for code in codes]
    assert about(GAP, *patterns, literal_case="insensitive") == []
    assert len(about(GAP, *(code | {"code": "S.*"} for code in patterns))) == 1


def test_codes_of_other_programs_are_not_handed_over() -> None:
    old, new = handed("2026-05-30", "2026-06-01", program_id="2")
    assert about(GAP, old | {"program_id": "1"}, new) == []
    assert len(about(GAP, old | {"program_id": "2"}, new)) == 1


def test_a_gap_that_a_third_record_fills_is_none() -> None:
    old, new = handed("2026-05-30", "2026-06-01")
    filling = promo("C1", partner="carl", end_date="2026-05-31")
    assert about(GAP, old, new, filling) == []
    assert len(about(GAP, old, new, filling | {"program_id": "2"})) == 1
    assert about(GAP, old | {"program_id": "1"}, new | {"program_id": "1"}, filling) == []


def test_the_message_of_a_gap_says_how_long_it_is() -> None:
    [notice] = look(GAP, *handed("2026-05-31T12:00:00Z", "2026-06-01T00:00:00Z"))
    assert notice.message == (
        "promo code 'A1' (SAVE10) of partner 'amy' ends at 2026-05-31 12:00:00 UTC, and 'B1' (SAVE10) of partner 'bob' "
        "starts at 2026-06-01 00:00:00 UTC: for 12 hours nobody has the code"
    )
    assert notice.facts == {"from": "2026-05-31T12:00:00Z", "to": "2026-06-01T00:00:00Z", "seconds": 43200.0}


@pytest.mark.parametrize(
    ("old", "new", "severity"),
    [
        pytest.param((None, "2026-06-01T00:00:00Z"), ("2026-06-01T00:00:00Z", None), Severity.INFO, id="one instant"),
        pytest.param((None, "2026-05-31T23:59:59.999999Z"), ("2026-06-01T00:00:00Z", None), None, id="none"),
        pytest.param((None, "2026-06-01T00:00:00.000001Z"), ("2026-06-01T00:00:00Z", None), Severity.WARNING, id="two"),
        pytest.param((None, None), ("2026-06-01", None), Severity.WARNING, id="never ended"),
        pytest.param((None, "2026-12-31"), ("2026-06-01", "2026-12-31"), Severity.WARNING, id="both end together"),
        pytest.param(
            (None, "2026-12-31"), ("2026-06-01", "2026-12-30"), None, id="the old one goes on after the new one"
        ),
        pytest.param((None, None), (None, None), None, id="both for ever"),
        pytest.param(("2026-06-01", None), ("2026-06-01", None), None, id="both start together"),
    ],
)
def test_an_old_record_that_goes_on_is_an_overlap(
    old: tuple[str | None, str | None], new: tuple[str | None, str | None], severity: Severity | None
) -> None:
    first = promo("A1", start_date=old[0], end_date=old[1])
    second = promo("B1", partner="bob", start_date=new[0], end_date=new[1])
    for codes in ((first, second), (second, first)):
        found = [notice.severity or OVERLAP.severity for notice in look(OVERLAP, *codes)]
        assert found == ([] if severity is None else [severity])


@pytest.mark.parametrize(
    ("end", "until", "to"),
    [
        pytest.param("2026-06-15", "until 2026-06-15 23:59:59 UTC", "2026-06-15T23:59:59.999999Z", id="until a day"),
        pytest.param(None, "for good", None, id="for good"),
        pytest.param("2026-06-01T00:00:00Z", "at that instant", "2026-06-01T00:00:00Z", id="an instant"),
    ],
)
def test_the_message_of_an_overlap_says_how_long_and_who_precedes(end: str | None, until: str, to: str | None) -> None:
    [notice] = look(OVERLAP, *handed(end, "2026-06-01T00:00:00Z"))
    assert notice.message == (
        "promo code 'A1' (SAVE10) of partner 'amy' goes on when 'B1' (SAVE10) of partner 'bob' takes over at "
        f"2026-06-01 00:00:00 UTC: both match {until}, and the one that starts later precedes"
    )
    assert notice.help == "end it before the other starts, at 2026-05-31T23:59:59Z"
    assert notice.facts == {"from": "2026-06-01T00:00:00Z", "to": to}
    assert notice.field == "end_date"


def test_dates_at_the_beginning_of_time_do_no_harm() -> None:
    [notice] = look(OVERLAP, *handed(None, "0001-01-01T00:00:00.000001Z"))
    assert notice.help.endswith("at 0001-01-01T00:00:00Z")


DAY_ONE = datetime(2026, 6, 1, tzinfo=UTC)
DAYS = [DAY_ONE + timedelta(days=day) for day in range(6)]
records = st.fixed_dictionaries(
    {
        "partner": st.sampled_from("ab"),
        "program_id": st.sampled_from(["1", "2", None]),
        "start_date": st.sampled_from(DAYS),
        "end_date": st.sampled_from(DAYS),
    }
)


def expected(codes: list[dict[str, Any]]) -> set[tuple[int, int]]:
    """Each record with the one before it, found by trying all."""
    active = [at for at, code in enumerate(codes) if code["start_date"] <= code["end_date"]]
    pairs = set()
    for at in active:
        here = codes[at]
        before = [
            other
            for other in active
            if (codes[other]["start_date"], codes[other]["end_date"], other)
            < (here["start_date"], here["end_date"], at)
            and (None in (programs := {codes[other]["program_id"], here["program_id"]}) or len(programs) == 1)
        ]
        if here["program_id"] is None:
            before = [other for other in before if codes[other]["program_id"] is None] or before
        if before:
            last = max(codes[other]["end_date"] for other in before)
            pairs |= {(other, at) for other in before if codes[other]["end_date"] == last}
    return pairs


@given(st.lists(records, min_size=1, max_size=7))
def test_a_record_follows_the_one_that_ends_last_of_those_before_it(fields: list[dict[str, Any]]) -> None:
    codes = [promo(str(at), **one) for at, one in enumerate(fields)]
    program = Program.model_validate({"promo_codes": codes})
    found = {(one.promo_code, two.promo_code) for one, two in handovers(Subject(program, as_of=AS_OF))}
    possible = expected(codes)
    assert found <= possible
    for at in range(len(codes)):
        before = [other for other, later in possible if later == at]
        handed_over = [
            codes[other]["partner_id"] != codes[at]["partner_id"]
            and codes[other]["start_date"] < codes[at]["start_date"]
            for other in before
        ]
        if handed_over and all(handed_over):
            assert any(later == at for _, later in found)
