"""Programs of orders and promo codes: which apply to which."""

from typing import Any

import pytest

import attribution
from tests.cases.records import T, matched, order, promo, world
from tests.evaluators import Evaluator, engine_of


@pytest.mark.parametrize(
    ("named", "ordered_in", "resolved", "applying"),
    [
        pytest.param([None], None, None, ["0"], id="no programs anywhere"),
        pytest.param([None], "1", "1", ["0"], id="a code without program applies to every order"),
        pytest.param(["1"], None, "1", ["0"], id="an order without program is of the only one"),
        pytest.param(["1"], "", "1", ["0"], id="an empty program is a missing one"),
        pytest.param(["1", None], None, "1", ["0", "1"], id="the only one named, beside a code without program"),
        pytest.param(["1", "1"], None, "1", ["0", "1"], id="the same program named twice is one"),
        pytest.param(["1"], "2", "2", [], id="an order of another program than the codes"),
        pytest.param(["1", None], "2", "2", ["1"], id="another program, and a code without one"),
        pytest.param(["1", "2"], "1", "1", ["0"], id="two programs, order of the first"),
        pytest.param(["1", "2"], "2", "2", ["1"], id="two programs, order of the second"),
        pytest.param(["1", "2", None], "3", "3", ["2"], id="an order of a third program"),
        pytest.param(["1", "01"], "1", "1", ["0"], id="program ids are text"),
        pytest.param([""], None, None, ["0"], id="an empty program of a code is none"),
    ],
)
def test_a_promo_code_applies_to_the_orders_of_its_program(
    evaluate: Evaluator, named: list[str | None], ordered_in: str, resolved: str, applying: list[str]
) -> None:
    codes = [promo(str(index), program_id=program) for index, program in enumerate(named)]
    result = evaluate(world(*codes, orders=[order(program_id=ordered_in)]))
    assert [row["program_id"] for row in result.credits] == [resolved]
    assert matched(result) == applying


@pytest.mark.parametrize("ordered_in", [None, ""], ids=["null", "empty"])
def test_an_order_without_program_is_bad_where_the_codes_name_several(
    evaluate: Evaluator, ordered_in: str | None
) -> None:
    codes = [promo("1", program_id="1"), promo("2", program_id="2", code="OTHER")]
    orders = [order(conversion_id="bad", program_id=ordered_in), order(conversion_id="good", program_id="1")]
    result = evaluate(world(*codes, orders=orders))
    assert result.rejected_rows() == [{"table": "conversions", "row": 0, "reason": "NO_PROGRAM"}]
    assert [row["conversion_id"] for row in result.credits] == ["good"]


def test_an_order_of_no_code_still_needs_a_program_where_there_are_several(evaluate: Evaluator) -> None:
    codes = [promo("1", program_id="1"), promo("2", program_id="2")]
    result = evaluate(world(*codes, orders=[order(None)]))
    assert result.rejected_rows() == [{"table": "conversions", "row": 0, "reason": "NO_PROGRAM"}]


def test_the_same_code_in_two_programs_is_each_programs_own(evaluate: Evaluator) -> None:
    codes = [promo("1", "p", program_id="1"), promo("2", "q", program_id="2")]
    orders = [order(conversion_id="a", program_id="1"), order(conversion_id="b", program_id="2")]
    result = evaluate(world(*codes, orders=orders))
    assert {row["conversion_id"]: row["partner_id"] for row in result.credits} == {"a": "p", "b": "q"}


def test_integers_are_read_as_their_decimal_text(evaluate: Evaluator) -> None:
    code = promo(7, 8, program_id=1, credit_rule="WINNER")  # type: ignore[arg-type]  # that is the point
    ordered = order(conversion_id=100, customer_id=5, program_id=1)
    visit = {
        "event_time": ordered["event_time"],
        "partner_id": 8,
        "customer_id": 5,
        "click_id": 9,
        "program_id": 1,
    }
    result = evaluate(world(code, orders=[ordered], clicks=[visit]))
    (row,) = result.credits
    ids = ("conversion_id", "program_id", "partner_id", "promo_code_id", "winner_partner_id")
    assert [row[name] for name in ids] == ["100", "1", "8", "7", "8"]


def test_integers_in_records_are_read_as_their_decimal_text() -> None:
    visits: Any = [(9, "p"), ("10", "q"), (10, "r")]
    clicks = [attribution.Click(T, partner, "5", identifier, "1") for identifier, partner in visits]
    ordered: Any = {"conversion_id": 100, "event_time": T, "customer_id": 5, "program_id": 1}
    decision = engine_of(world()).decide(attribution.Conversion(**ordered), clicks)
    # "9" is the greatest text.
    assert (decision.conversion_id, decision.winner_partner_id, decision.path_clicks) == ("100", "p", 3)
