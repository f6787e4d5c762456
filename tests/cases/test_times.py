"""How times are read: offsets, the zone in force, clock changes."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from tests.cases.records import T, click, order, promo, world
from tests.evaluators import EVALUATORS, Evaluator, clicks_frame, conversions_frame, engine_of, of_tables


def read(evaluate: Evaluator, value: Any, zone: str = "UTC") -> datetime:
    (row,) = evaluate(world(orders=[order(event_time=value)], timezone=zone)).credits
    found = row["event_time"]
    assert isinstance(found, datetime)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("2026-05-20T12:00:00Z", T, id="Z"),
        pytest.param("2026-05-20T12:00:00z", T, id="a small z"),
        pytest.param("2026-05-20 12:00:00Z", T, id="a blank for the T"),
        pytest.param("2026-05-20T12:00Z", T, id="no seconds"),
        pytest.param("2026-05-20T12:00", T, id="no offset: the zone of the program"),
        pytest.param("2026-05-20T14:00:00+02:00", T, id="an offset"),
        pytest.param("2026-05-20T14:00:00+0200", T, id="an offset without colon"),
        pytest.param("2026-05-20T14:00:00+02", T, id="an offset of hours"),
        pytest.param("2026-05-20T05:00:00-07:00", T, id="a negative offset"),
        pytest.param("2026-05-20T17:45:00+05:45", T, id="an offset with minutes"),
        pytest.param("2026-05-21T02:00:00+14:00", T, id="the next day elsewhere"),
        pytest.param("2026-05-20T12:00:00+00:00", T, id="an offset of zero"),
        pytest.param("2026-05-20T12:00:00-00:00", T, id="a negative offset of zero"),
        pytest.param("  2026-05-20T12:00:00Z ", T, id="white space around"),
        pytest.param("2026-05-20T12:00:00.5Z", T.replace(microsecond=500000), id="tenths of a second"),
        pytest.param("2026-05-20T12:00:00.000001Z", T.replace(microsecond=1), id="microseconds"),
        pytest.param("2026-05-20T12:00:00.123456789Z", T.replace(microsecond=123456), id="nanoseconds are cut"),
        pytest.param("2026-05-20T12:00:00.9999999", T.replace(microsecond=999999), id="cut, not rounded"),
        pytest.param("2026-05-20", T.replace(hour=0), id="a date is its midnight"),
        pytest.param("1969-12-31T23:59:59.999999Z", datetime(1969, 12, 31, 23, 59, 59, 999999, UTC), id="before 1970"),
        pytest.param("2024-02-29T00:00Z", datetime(2024, 2, 29, tzinfo=UTC), id="a leap day"),
        pytest.param("0001-01-01T00:00:00Z", datetime(1, 1, 1, tzinfo=UTC), id="the first day"),
        pytest.param("9999-12-31T23:59:59Z", datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC), id="the last day"),
    ],
)
def test_times_as_text(evaluate: Evaluator, text: str, expected: datetime) -> None:
    assert read(evaluate, text) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(T, T, id="in UTC"),
        pytest.param(T.replace(tzinfo=None), T - timedelta(hours=2), id="without zone: the program's"),
        pytest.param(date(2026, 5, 20), T - timedelta(hours=14), id="a date: its midnight there"),
    ],
)
def test_times_as_values(evaluate: Evaluator, value: Any, expected: datetime) -> None:
    assert read(evaluate, value, "Europe/Berlin") == expected


def test_a_value_of_another_offset_is_the_same_instant() -> None:
    elsewhere = T.astimezone(timezone(timedelta(hours=-7)))
    assert read(EVALUATORS["decide"], elsewhere, "Europe/Berlin") == T


CLOCK_CHANGES = [
    pytest.param("Europe/Berlin", "2026-03-29T01:59:59.999999", "2026-03-29T00:59:59.999999", id="before the gap"),
    pytest.param("Europe/Berlin", "2026-03-29T03:00:00", "2026-03-29T01:00:00", id="after the gap"),
    pytest.param("Europe/Berlin", "2026-10-25T01:59:59", "2026-10-24T23:59:59", id="before the repeated hour"),
    pytest.param("Europe/Berlin", "2026-10-25T02:00:00", "2026-10-25T00:00:00", id="its first moment: the earlier"),
    pytest.param("Europe/Berlin", "2026-10-25T02:30:00", "2026-10-25T00:30:00", id="within it: the earlier"),
    pytest.param("Europe/Berlin", "2026-10-25T03:00:00", "2026-10-25T02:00:00", id="after the repeated hour"),
    pytest.param("America/New_York", "2026-11-01T01:30:00", "2026-11-01T05:30:00", id="New York, repeated"),
    pytest.param("Australia/Lord_Howe", "2026-04-05T01:45:00", "2026-04-04T14:45:00", id="a repeated half hour"),
    pytest.param("Asia/Kathmandu", "2026-05-20T12:00:00", "2026-05-20T06:15:00", id="a zone without changes"),
]


@pytest.mark.parametrize(("zone", "local", "expected"), CLOCK_CHANGES)
def test_an_ambiguous_local_time_is_the_earlier_one(evaluate: Evaluator, zone: str, local: str, expected: str) -> None:
    utc = datetime.fromisoformat(expected).replace(tzinfo=UTC)
    assert read(evaluate, local, zone) == utc
    assert read(evaluate, datetime.fromisoformat(local), zone) == utc


@pytest.mark.parametrize(
    ("zone", "local"),
    [
        pytest.param("Europe/Berlin", "2026-03-29T02:00:00", id="the first moment of the gap"),
        pytest.param("Europe/Berlin", "2026-03-29T02:59:59.999999", id="its last moment"),
        pytest.param("America/New_York", "2026-03-08T02:30:00", id="New York"),
        pytest.param("Pacific/Apia", "2011-12-30T12:00:00", id="a day that was skipped"),
    ],
)
@pytest.mark.parametrize("typed", [False, True], ids=["text", "value"])
def test_a_local_time_that_does_not_exist_is_a_bad_row(evaluate: Evaluator, zone: str, local: str, typed: bool) -> None:
    value = datetime.fromisoformat(local) if typed else local
    result = evaluate(world(orders=[order(event_time=value)], timezone=zone))
    assert result.rejected == [("conversions", 0, "UNREADABLE_TIME")]


def test_an_offset_makes_a_missing_local_time_exist(evaluate: Evaluator) -> None:
    assert read(evaluate, "2026-03-29T02:30:00+01:00", "Europe/Berlin") == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_orders_and_clicks_may_write_their_times_differently() -> None:
    code = promo(credit_rule="WINNER")
    orders = conversions_frame([order(event_time="2026-05-20T14:00:00+02:00")])
    clicks = clicks_frame([click("owner", event_time=T), click("other", event_time=T.replace(year=2027))])
    assert [row["partner_id"] for row in of_tables(engine_of(world(code)).credit(orders, clicks)).credits] == ["owner"]
