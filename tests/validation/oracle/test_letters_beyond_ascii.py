"""Patterns on which findings and brute force once disagreed: letters beyond ASCII, and white space."""

import pytest

from attribution.validation.finding import Finding
from tests.validation.oracle.judging import Judged
from tests.validation.oracle.judging_patterns import patterns


def world(pattern: str, regex_match: str = "full", literal_case: str = "sensitive") -> Judged:
    """A program of the pattern and a literal that has nothing to do with it."""
    codes = (("A1", pattern, "RE", "amy"), ("B1", "ZZZ", "LI", "bob"))
    rows = [
        {"id": number, "code": code, "match_mode": mode, "credit_rule": "INVOLVED", "partner_id": partner}
        for number, code, mode, partner in codes
    ]
    settings = {"regex_match": regex_match, "literal_case": literal_case}
    return Judged({"settings": settings, "promo_codes": rows})


def one(judged: Judged, check: str) -> Finding:
    (finding,) = judged.of(check)
    assert list(patterns(judged)) == []
    return finding


@pytest.mark.parametrize("regex_match", ["full", "search"])
@pytest.mark.parametrize(
    ("pattern", "used_code"),
    [("É[0-9]+", "XÉ1"), ("é", "Xé"), (".*é", "éX"), ("[ÄÖ]X?", "XÄ"), ("a{1,2}?ſ\\Z", "Xaſ")],
)
def test_an_unanchored_pattern_of_letters_beyond_ascii_is_found(pattern: str, used_code: str, regex_match: str) -> None:
    assert one(world(pattern, regex_match), "P008").facts["used_code"] == used_code


def test_a_blank_may_stand_behind_the_first_character_of_what_tells_full_and_search_apart() -> None:
    assert one(world(r"\S*", "search"), "P008").facts["used_code"] == "X X"


def test_a_used_code_that_tells_full_and_search_apart_is_stripped() -> None:
    assert list(patterns(world(r"(?i:\n){2,}", "search"))) == []


@pytest.mark.parametrize("pattern", ["^^é1$", "^(?i)^é1$", "^^\\x41*ſ-$"])
def test_of_doubled_anchors_before_letters_beyond_ascii_one_is_needed(pattern: str) -> None:
    assert one(world(pattern), "P009").facts["anchors"] == ["^"]


@pytest.mark.parametrize("text", ["ſ-", "\u212a\u212a", "ÉÀ"])
def test_letters_beyond_ascii_have_no_case_for_literals(text: str) -> None:
    judged = world(text, literal_case="insensitive")
    assert one(judged, "P007").facts["case_would_change"] is False
    assert judged.of("P010") == []


def test_the_other_case_of_a_used_code_is_that_of_its_ascii_letters() -> None:
    facts = one(world("ÉTÉ-[0-9]", literal_case="insensitive"), "P010").facts
    assert (facts["matched"], facts["missed"]) == ("ÉTÉ-1", "ÉtÉ-1")


def test_a_used_code_shown_for_its_letter_case_is_stripped() -> None:
    assert world(" ſA\\Z", "search", "insensitive").of("P010") == []


def test_repeats_of_letters_beyond_ascii_are_hunted_through_without_a_fall() -> None:
    assert list(patterns(world("(?:é|é)*+B"))) == []
