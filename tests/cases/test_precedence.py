"""Who comes first when several promo codes are met: each step of the precedence alone, in both orders of the rows."""

from typing import Any

import pytest

from tests.cases.records import DAY, MICRO, T, click, decided, order, paid_codes, promo, world
from tests.evaluators import Evaluator
from tests.oracle import Row

LATE, EARLY = T - DAY, T - DAY - MICRO
RE = {"match_mode": "RE"}

# Each pair: the promo code that wins, the one that loses, what was entered. What the step before would decide is
# equal in both, what later steps would decide speaks for the loser.
PAIRS = [
    pytest.param(
        promo("z", "p", code="ONE", **RE),
        promo("a", "q", code="TWO", start_date=LATE, created_date=LATE),
        ["ONE", "TWO"],
        id="the earlier used code, though a regex, undated and of a greater id",
    ),
    pytest.param(
        promo("z", "p", start_date=None),
        promo("a", "q", **RE, start_date=LATE, created_date=LATE),
        "SAVE",
        id="a literal before a regex, though undated and of a greater id",
    ),
    pytest.param(
        promo("z", "p", start_date=LATE, created_date=EARLY),
        promo("a", "q", start_date=EARLY, created_date=LATE),
        "SAVE",
        id="the later start, though created earlier and of a greater id",
    ),
    pytest.param(
        promo("z", "p", start_date=EARLY),
        promo("a", "q", start_date=None, created_date=LATE),
        "SAVE",
        id="any start before none",
    ),
    pytest.param(
        promo("z", "p", start_date=LATE, created_date=LATE),
        promo("a", "q", start_date=LATE, created_date=EARLY),
        "SAVE",
        id="at equal starts the later creation, though of a greater id",
    ),
    pytest.param(
        promo("z", "p", created_date=LATE),
        promo("a", "q", created_date=EARLY),
        "SAVE",
        id="without starts the later creation",
    ),
    pytest.param(promo("z", "p", created_date=EARLY), promo("a", "q"), "SAVE", id="any creation before none"),
    pytest.param(
        promo("z", "p", **RE, start_date=LATE), promo("a", "q", **RE, start_date=EARLY), "SAVE", id="two regexes"
    ),
    pytest.param(
        promo("z", "p", start_date="2026-05-19T13:00:00+02:00"),
        promo("a", "q", start_date="2026-05-19T12:30:00+02:00"),
        "SAVE",
        id="starts compare as instants",
    ),
    pytest.param(
        promo("z", "p", start_date="2026-05-19T11:00:00+00:00"),
        promo("a", "q", start_date="2026-05-19T12:00:00+02:00"),
        "SAVE",
        id="starts compare as instants, not as text",
    ),
    pytest.param(promo("a", "q"), promo("b", "p"), "SAVE", id="at last the smaller id"),
    pytest.param(promo("10", "q"), promo("9", "p"), "SAVE", id="ids compare as text"),
    pytest.param(promo("B", "q"), promo("a", "p"), "SAVE", id="ids by code point"),
    pytest.param(promo("a", "q"), promo("aa", "p"), "SAVE", id="the shorter of two ids with the same beginning"),
    pytest.param(promo("\uff5e", "q"), promo("\U0001f600", "p"), "SAVE", id="ids by code point beyond the first plane"),
    pytest.param(
        promo("z", "p", start_date=T, end_date=T),
        promo("a", "q", start_date=T - MICRO, end_date=T + DAY),
        "SAVE",
        id="how long a code runs does not matter",
    ),
    pytest.param(
        promo("z", "p", start_date=EARLY, DealId="d", SynchAdsPromoCodes=True, DealStartDate=LATE.isoformat()),
        promo("a", "q", start_date=EARLY),
        "SAVE",
        id="the start of a synchronised deal counts",
    ),
]


@pytest.mark.parametrize("swapped", [False, True], ids=["winner first", "winner last"])
@pytest.mark.parametrize(("winner", "loser", "entered"), PAIRS)
def test_the_first_in_precedence_takes_it_all(
    evaluate: Evaluator, winner: Row, loser: Row, entered: Any, swapped: bool
) -> None:
    codes = [loser, winner] if swapped else [winner, loser]
    result = evaluate(world(*codes, orders=[order(entered)]))
    assert decided(result) == ("PROMO_CODE", "RULE_ALWAYS", winner["partner_id"])
    assert {(v["promo_code_id"], v["met"], v["selected"]) for v in result.verdicts} == {
        (winner["id"], True, True),
        (loser["id"], True, False),
    }


@pytest.mark.parametrize("swapped", [False, True], ids=["winner first", "winner last"])
@pytest.mark.parametrize(("winner", "loser", "entered"), PAIRS)
def test_a_partner_with_several_met_codes_is_credited_for_the_first(
    evaluate: Evaluator, winner: Row, loser: Row, entered: Any, swapped: bool
) -> None:
    codes = [{**code, "partner_id": "p"} for code in ([loser, winner] if swapped else [winner, loser])]
    for resolution in ("one", "split", "each"):
        result = evaluate(world(*codes, orders=[order(entered)], resolution=resolution))
        assert paid_codes(result) == [winner["id"]]
        assert [float(row["share"]) for row in result.credits] == [1.0]


@pytest.mark.parametrize("swapped", [False, True], ids=["first first", "first last"])
@pytest.mark.parametrize(("first", "second", "entered"), PAIRS)
def test_the_reason_for_withholding_is_that_of_the_first_in_precedence(
    evaluate: Evaluator, first: Row, second: Row, entered: Any, swapped: bool
) -> None:
    rules = [{**first, "credit_rule": "WINNER"}, {**second, "credit_rule": "INVOLVED"}]
    result = evaluate(world(*(rules[::-1] if swapped else rules), orders=[order(entered)]))
    assert decided(result) == ("WITHHELD", "NOT_WINNER", None)
    assert [row["promo_code_id"] for row in result.credits] == [first["id"]]


def test_rules_do_not_count_in_the_precedence(evaluate: Evaluator) -> None:
    codes = [promo("a", "p", credit_rule="WINNER"), promo("b", "q", credit_rule="ALWAYS")]
    assert decided(evaluate(world(*codes, clicks=[click("p")]))) == ("PROMO_CODE", "RULE_WINNER", "p")


def test_the_first_met_code_is_paid_not_the_first_matched(evaluate: Evaluator) -> None:
    codes = [promo("a", "p", credit_rule="WINNER"), promo("b", "q"), promo("c", "r")]
    assert decided(evaluate(world(*codes, clicks=[click("r")]))) == ("PROMO_CODE", "RULE_ALWAYS", "q")


def test_positions_count_used_codes_that_match_nothing(evaluate: Evaluator) -> None:
    result = evaluate(world(promo(), orders=[order(["NOPE", "", "NOPE ", "SAVE"])]))
    assert [(v["used_code"], v["code_position"]) for v in result.verdicts] == [("SAVE", 2)]


@pytest.mark.parametrize("entered", [["SAVE1", "SAVE2"], ["SAVE2", "SAVE1"]], ids=["one order", "the other"])
def test_a_code_that_matches_several_used_codes_counts_from_the_earliest(
    evaluate: Evaluator, entered: list[str]
) -> None:
    codes = [promo("re", "p", code="SAVE.", **RE), promo("li", "q", code=entered[1])]
    result = evaluate(world(*codes, orders=[order(entered)]))
    assert decided(result) == ("PROMO_CODE", "RULE_ALWAYS", "p")
    assert [row["used_code"] for row in result.credits] == [entered[0]]
    seen = {v["promo_code_id"]: (v["used_code"], v["code_position"]) for v in result.verdicts}
    assert seen == {"re": (entered[0], 1), "li": (entered[1], 2)}
