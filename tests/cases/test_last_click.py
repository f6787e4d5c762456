"""Which click of the path is the last, tie by tie and in both orders of the rows."""

from datetime import timedelta
from typing import Any

import pytest

from tests.cases.records import MICRO, MINUTE, click, decided, order, promo, shown, world
from tests.evaluators import Evaluator
from tests.oracle import Row

TIES = [
    pytest.param(click("a", MINUTE - MICRO), click("z", MINUTE), id="the later click"),
    pytest.param(click("a", MINUTE - MICRO, click_id="1"), click("z", MINUTE, click_id="2"), id="time before click id"),
    pytest.param(click("a", click_id="2"), click("z", click_id="1"), id="at equal times the greater click id"),
    pytest.param(click("a", click_id="9"), click("z", click_id="10"), id="click ids compare as text"),
    pytest.param(click("a", click_id="a"), click("z", click_id="B"), id="small letters after capitals"),
    pytest.param(click("a", click_id="é"), click("z", click_id="z"), id="letters by code point"),
    pytest.param(
        click("a", click_id="\U0001f600"),
        click("z", click_id="\uff5e"),
        id="code points beyond the first plane",
    ),
    pytest.param(click("a", click_id="x1"), click("z", click_id="x"), id="the longer click id"),
    pytest.param(click("a", click_id="0"), click("z", click_id=None), id="any click id after a missing one"),
    pytest.param(click("a", click_id="0"), click("z", click_id=""), id="an empty click id is a missing one"),
    pytest.param(click("a", click_id=" "), click("z", click_id=None), id="a blank click id is one"),
    pytest.param(click("z", click_id="x"), click("a", click_id="x"), id="at equal click ids the greater partner"),
    pytest.param(click("z"), click("a"), id="without click ids the greater partner"),
    pytest.param(click("z", click_id=""), click("a", click_id=None), id="an empty and a missing click id tie"),
    pytest.param(click("9"), click("10"), id="partners compare as text"),
    pytest.param(click("a"), click("Z"), id="partners by code point"),
]


@pytest.mark.parametrize("swapped", [False, True], ids=["winner first", "winner last"])
@pytest.mark.parametrize(("winner", "loser"), TIES)
def test_the_last_click_is_by_time_then_click_id_then_partner(
    evaluate: Evaluator, winner: Row, loser: Row, swapped: bool
) -> None:
    clicks = [loser, winner] if swapped else [winner, loser]
    codes = [promo("k", winner["partner_id"], credit_rule="WINNER")]
    result = evaluate(world(*codes, clicks=clicks))
    assert decided(result) == ("PROMO_CODE", "RULE_WINNER", winner["partner_id"])
    assert shown(result.credits[0], "winner_partner_id", "last_click_time") == (
        winner["partner_id"],
        winner["event_time"],
    )


@pytest.mark.parametrize("swapped", [False, True], ids=["as drawn", "reversed"])
@pytest.mark.parametrize(("winner", "loser"), TIES)
def test_a_carried_path_is_ordered_like_a_click_table(
    evaluate: Evaluator, winner: Row, loser: Row, swapped: bool
) -> None:
    path = [loser, winner] if swapped else [winner, loser]
    carried = [{name: visit.get(name) for name in ("partner_id", "event_time", "click_id")} for visit in path]
    result = evaluate(world(orders=[order(None, click_path=carried)]))
    assert decided(result) == ("LAST_CLICK", "NO_CODE_MATCHED", winner["partner_id"])


def test_a_carried_path_needs_no_click_ids(evaluate: Evaluator) -> None:
    carried: list[dict[str, Any]] = [
        {name: visit[name] for name in ("partner_id", "event_time")} for visit in (click("a", timedelta(0)), click("z"))
    ]
    result = evaluate(world(orders=[order(None, click_path=carried)]))
    assert decided(result) == ("LAST_CLICK", "NO_CODE_MATCHED", "a")


def test_only_clicks_of_the_path_can_be_last(evaluate: Evaluator) -> None:
    clicks = [
        click("in time"),
        click("too late", -MICRO),
        click("elsewhere", timedelta(0), program_id="2"),
        click("someone else's", timedelta(0), customer_id="d"),
    ]
    result = evaluate(world(orders=[order(None, program_id="1")], clicks=clicks))
    assert decided(result) == ("LAST_CLICK", "NO_CODE_MATCHED", "in time")
