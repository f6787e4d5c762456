"""Near misses: what keeps a used code and a promo code apart, and only that."""

import time
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution import Engine, Program
from attribution.explaining.near import NearMisses
from attribution.explaining.near_difference import Difference

AT = datetime(2026, 6, 1, tzinfo=UTC)
LI, RE = "LI", "RE"


def program(*promo_codes: dict[str, Any], **settings: Any) -> Program:
    plain = {"match_mode": LI, "credit_rule": "ALWAYS", "partner_id": "p", "code": "SAVE10"}
    codes = [{**plain, "id": str(number), **code} for number, code in enumerate(promo_codes)]
    return Program.model_validate({"settings": settings, "promo_codes": codes})


def differences(used_code: str, code: dict[str, Any], program_id: str | None = None, **settings: Any) -> list[str]:
    (miss,) = NearMisses(program(code, **settings)).of(used_code, at=AT, program_id=program_id)
    return [difference.value for difference in miss.differences]


@pytest.mark.parametrize(
    ("used_code", "code", "expected"),
    [
        pytest.param("save10", {}, ["CASE"], id="case of a literal"),
        pytest.param("save10", {"match_mode": RE, "code": "SAVE\\d+"}, ["CASE"], id="case of a pattern"),
        pytest.param("SAVE 10", {}, ["WHITE_SPACE"], id="a space in the used code"),
        pytest.param("SAVE10", {"code": "SAVE 10"}, ["WHITE_SPACE"], id="a space in the promo code"),
        pytest.param("SAVE10", {"code": " SAVE10"}, ["WHITE_SPACE"], id="a space before the promo code"),
        pytest.param("SA\u200bVE10", {}, ["WHITE_SPACE"], id="a zero-width space"),
        pytest.param("SAVE 10", {"match_mode": RE, "code": "SAVE\\d+"}, ["WHITE_SPACE"], id="a space and a pattern"),
        pytest.param("AB 1", {"match_mode": RE, "code": "[^a]B\\d"}, ["WHITE_SPACE"], id="a negation, case as it is"),
        pytest.param("XSAVE10", {"match_mode": RE, "code": "SAVE\\d+"}, ["PART"], id="a part"),
        pytest.param("xsave10", {"match_mode": RE, "code": "^.*(?i:SAVE)$"}, None, id="no part either"),
        pytest.param("save 10", {}, ["CASE", "WHITE_SPACE"], id="case and space"),
        pytest.param("SAVE10", {"start_date": "2026-06-02"}, ["NOT_YET"], id="not yet"),
        pytest.param("SAVE10", {"end_date": "2026-05-31T00:00:00Z"}, ["ENDED"], id="ended"),
        pytest.param("SAVE10", {"start_date": AT}, None, id="the first instant"),
        pytest.param("SAVE10", {"end_date": AT}, None, id="the last instant"),
        pytest.param("SAVE10", {"state": "EXPIRED"}, ["STATE"], id="a state without its date"),
        pytest.param("save10", {"end_date": "2026-05-31T00:00:00Z"}, ["CASE", "ENDED"], id="case and ended"),
        pytest.param("SAVE10", {}, None, id="a match is no near miss"),
        pytest.param("SAVE11", {}, None, id="another code"),
        pytest.param("\u212aAYAK", {"code": "KAYAK"}, ["LOOK_ALIKE"], id="the Kelvin sign only looks like K"),
        pytest.param("a1b", {"match_mode": RE, "code": "\\d"}, None, id="a part of one character"),
        pytest.param(" \u200b", {}, None, id="a blank code"),
    ],
)
def test_differences(used_code: str, code: dict[str, Any], expected: list[str] | None) -> None:
    found = NearMisses(program(code)).of(used_code, at=AT)
    assert [[one.value for one in miss.differences] for miss in found] == ([] if expected is None else [expected])


def test_another_program_is_a_difference() -> None:
    assert differences("SAVE10", {"program_id": "1"}, program_id="2") == ["PROGRAM"]


def test_the_part_that_a_pattern_matches_is_the_longest() -> None:
    (miss,) = NearMisses(program({"match_mode": RE, "code": "[A-Z]*\\d{2}[A-Z]?\\d"})).of("102-SAVE20X3-")
    assert (miss.differences, miss.part) == ((Difference.PART,), "SAVE20X3")


def test_what_a_setting_allows_is_no_difference() -> None:
    assert differences("save 10", {}, literal_case="insensitive") == ["WHITE_SPACE"]
    assert differences("xsave10x", {"match_mode": RE, "code": "SAVE"}, regex_match="search") == ["CASE"]


def test_without_a_time_dates_are_left_aside() -> None:
    assert NearMisses(program({"state": "EXPIRED"}, {"end_date": "2020-01-01"})).of("SAVE10") == []


def test_the_fewest_differences_come_first_then_literals() -> None:
    codes = [{"code": "SAVE1 0"}, {"match_mode": RE, "code": "SAVE\\d+"}, {"code": "SAVE10"}]
    assert [miss.promo_code.id for miss in NearMisses(program(*codes)).of("save10")] == ["2", "1", "0"]


def test_a_pattern_that_would_search_for_ever_is_near_nothing() -> None:
    slow = {"match_mode": RE, "code": "(?=(a+)+$)b|(a+)+\\1c"}
    started = time.perf_counter()
    found = NearMisses(program(slow, {"code": "A" * 40 + "B"})).of("a" * 40 + "b")
    assert [miss.promo_code.id for miss in found] == ["1"]
    assert time.perf_counter() - started < 10


@given(st.data())
def test_a_near_miss_never_matches_and_a_match_is_never_near(data: st.DataObject) -> None:
    text = st.text("sS 1", min_size=1, max_size=4)
    codes = data.draw(
        st.lists(st.fixed_dictionaries({"match_mode": st.sampled_from([LI, RE]), "code": text}), min_size=1)
    )
    loaded = program(*codes)
    used_code = data.draw(text)
    matched = {code.id for code in Engine(loaded).match(used_code)}
    near = {miss.promo_code.id for miss in NearMisses(loaded).of(used_code)}
    assert not matched & near
    squeezed = used_code.replace(" ", "").lower()
    alike = {str(n) for n, code in enumerate(codes) if squeezed and code["code"].replace(" ", "").lower() == squeezed}
    literals = {str(n) for n, code in enumerate(codes) if code["match_mode"] == LI}
    assert (matched | near) & literals == alike & literals
