"""Bad rows: what makes one, which reason it gets, and what happens to the rest."""

from typing import Any

import pytest

import attribution
from attribution.errors import AttributionError
from tests.cases.records import T, click, order, promo, world
from tests.evaluators import EVALUATORS, World, clicks_frame, conversions_frame, engine_of
from tests.oracle import Row

on_tables = pytest.mark.parametrize("name", ["oracle", "credit"])


@on_tables
@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        pytest.param({"conversion_id": None}, "NO_ID", id="no id"),
        pytest.param({"conversion_id": ""}, "NO_ID", id="an empty id"),
        pytest.param({"event_time": None}, "NO_TIME", id="no time"),
        pytest.param({"conversion_id": None, "event_time": None}, "NO_ID", id="neither id nor time"),
    ],
)
def test_a_bad_conversion_is_set_aside(name: str, fields: Row, reason: str) -> None:
    orders = [order(conversion_id="good"), order(**fields), order(conversion_id="fine")]
    result = EVALUATORS[name](world(promo(), orders=orders))
    assert result.rejected == [("conversions", 1, reason)]
    assert sorted(row["conversion_id"] for row in result.credits) == ["fine", "good"]


@on_tables
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("yesterday", id="words"),
        pytest.param("2026-13-01", id="a thirteenth month"),
        pytest.param("2026-02-29", id="a leap day in a common year"),
        pytest.param("2026-05-20T24:00:00", id="hour 24"),
        pytest.param("2026-05-20T23:59:60", id="second 60"),
        pytest.param("2026-05-20T12:60:00", id="minute 60"),
        pytest.param("20/05/2026", id="slashes"),
        pytest.param("2026-5-2", id="single digits"),
        pytest.param("2026-05-20T12", id="an hour alone"),
        pytest.param("2026-05-20T12:00:00 UTC", id="the name of a zone"),
        pytest.param("2026-05-20Z", id="an offset without time"),
        pytest.param("2026-05-20T12:00:00.1234567890", id="ten digits of a second"),
        pytest.param("2026-05-20T12:00:00.", id="a point without digits"),
        pytest.param("1779278400", id="seconds since 1970"),
        pytest.param("2026-05-20T12:00:00+1", id="an offset of one digit"),
        pytest.param("2026-05-20T12:00:00Zx", id="something after the offset"),
    ],
)
def test_an_unparsable_time_is_a_bad_row(name: str, text: str) -> None:
    good = T.isoformat()
    orders = [order(conversion_id="bad", event_time=text), order(event_time=good)]
    clicks = [click(event_time=good), click(event_time=text)]
    result = EVALUATORS[name](world(orders=orders, clicks=clicks))
    assert sorted(result.rejected) == [("clicks", 1, "UNREADABLE_TIME"), ("conversions", 0, "UNREADABLE_TIME")]
    assert [row["path_clicks"] for row in result.credits] == [1]


@on_tables
def test_all_rows_of_a_repeated_id_are_bad(name: str) -> None:
    orders = [
        order(conversion_id="twice"),
        order(conversion_id="once"),
        order(conversion_id="twice", event_time=None),
        order(conversion_id="Twice"),
        order(conversion_id="twice", amount="1.00"),
        order(conversion_id=None),
        order(conversion_id=""),
    ]
    result = EVALUATORS[name](world(promo(), orders=orders))
    assert sorted(result.rejected) == [
        ("conversions", 0, "DUPLICATE_ID"),
        ("conversions", 2, "NO_TIME"),
        ("conversions", 4, "DUPLICATE_ID"),
        ("conversions", 5, "NO_ID"),
        ("conversions", 6, "NO_ID"),
    ]
    assert sorted(row["conversion_id"] for row in result.credits) == ["Twice", "once"]


@on_tables
@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        pytest.param({"partner_id": None}, "NO_PARTNER", id="no partner"),
        pytest.param({"partner_id": ""}, "NO_PARTNER", id="an empty partner"),
        pytest.param({"event_time": None}, "NO_TIME", id="no time"),
        pytest.param({"event_time": None, "partner_id": None}, "NO_TIME", id="neither time nor partner"),
        pytest.param({"partner_id": None, "customer_id": "stranger"}, "NO_PARTNER", id="of a customer without order"),
        pytest.param({"partner_id": None, "customer_id": None}, "NO_PARTNER", id="without customer"),
        pytest.param({"partner_id": None, "event_time": T.replace(year=1999)}, "NO_PARTNER", id="out of every window"),
    ],
)
def test_a_bad_click_is_set_aside(name: str, fields: Row, reason: str) -> None:
    result = EVALUATORS[name](world(promo(), clicks=[click("p"), click(**fields), click("q")]))
    assert result.rejected == [("clicks", 1, reason)]
    assert [row["path_clicks"] for row in result.credits] == [2]


@on_tables
@pytest.mark.parametrize("ids", [(None, "x"), ("", None), (None, None)], ids=["customer", "click", "both"])
def test_a_click_without_customer_or_click_id_is_no_bad_row(name: str, ids: tuple[Any, Any]) -> None:
    customer, identifier = ids
    result = EVALUATORS[name](world(promo(), clicks=[click(customer_id=customer, click_id=identifier)]))
    assert result.rejected == []
    assert [row["path_clicks"] for row in result.credits] == [0]


@on_tables
@pytest.mark.parametrize(
    "amount",
    ["1,000.00", "$5", "1e3", " 5", ".5", "5.", "five", "NaN", "--1", "0x10", "1_000"],
)
def test_an_unreadable_amount_is_a_bad_row(name: str, amount: str) -> None:
    orders = [order(amount="5.00"), order(conversion_id="bad", amount=amount)]
    result = EVALUATORS[name](world(promo(), orders=orders))
    assert result.rejected == [("conversions", 1, "UNREADABLE_AMOUNT")]


@on_tables
@pytest.mark.parametrize(
    "fields",
    [{"partner_id": None}, {"partner_id": ""}, {"event_time": None}],
    ids=["no partner", "an empty partner", "no time"],
)
def test_a_bad_click_in_a_carried_path_makes_the_order_bad(name: str, fields: Row) -> None:
    good = {"partner_id": "p", "event_time": T, "click_id": None}
    orders = [order(click_path=[good]), order(conversion_id="bad", click_path=[good, {**good, **fields}])]
    result = EVALUATORS[name](world(promo(), orders=orders))
    assert result.rejected == [("conversions", 1, "BAD_CLICK_PATH")]


@on_tables
def test_a_row_has_the_first_reason_that_applies(name: str) -> None:
    codes = [promo("1", program_id="1"), promo("2", program_id="2")]
    path = [{"partner_id": None, "event_time": T, "click_id": None}]
    everything = {"program_id": None, "amount": "?", "click_path": path}
    orders = [
        order(conversion_id="a", program_id=None, amount=None, click_path=[]),
        order(conversion_id="b", **{**everything, "amount": "1"}),
        order(conversion_id="c", **everything),
        order(conversion_id="d", **everything),
        order(conversion_id="d", program_id="1", amount="1", click_path=[]),
        order(conversion_id="e", **{**everything, "event_time": None}),
    ]
    result = EVALUATORS[name](world(*codes, orders=orders))
    reasons = {row: reason for _, row, reason in result.rejected}
    assert reasons == {
        0: "NO_PROGRAM",
        1: "BAD_CLICK_PATH",
        2: "UNREADABLE_AMOUNT",
        3: "DUPLICATE_ID",
        4: "DUPLICATE_ID",
        5: "NO_TIME",
    }


BAD_WORLDS = [
    pytest.param(world(promo(), orders=[order(conversion_id=None)]), "NO_ID", id="no id"),
    pytest.param(world(promo(), orders=[order(event_time=None)]), "NO_TIME", id="no time"),
    pytest.param(world(promo(), orders=[order(event_time="soon")]), "UNREADABLE_TIME", id="unparsable time"),
    pytest.param(
        world(promo("1", program_id="1"), promo("2", program_id="2")), "NO_PROGRAM", id="no program where needed"
    ),
    pytest.param(world(promo(), clicks=[click(None)]), "NO_PARTNER", id="a click without partner"),  # type: ignore[arg-type]  # that is the point
    pytest.param(world(promo(), clicks=[click(event_time=None)]), "NO_TIME", id="a click without time"),
]


@pytest.mark.parametrize(("bad", "reason"), BAD_WORLDS)
def test_a_bad_row_stops_the_run_unless_told_otherwise(bad: World, reason: str) -> None:
    clicks = clicks_frame(bad.clicks) if bad.clicks else None
    with pytest.raises(AttributionError, match=reason):
        engine_of(bad).credit(conversions_frame(bad.conversions), clicks)


@pytest.mark.parametrize(("bad", "reason"), BAD_WORLDS)
def test_a_bad_record_cannot_be_decided(bad: World, reason: str) -> None:
    with pytest.raises(AttributionError, match=reason):
        engine_of(bad).decide(bad.conversions[0], bad.clicks)


def test_the_error_counts_the_bad_rows_by_reason_and_shows_where_they_are() -> None:
    orders = [order(conversion_id=None), order(conversion_id="x"), order(event_time=None), order(conversion_id=None)]
    with pytest.raises(AttributionError) as caught:
        engine_of(world(promo())).credit(conversions_frame(orders))
    message = str(caught.value)
    assert "NO_ID" in message
    assert "NO_TIME" in message
    # Two of no id, at rows 1 and 4; one of no time, at row 3.
    assert all(number in message for number in ("2", "1", "4", "3"))


def test_read_is_credited_and_rejected() -> None:
    orders = [order(conversion_id="a"), order(conversion_id=None), order(conversion_id="b")]
    codes = [promo("1", "p"), promo("2", "q")]
    result = engine_of(world(*codes, resolution="split")).credit(conversions_frame(orders), bad_rows="reject")
    assert result.credits["conversion_id"].n_unique() == 2
    assert result.credits.height == 4
    assert result.rejected.height == 1


def test_an_unknown_way_to_treat_bad_rows_is_refused() -> None:
    with pytest.raises((AttributionError, ValueError)):
        engine_of(world(promo())).credit(conversions_frame([order()]), bad_rows="ignore")


def test_records_of_the_package_are_checked_like_rows() -> None:
    engine = engine_of(world(promo()))
    with pytest.raises(AttributionError, match="NO_ID"):
        engine.decide(attribution.Conversion("", T))
    with pytest.raises(AttributionError, match="NO_PARTNER"):
        engine.decide(attribution.Conversion("o", T), [attribution.Click(T, "")])


@pytest.mark.parametrize("blank", ["", "  ", "\u200b"], ids=["empty", "white space", "zero-width space"])
@pytest.mark.parametrize("table", ["conversions", "clicks"])
def test_a_blank_time_is_no_time_in_tables_and_in_orders(blank: str, table: str) -> None:
    bad_time = {"event_time": blank} if table == "conversions" else {}
    an_order = {**order(), "event_time": T.isoformat(), **bad_time}
    a_click = {**click(), "event_time": T.isoformat() if bad_time else blank}
    engine = engine_of(world(promo()))
    with pytest.raises(AttributionError, match="NO_TIME"):
        engine.credit(conversions_frame([an_order]), clicks_frame([a_click]))
    with pytest.raises(AttributionError, match="NO_TIME"):
        engine.decide(an_order, [a_click])
