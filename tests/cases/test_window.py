"""Which clicks form the path: customer, program and window."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.cases.records import DAY, MICRO, MINUTE, T, click, decided, order, promo, shown, world
from tests.evaluators import Evaluator

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("before", "counts"),
    [
        pytest.param(HOUR + MICRO, False, id="a microsecond older than the lookback"),
        pytest.param(HOUR, True, id="exactly as old as the lookback"),
        pytest.param(HOUR - MICRO, True, id="a microsecond younger than the lookback"),
        pytest.param(MICRO, True, id="a microsecond before the order"),
        pytest.param(timedelta(0), True, id="at the time of the order"),
        pytest.param(-MICRO, False, id="a microsecond after the order"),
        pytest.param(-DAY, False, id="a day after the order"),
    ],
)
def test_a_click_counts_from_the_edge_of_the_window_to_the_order(
    evaluate: Evaluator, before: timedelta, counts: bool
) -> None:
    result = evaluate(world(promo(credit_rule="INVOLVED"), clicks=[click(before=before)], lookback="1h"))
    assert decided(result) == (
        ("PROMO_CODE", "RULE_INVOLVED", "owner") if counts else ("WITHHELD", "NOT_INVOLVED", None)
    )
    assert result.credits[0]["path_clicks"] == int(counts)
    assert result.credits[0]["last_click_time"] == (T - before if counts else None)


@pytest.mark.parametrize(
    ("lookback", "length"),
    [
        pytest.param("45m", timedelta(minutes=45), id="minutes"),
        pytest.param("12h", timedelta(hours=12), id="hours"),
        pytest.param("30d", timedelta(days=30), id="days"),
        pytest.param("2w", timedelta(days=14), id="weeks"),
        pytest.param("3650d", timedelta(days=3650), id="the longest"),
    ],
)
def test_the_lookback_is_a_duration(evaluate: Evaluator, lookback: str, length: timedelta) -> None:
    clicks = [click("inside", length), click("outside", length + MICRO)]
    result = evaluate(world(clicks=clicks, lookback=lookback))
    assert shown(result.credits[0], "path_clicks", "winner_partner_id") == (1, "inside")


def test_the_lookback_is_thirty_days_unless_set(evaluate: Evaluator) -> None:
    result = evaluate(world(clicks=[click("inside", 30 * DAY), click("outside", 30 * DAY + MICRO)]))
    assert shown(result.credits[0], "path_clicks", "winner_partner_id") == (1, "inside")


def test_a_day_of_lookback_is_twenty_four_hours_also_over_a_clock_change(evaluate: Evaluator) -> None:
    # Berlin lost an hour on 29 March 2026 at 02:00: noon to noon was 23 hours.
    ordered = {"event_time": "2026-03-29T12:00:00"}
    clicks = [
        click("noon", event_time="2026-03-28T12:00:00"),
        click("eleven", event_time="2026-03-28T11:00:00"),
    ]
    clicks.append(click("too early", event_time="2026-03-28T10:59:59.999999"))
    result = evaluate(world(orders=[order(**ordered)], clicks=clicks, lookback="1d", timezone="Europe/Berlin"))
    assert shown(result.credits[0], "path_clicks", "winner_partner_id") == (2, "noon")
    assert result.credits[0]["last_click_time"] == datetime(2026, 3, 28, 11, 0, tzinfo=UTC)


def test_each_order_of_a_customer_has_its_own_window(evaluate: Evaluator) -> None:
    orders = [order(conversion_id="early"), order(conversion_id="late", event_time=T + HOUR + MICRO)]
    result = evaluate(world(orders=orders, clicks=[click("p", timedelta(0)), click("q", -HOUR)], lookback="1h"))
    winners = {row["conversion_id"]: row["winner_partner_id"] for row in result.credits}
    assert winners == {"early": "p", "late": "q"}
    assert {row["path_clicks"] for row in result.credits} == {1}


@pytest.mark.parametrize(
    ("buyer", "visitor", "counts"),
    [
        pytest.param("c", "c", True, id="the same customer"),
        pytest.param("c", "d", False, id="another customer"),
        pytest.param("c", "C", False, id="another case is another customer"),
        pytest.param("c", " c", False, id="customer ids are not stripped"),
        pytest.param("c", None, False, id="a click without customer is in no path"),
        pytest.param(None, "c", False, id="an order without customer has an empty path"),
        pytest.param(None, None, False, id="two missing customers are not the same"),
        pytest.param("", "", False, id="an empty customer is a missing one"),
        pytest.param("", None, False, id="an empty and a missing customer"),
        pytest.param("007", "7", False, id="ids are text, not numbers"),
    ],
)
def test_a_path_is_of_one_customer(evaluate: Evaluator, buyer: Any, visitor: Any, counts: bool) -> None:
    result = evaluate(world(orders=[order(None, customer_id=buyer)], clicks=[click(customer_id=visitor)]))
    assert result.credits[0]["path_clicks"] == int(counts)
    assert result.rejected == []


@pytest.mark.parametrize(
    ("ordered_in", "clicked_in", "counts"),
    [
        pytest.param("1", "1", True, id="the same program"),
        pytest.param("1", "2", False, id="another program"),
        pytest.param("1", None, True, id="a click without program counts in every program"),
        pytest.param("1", "", True, id="an empty program is a missing one"),
        pytest.param(None, "2", True, id="an order without program counts every click"),
        pytest.param(None, None, True, id="neither names a program"),
    ],
)
def test_a_path_is_of_one_program(
    evaluate: Evaluator, ordered_in: str | None, clicked_in: str | None, counts: bool
) -> None:
    orders = [order(None, program_id=ordered_in)]
    result = evaluate(world(orders=orders, clicks=[click(program_id=clicked_in)]))
    assert result.credits[0]["path_clicks"] == int(counts)


def test_one_customer_in_two_programs_has_two_paths(evaluate: Evaluator) -> None:
    codes = [promo("k1", program_id="1"), promo("k2", program_id="2")]
    orders = [order(conversion_id=program, program_id=program) for program in ("1", "2")]
    clicks = [click("p", program_id="1"), click("q", program_id="2"), click("any", 2 * MINUTE)]
    result = evaluate(world(*codes, orders=orders, clicks=clicks))
    paths = {row["conversion_id"]: shown(row, "winner_partner_id", "path_clicks") for row in result.credits}
    assert paths == {"1": ("p", 2), "2": ("q", 2)}


def test_an_order_of_the_only_program_does_not_see_the_clicks_of_another(evaluate: Evaluator) -> None:
    orders = [order(program_id=None)]
    result = evaluate(world(promo(program_id="1"), orders=orders, clicks=[click(program_id="2")]))
    assert result.credits[0]["path_clicks"] == 0


def test_equal_clicks_are_counted_each(evaluate: Evaluator) -> None:
    result = evaluate(world(clicks=[click(click_id="x"), click(click_id="x"), click(), click()]))
    assert result.credits[0]["path_clicks"] == 4


@pytest.mark.parametrize("year", [1, 2], ids=["the first year", "the second year"])
def test_a_window_that_would_begin_before_the_calendar_is_no_error(evaluate: Evaluator, year: int) -> None:
    at = datetime(year, 1, 5, tzinfo=UTC)
    clicks = [click(event_time=datetime(1, 1, 2, tzinfo=UTC))]
    result = evaluate(world(orders=[order(None, event_time=at)], clicks=clicks, lookback="3650d"))
    assert result.credits[0]["path_clicks"] == 1


def test_the_window_holds_for_a_carried_path_too(evaluate: Evaluator) -> None:
    path = [
        {"partner_id": partner, "event_time": T - before, "click_id": None}
        for partner, before in [
            ("old", HOUR + MICRO),
            ("edge", HOUR),
            ("late", timedelta(0)),
            ("after", -MICRO),
        ]
    ]
    result = evaluate(world(orders=[order(None, click_path=path)], lookback="1h"))
    assert shown(result.credits[0], "path_clicks", "winner_partner_id") == (2, "late")


@pytest.mark.parametrize("path", [None, []], ids=["null", "empty"])
def test_an_order_may_carry_no_path(evaluate: Evaluator, path: Any) -> None:
    carried = [{"partner_id": "p", "event_time": T, "click_id": "1"}]
    orders = [order(None, click_path=path), order(None, conversion_id="other", click_path=carried)]
    result = evaluate(world(orders=orders))
    assert {row["conversion_id"]: row["path_clicks"] for row in result.credits} == {"o": 0, "other": 1}
