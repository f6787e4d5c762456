"""Explaining an order from records: as from tables, and with the bad records of `decide`."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution import Click, Conversion, Engine, Explanation, Program, in_words
from attribution.crediting.record_errors import BadRecordError
from attribution.explaining.explain import explain
from attribution.explaining.placed_clicks import ClicksFrom
from tests.evaluators import World, clicks_frame, conversions_frame, engine_of
from tests.worlds import with_carried_paths, with_text_times, worlds

ORDER = {"conversion_id": "a", "event_time": "2026-06-01T10:00:00Z", "customer_id": "c", "promo_code": "SAVE"}
CLICK = {"event_time": "2026-05-31T10:00:00Z", "customer_id": "c", "partner_id": "p"}
CODE = {"id": "1", "code": "SAVE", "match_mode": "LI", "credit_rule": "INVOLVED", "partner_id": "p"}


def engine(**settings: Any) -> Engine:
    return Engine(Program.model_validate({"settings": settings, "promo_codes": [CODE]}))


SHAPES: dict[str, Callable[[World], World]] = {
    "as it is": lambda world: world,
    "paths of their own": with_carried_paths,
    "times as text": lambda world: with_text_times(world, 0),
}


@given(worlds(), st.sampled_from(list(SHAPES)))
def test_records_and_tables_give_one_explanation(world: World, shape: str) -> None:
    world = SHAPES[shape](world)
    applied, orders, clicks = engine_of(world), conversions_frame(world.conversions), clicks_frame(world.clicks)
    for row in world.conversions:
        found = applied.explain(row, world.clicks)
        from_tables = explain(applied, orders, clicks, row["conversion_id"])
        assert found == from_tables
        assert found.to_dict() == from_tables.to_dict()
        assert found.decision == applied.decide(row, world.clicks)


def test_records_may_be_objects_and_come_one_by_one() -> None:
    clicks = (Click("2026-05-31T10:00:00Z", partner, "c") for partner in ("p", "q"))
    found = engine().explain(Conversion("a", "2026-06-01T10:00:00Z", "c", "SAVE"), clicks)
    assert [(click.partner_id, str(click.place)) for click in found.clicks] == [("p", "IN_PATH"), ("q", "LAST")]
    assert found == engine().explain(ORDER, [{**CLICK, "partner_id": "q"}, CLICK])


def test_a_click_has_its_own_program_and_id_whatever_the_clicks_before_it_have() -> None:
    clicks = [CLICK, {**CLICK, "click_id": 7, "program_id": "9"}, {**CLICK, "program_id": "8"}]
    found = engine().explain({**ORDER, "program_id": "9"}, clicks)
    shown = [(click.click_id, click.program_id, str(click.place)) for click in found.clicks]
    assert shown == [(None, None, "IN_PATH"), (None, "8", "OTHER_PROGRAM"), ("7", "9", "LAST")]


@pytest.mark.parametrize("nothing", [{}, {"click_id": None}, {"click_id": ""}], ids=["absent", "null", "empty"])
def test_a_click_of_the_orders_own_path_may_lack_an_id(nothing: dict[str, str | None]) -> None:
    carried = {"event_time": "2026-05-31T10:00:00Z", "partner_id": "p", **nothing}
    (click,) = engine().explain({**ORDER, "click_path": [carried]}).clicks
    assert click.click_id is None


def test_an_order_without_customer_has_no_clicks() -> None:
    found = engine().explain({**ORDER, "customer_id": None}, [{**CLICK, "customer_id": None}])
    assert found.clicks == ()


def test_the_clicks_of_records_are_all_there_are() -> None:
    found = engine().explain(ORDER)
    assert found.clicks_from is ClicksFrom.TABLE
    assert "Click path: empty; the customer has no click in the 30d up to the conversion." in in_words(found)


@pytest.mark.parametrize(
    ("order", "click"),
    [
        pytest.param({"event_time": "never"}, {}, id="a time that cannot be read"),
        pytest.param({"conversion_id": ""}, {}, id="no id"),
        pytest.param({"amount": "much"}, {}, id="an amount that is no number"),
        pytest.param({}, {"partner_id": ""}, id="a click without partner"),
        pytest.param({}, {"partner_id": "", "customer_id": "another"}, id="another customer's click without partner"),
        pytest.param({"click_path": []}, {"event_time": None}, id="a click beside a path of the order's own"),
    ],
)
def test_a_bad_record_is_that_of_a_decision(order: dict[str, Any], click: dict[str, Any]) -> None:
    with pytest.raises(BadRecordError) as decided:
        engine().decide(ORDER | order, [CLICK | click])
    with pytest.raises(BadRecordError) as explained:
        engine().explain(ORDER | order, [CLICK | click])
    assert str(explained.value) == str(decided.value)


def test_words_may_take_names_from_another_program() -> None:
    found = engine().explain(ORDER, [CLICK])
    named = Program.model_validate({"settings": {}, "promo_codes": [{**CODE, "partner_name": "Peak"}]})
    assert "Credited: partner p, the whole conversion, by promo code 1." in in_words(found)
    assert "Credited: Peak (p), the whole conversion, by promo code 1." in in_words(found, named)


def test_explanations_are_equal_whatever_the_program_calls_its_partners() -> None:
    found = engine().explain(ORDER, [CLICK])
    assert isinstance(found, Explanation)
    assert found == replace(found, program=found.program.with_settings(lookback="1d"))
    assert found != replace(found, bad_clicks=1)
