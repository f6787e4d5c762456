"""The language of a promo code: its text, match mode and the settings, read in one place."""

from enum import EnumMeta

import pytest

from attribution.matching import Matcher, PatternTimeoutError, decider
from attribution.matching.language import (
    FOLDED,
    KIND,
    NOTHING,
    RANK,
    SEARCHED,
    Language,
    LiteralText,
    PatternText,
    language,
)
from attribution.matching.patience import PatientMatcher
from attribution.program import PromoCode, Settings
from attribution.terms import LiteralCase, MatchMode, RegexMatch

SLOW = r"(?=(A|A)+B)\w+"


def read(code: str, match_mode: str, **settings: str) -> Language:
    fields = {"id": "1", "code": code, "match_mode": match_mode, "credit_rule": "ALWAYS", "partner_id": "p"}
    return language(PromoCode.model_validate(fields), Settings.model_validate(settings))


@pytest.mark.parametrize(
    ("table", "members"), [(RANK, MatchMode), (KIND, MatchMode), (FOLDED, LiteralCase), (SEARCHED, RegexMatch)]
)
def test_each_table_knows_every_word(table: dict[str, object], members: EnumMeta) -> None:
    assert list(table) == list(members)


ANY_CASE = {"literal_case": "insensitive"}


@pytest.mark.parametrize(
    ("code", "mode", "settings", "expected"),
    [
        pytest.param("Save\u212a", "LI", {}, LiteralText("Save\u212a", folded=False), id="a literal"),
        pytest.param("S\u212a", "LI", ANY_CASE, LiteralText("s\u212a", folded=True), id="any case"),
        pytest.param("Save", "RE", ANY_CASE, PatternText("Save", search=False), id="a pattern"),
        pytest.param("Save", "RE", {"regex_match": "search"}, PatternText("Save", search=True), id="searched for"),
        pytest.param("Save", "LI", {"regex_match": "search"}, LiteralText("Save", folded=False), id="not a literal"),
    ],
)
def test_text_and_settings_make_a_language(code: str, mode: str, settings: dict[str, str], expected: Language) -> None:
    assert read(code, mode, **settings) == expected


def test_a_literal_accepts_equal_used_codes() -> None:
    assert LiteralText("Save", folded=False).accepts("Save")
    assert not LiteralText("Save", folded=False).accepts("save")
    assert LiteralText("save", folded=True).accepts("SAVE")
    assert not LiteralText("k", folded=True).accepts("\u212a")


def test_a_literal_and_a_pattern_of_one_text_are_two_languages() -> None:
    assert LiteralText("A", folded=False) != PatternText("A", search=False)


def test_languages_that_are_compared_differently_may_be_matched_together() -> None:
    of_all_kinds = [
        LiteralText("save", folded=True), LiteralText("Save", folded=False), PatternText("av", search=True),
        PatternText("av", search=False), PatternText("S...", search=False), NOTHING,
    ]  # fmt: skip
    assert Matcher(of_all_kinds).match_one("Save") == (0, 1, 2, 4)
    assert Matcher(of_all_kinds).match_one("SAVE") == (0, 4)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decider, "TIMEOUT", 0.05)


@pytest.mark.usefixtures("impatient")
def test_a_patient_matcher_goes_on_without_what_takes_too_long() -> None:
    matcher = PatientMatcher([PatternText("A+", search=False), PatternText(SLOW, search=False)])
    assert matcher.do(lambda made: made.match_one("A" * 60)) == (0,)
    assert matcher.slow == [1]


@pytest.mark.usefixtures("impatient")
def test_patience_has_an_end() -> None:
    matcher = PatientMatcher([PatternText(SLOW, search=search) for search in (False, True)], ["a", "b"], most=1)
    with pytest.raises(PatternTimeoutError):
        matcher.do(lambda made: made.match_one("A" * 60))
