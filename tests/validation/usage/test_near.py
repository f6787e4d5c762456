"""Uses that match nothing: each counts for the promo code that it is nearest to, if there is one."""

from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.explaining import typos
from attribution.explaining.typos import TypoIndex, is_typo
from tests.evaluators import World
from tests.oracle import Row
from tests.validation.usage.nearness import LONG_ENOUGH, near, typo
from tests.validation.usage.recount import Recount, rows
from tests.validation.usage.test_recount import usage_of
from tests.worlds import Choices

T = datetime(2026, 5, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)
MICRO = timedelta(microseconds=1)
LITERALS = ("SAVE10", "save10", "SAVE 10", "SAVEIO", "SUMMER", "SUMMERS", "SUMER", "SAVE20", "FRIENDS", "  ")
USED = (
    "SAVE10", "sAVE10", "SAVE1O", "save 10", "SAVE\u200b10", "SAVEl0", "SAVE15", "SAVE1", "VSAE10", "SAEV10", "SAVES10",
    "SUMMER", "summer", "SUMMMER", "XSUMMERX", "SUMME", "sumer", "UMMERS", "FRIEND", "friends", "fr1ends", "F RIENDS",
    "SAVE", "save99", "SAVE 99", "XSAVE99", "A1", "A12", "a 12", "XA12",
)  # fmt: skip


def code(**fields: Any) -> Row:
    plain = {"id": "k", "code": "SUMMER10", "match_mode": "LI", "credit_rule": "ALWAYS", "partner_id": "p"}
    return {**plain, **fields}


def told(used_code: Any, *codes: Row, at: Any = T, program_id: Any = None, **settings: Any) -> list[Any]:
    """(promo code, differences in one word) of each used code of one order."""
    order = {"conversion_id": "o", "event_time": at, "promo_code": used_code, "program_id": program_id}
    usage = usage_of(World({"settings": settings, "promo_codes": list(codes)}, (order,)))
    return [(codes[index]["id"], " ".join(how)) for index, _, how, _ in usage.near.rows()]


def small_world(data: bytes) -> World:
    choose = Choices(data)
    settings = {
        "literal_case": choose.of(["sensitive", "insensitive"]),
        "regex_match": choose.of(["full", "search"]),
        "code_separator": choose.of([None, ","]),
    }
    programs = choose.of([(None,), (None, "1"), ("1", "2"), ("1",)])
    dates = choose.of([(None,), (None, T - DAY, T, T + DAY, T + MICRO)])
    states = choose.of([(None,), (None, "EXPIRED", "FUTUREDATE")])
    codes = []
    for number in range(choose.of([1, 2, 4, 6])):
        mode = choose.of(["LI", "LI", "RE"])
        text = choose.of(LITERALS if mode == "LI" else list(LONG_ENOUGH))
        dated = {"start_date": choose.of(dates), "end_date": choose.of(dates), "state": choose.of(states)}
        own = {"program_id": choose.of(programs), "partner_id": choose.of("pq"), **dated}
        codes.append(code(id=str(number), code=text, match_mode=mode, **own))
    orders = []
    for number in range(choose.of([4, 8, 12])):
        used_code = ",".join(choose.some([1, 1, 2], USED))
        money = {"amount": choose.of([None, 10, 250]), "currency": choose.of([None, "USD", "EUR"])}
        scope = {"program_id": choose.of(["1", "2", "3"]), "event_time": choose.of([T, T + MICRO, T + 2 * DAY])}
        orders.append({"conversion_id": f"o{number}", "promo_code": used_code, **money, **scope})
    return World({"settings": settings, "promo_codes": codes}, tuple(orders))


@given(st.binary(min_size=160, max_size=160).map(small_world))
def test_near_uses_are_those_found_by_comparing_each_with_each(world: World) -> None:
    usage = usage_of(world)
    table, money = near(Recount(world))
    assert rows(usage.near.rows()) == rows(table)
    assert rows(usage.near_money.rows()) == rows(money)


@pytest.mark.parametrize(
    ("used_code", "fields", "expected"),
    [
        pytest.param("summer10", {}, "CASE", id="other letter case"),
        pytest.param("SUMMER 10", {}, "WHITE_SPACE", id="a space inside"),
        pytest.param("summer 10", {}, "CASE WHITE_SPACE", id="both"),
        pytest.param("SUMMER1O", {}, "LOOK_ALIKE", id="the letter O for zero"),
        pytest.param("SUMMERl0", {}, "LOOK_ALIKE", id="the letter l for one"),
        pytest.param("SU\u041c\u041cER10", {}, "LOOK_ALIKE", id="Cyrillic capitals"),
        pytest.param("SUMMER\u00ad10", {}, "LOOK_ALIKE", id="a soft hyphen inside"),
        pytest.param("\u00ad", {"code": "  "}, None, id="nothing that is seen"),
        pytest.param("SUMER10", {}, "TYPO", id="a letter too few"),
        pytest.param("SUMMMER10", {}, "TYPO", id="a letter too many"),
        pytest.param("SUNMER10", {}, "TYPO", id="another letter"),
        pytest.param("SUMEMR10", {}, "TYPO", id="two letters swapped"),
        pytest.param("SUMME1R0", {}, "TYPO", id="a letter and a digit swapped"),
        pytest.param("SUMMER01", {}, None, id="two digits swapped"),
        pytest.param("SUMMER15", {}, None, id="another digit"),
        pytest.param("SUMMER1", {}, None, id="a digit too few"),
        pytest.param("SUMMER100", {}, None, id="a digit too many"),
        pytest.param("SUNMMER1", {}, None, id="two slips"),
        pytest.param("SAFE", {"code": "SAVE"}, None, id="four characters are too few for a slip"),
        pytest.param("SAVES", {"code": "SAVE"}, None, id="also where only one text has four"),
        pytest.param("HAPPI", {"code": "HAPPY"}, "TYPO", id="five are enough"),
        pytest.param("A" * 40 + "B", {"code": "A" * 41}, None, id="beyond forty characters nobody looks"),
        pytest.param("A" * 39 + "B", {"code": "A" * 40}, "TYPO", id="forty characters"),
        pytest.param("SUMMER10", {"start_date": T + MICRO}, "NOT_YET", id="not yet active"),
        pytest.param("SUMMER10", {"end_date": T - MICRO}, "ENDED", id="not active any more"),
        pytest.param("SUMMER10", {"state": "EXPIRED"}, "STATE", id="a state without its date"),
        pytest.param("SUMMER10", {"start_date": T + DAY, "end_date": T - DAY}, "NOT_YET", id="dates swapped"),
        pytest.param("summer10", {"end_date": T - DAY}, "CASE ENDED", id="letter case and dates"),
        pytest.param("SUMER10", {"end_date": T - DAY}, None, id="a slip is near if it is all"),
        pytest.param("summer20", {"match_mode": "RE", "code": "SUMMER\\d+"}, "CASE", id="letter case and a pattern"),
        pytest.param("SUMMER 20", {"match_mode": "RE", "code": "SUMMER\\d+"}, "WHITE_SPACE", id="a space, a pattern"),
        pytest.param("save 2", {"match_mode": "RE", "code": "SAVE\\d"}, "CASE WHITE_SPACE", id="both, a pattern"),
        pytest.param("MIDSUMMER", {"match_mode": "RE", "code": "SUMMER"}, "PART", id="a part"),
        pytest.param("midsummer", {"match_mode": "RE", "code": "SUMMER"}, "CASE PART", id="a part in other case"),
        pytest.param("MIDSUN", {"match_mode": "RE", "code": "SUN"}, "PART", id="a part of three"),
        pytest.param("MIDSU", {"match_mode": "RE", "code": "SU"}, None, id="a part of two"),
        pytest.param("xSAL9x", {"match_mode": "RE", "code": "SAL[0-9]"}, "PART", id="a part with a class"),
        pytest.param("MID-99", {"match_mode": "RE", "code": "[A-Z]+"}, None, id="a part that may be one character"),
        pytest.param("MIDSUMMER", {"match_mode": "RE", "code": "^SUMMER"}, None, id="an anchored part"),
    ],
)
def test_how_near_a_used_code_is(used_code: str, fields: Row, expected: str | None) -> None:
    assert told(used_code, code(**fields)) == ([("k", expected)] if expected else [])


def test_where_letter_case_does_not_matter_it_keeps_nothing_apart() -> None:
    assert told("summer 10", code(), literal_case="insensitive") == [("k", "WHITE_SPACE")]


def test_a_program_that_promo_codes_name_is_another_program() -> None:
    codes = code(program_id="1"), code(id="other", code="OTHER", program_id="2")
    assert told("SUMMER10", *codes, program_id="2") == [("k", "PROGRAM")]
    assert told("SUMMER10", *codes, program_id="3") == []


@pytest.mark.parametrize("order", [1, -1], ids=["as written", "the other way round"])
def test_of_two_promo_codes_the_nearer_counts(order: int) -> None:
    def first(*codes: Row, used_code: str = "SUMMER10") -> str:
        ((found, _),) = told(used_code, *codes[::order])
        return str(found)

    assert first(code(id="case", code="summer10"), code(id="ended", end_date=T - MICRO)) == "case"
    assert first(code(id="old", end_date=T - 2 * DAY), code(id="next", start_date=T + DAY)) == "next"
    assert first(code(id="old", end_date=T - DAY), code(id="next", start_date=T + 2 * DAY)) == "old"
    assert first(code(id="typo", code="SUMMERS10"), code(id="ended", end_date=T - DAY)) == "ended"
    assert first(code(id="a"), code(id="b"), used_code="summer10") == "a"
    assert first(code(id="a"), code(id="b", created_date=T), used_code="summer10") == "b"


def test_a_use_counts_once_though_many_promo_codes_are_near() -> None:
    codes = [code(id=f"{number:02}", code=f"SUMMER{letter}") for number, letter in enumerate("ABCDEFGHIJKL")]
    assert told("SUMMER-", *codes) == [("00", "TYPO")]


def test_each_used_code_of_an_order_is_looked_at_and_the_order_counted_once_per_promo_code() -> None:
    used = ["summer10", "SUMMER10", "SUMMER1O", None]
    order = {"conversion_id": "o", "event_time": T, "promo_code": used, "amount": 5}
    usage = usage_of(World({"promo_codes": [code()]}, (order,)))
    assert {(used_code, *how) for _, used_code, how, _ in usage.near.rows()} == {
        ("summer10", "CASE"),
        ("SUMMER1O", "LOOK_ALIKE"),
    }
    assert [row[2] for row in usage.near_money.rows()] == [1]


def test_a_pattern_that_runs_for_ever_is_near_nothing_and_matches_nothing() -> None:
    slow = code(id="slow", match_mode="RE", code="(?:a|a)+(?=c).")
    order = {"conversion_id": "o", "event_time": T, "promo_code": "a" * 40 + "b"}
    usage = usage_of(World({"promo_codes": [code(), slow]}, (order,)))
    assert usage.timed_out == (1,)
    assert usage.unassigned.rows() == [("a" * 40 + "b", 1)]


@given(st.text("ab12", min_size=5, max_size=7), st.integers(0, 6), st.integers(0, 2), st.text("ab12", max_size=2))
def test_a_slip_is_what_one_key_does(one: str, at: int, deleted: int, inserted: str) -> None:
    other = one[:at] + inserted + one[at + deleted :]
    if len(other) >= 5:
        assert is_typo(one, other) == is_typo(other, one) == typo(one, other)


@pytest.mark.parametrize(("other", "expected"), [("SAVE01", False), ("SAV1E0", True), ("SAVE1O", False)])
def test_digits_are_no_slips_unless_swapped_with_a_letter(other: str, expected: bool) -> None:
    assert is_typo("SAVE10", other) is typo("SAVE10", other) is expected


def test_used_codes_are_looked_at_a_block_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typos, "_BLOCK", 2)
    used = pl.Series(["SUMMER", "WINTRE", "AUTUM", "SPRINGS", "NONE-OF-THEM"])
    assert sorted(TypoIndex(pl.Series(["SPRING", "AUTUMN", "WINTER"])).pairs(used)) == [(1, 2), (2, 1), (3, 0)]
