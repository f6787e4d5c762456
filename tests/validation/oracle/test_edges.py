"""Edges that random small programs seldom meet, against the same brute force."""

import pytest

from tests.validation.oracle.judging import Judged, overlaps, shadows
from tests.validation.oracle.judging_patterns import patterns
from tests.validation.oracle.oracle import INSTANTS, Row


def two(first: Row, second: Row) -> Judged:
    """A program of two promo codes, A1 and B1, both of which are patterns unless they say otherwise."""
    common: Row = {"match_mode": "RE", "credit_rule": "ALWAYS"}
    rows = [{**common, "id": "A1", "partner_id": "amy", **first}, {**common, "id": "B1", "partner_id": "bob", **second}]
    return Judged({"promo_codes": rows})


def agrees(judged: Judged) -> bool:
    return not [*overlaps(judged), *shadows(judged, frozenset({"B1"})), *patterns(judged)]


def test_a_promo_code_that_starts_as_the_other_ends_overlaps_at_that_instant() -> None:
    at = INSTANTS[2].isoformat()
    judged = two({"code": "A+", "end_date": at}, {"code": "Aa?", "start_date": at, "match_mode": "RE"})
    (finding,) = judged.of("O001")
    assert (finding.facts["at"], agrees(judged)) == ("2026-03-03T12:00:00Z", True)


@pytest.mark.parametrize(("first", "second"), [("A", r"\s?A"), ("A", r"A\n?"), ("A1", " ?A1 ?")])
def test_white_space_at_an_end_does_not_keep_a_promo_code_alive(first: str, second: str) -> None:
    judged = two({"code": first}, {"code": second})
    assert [finding.promo_codes for finding in judged.of("O003")] == [("B1", "A1")]
    assert agrees(judged)


@pytest.mark.parametrize("code", [r"\s+", " ", r"\A\n\Z"])
def test_a_pattern_of_white_space_overlaps_with_nothing(code: str) -> None:
    judged = two({"code": ".*"}, {"code": code})
    assert {finding.check for finding in judged.findings if finding.promo_codes[0] == "B1"} == {"P014"}
    assert agrees(judged)


def test_a_literal_that_begins_with_white_space_overlaps_with_nothing() -> None:
    judged = two({"code": " A", "match_mode": "LI"}, {"code": ".*A"})
    assert judged.of("O001") == judged.of("O003") == []
    assert agrees(judged)


def test_a_newline_within_a_used_code_is_matched_by_a_dot_only_with_the_flag() -> None:
    assert two({"code": "A\nA", "match_mode": "LI"}, {"code": "A.A"}).of("O001") == []
    assert two({"code": "A\nA", "match_mode": "LI"}, {"code": "(?s)A.A"}).of("O001")


def test_a_used_code_of_the_greatest_length_is_found() -> None:
    (finding,) = two({"code": "A{255}"}, {"code": "[A-B]{200,255}1?"}).of("O001")
    assert finding.facts["used_code"] == "A" * 255
