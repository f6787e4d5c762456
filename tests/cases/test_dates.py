"""When a promo code is active: its dates, the dates its State implies, the dates of its deal."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from attribution.errors import AttributionError
from tests.cases.records import DAY, MICRO, T, matched, order, promo, world
from tests.evaluators import Evaluator, engine_of


def is_matched(evaluate: Evaluator, code: dict[str, Any], **settings: Any) -> bool:
    return matched(evaluate(world(code, **settings))) == ["k"]


@pytest.mark.parametrize(
    ("dates", "active"),
    [
        pytest.param({}, True, id="no dates"),
        pytest.param({"start_date": T - MICRO}, True, id="started a microsecond ago"),
        pytest.param({"start_date": T}, True, id="starts now"),
        pytest.param({"start_date": T + MICRO}, False, id="starts a microsecond later"),
        pytest.param({"end_date": T + MICRO}, True, id="ends a microsecond later"),
        pytest.param({"end_date": T}, True, id="ends now"),
        pytest.param({"end_date": T - MICRO}, False, id="ended a microsecond ago"),
        pytest.param({"start_date": T, "end_date": T}, True, id="starts and ends now"),
        pytest.param({"start_date": T - DAY, "end_date": T - MICRO}, False, id="a range that has just ended"),
        pytest.param({"start_date": T + MICRO, "end_date": T + DAY}, False, id="a range about to start"),
        pytest.param({"created_date": T + DAY}, True, id="the creation date decides nothing"),
        pytest.param({"start_date": None, "end_date": None}, True, id="null dates"),
        pytest.param({"start_date": "", "end_date": ""}, True, id="empty dates are none"),
        pytest.param({"start_date": "2026-05-20T19:00:00+07:00"}, True, id="an offset: the same instant"),
        pytest.param({"start_date": "2026-05-20T12:00:00-00:01"}, False, id="an offset: a minute later"),
        pytest.param({"start_date": "2026-05-20T12:00:00z", "end_date": "2026-05-20T12:00:00z"}, True, id="a small z"),
        pytest.param({"end_date": "2026-05-20T11:59:59.999999z"}, False, id="a small z, a microsecond earlier"),
        pytest.param({"end_date": "2026-05-20T12:00:00+00:01"}, False, id="an offset: a minute earlier"),
    ],
)
def test_a_code_is_active_from_its_start_to_its_end_inclusive(
    evaluate: Evaluator, dates: dict[str, Any], active: bool
) -> None:
    assert is_matched(evaluate, promo(**dates)) is active


@pytest.mark.parametrize(
    ("state", "start", "end", "active"),
    [
        pytest.param("ACTIVE", None, None, True, id="active without dates"),
        pytest.param("ACTIVE", None, T - MICRO, False, id="active but ended: dates decide"),
        pytest.param("ACTIVE", T + MICRO, None, False, id="active but not started: dates decide"),
        pytest.param("EXPIRED", None, None, False, id="expired, nobody knows when"),
        pytest.param("EXPIRED", T - DAY, None, False, id="expired with a start only"),
        pytest.param("EXPIRED", None, T, True, id="expired since, but active then"),
        pytest.param("EXPIRED", None, T - MICRO, False, id="expired before"),
        pytest.param("EXPIRED", T + MICRO, T + DAY, False, id="expired since, not yet started then"),
        pytest.param("INACTIVE", None, None, False, id="inactive, nobody knows since when"),
        pytest.param("INACTIVE", T - DAY, None, False, id="inactive with a start only"),
        pytest.param("INACTIVE", None, T, True, id="inactive since, but active then"),
        pytest.param("INACTIVE", T + MICRO, T + DAY, False, id="inactive, not yet started then"),
        pytest.param("FUTUREDATE", None, None, False, id="of the future, nobody knows from when"),
        pytest.param("FUTUREDATE", None, T + DAY, False, id="of the future with an end only"),
        pytest.param("FUTUREDATE", T, None, True, id="of the future on export day, started then"),
        pytest.param("FUTUREDATE", T + MICRO, None, False, id="of the future, not yet started"),
        pytest.param(None, None, None, True, id="no state"),
    ],
)
def test_state_decides_only_where_the_date_it_implies_is_missing(
    evaluate: Evaluator, state: str | None, start: datetime | None, end: datetime | None, active: bool
) -> None:
    assert is_matched(evaluate, promo(state=state, start_date=start, end_date=end)) is active


@pytest.mark.parametrize(
    ("deal", "active"),
    [
        pytest.param({"DealStartDate": T, "DealEndDate": T}, True, id="the deal is on: the code's end is gone"),
        pytest.param({"DealStartDate": T + MICRO}, False, id="the deal has not started"),
        pytest.param({"DealEndDate": T - MICRO}, False, id="the deal is over"),
        pytest.param({"DealStartDate": T}, True, id="a deal without end leaves no end"),
    ],
)
def test_the_dates_of_a_synchronised_deal_replace_those_of_the_code(
    evaluate: Evaluator, deal: dict[str, Any], active: bool
) -> None:
    texts = {name: moment.isoformat() for name, moment in deal.items()}
    code = promo(end_date=T - DAY, DealId="d", SynchAdsPromoCodes=True, **texts)
    assert is_matched(evaluate, code) is active


def test_a_deal_that_is_not_synchronised_leaves_the_dates_alone(evaluate: Evaluator) -> None:
    ended = (T - DAY).isoformat()
    assert is_matched(evaluate, promo(DealId="d", DealEndDate=ended, SynchAdsPromoCodes=False))
    assert is_matched(evaluate, promo(DealId="d", DealEndDate=ended))


def test_state_is_judged_with_the_dates_of_the_synchronised_deal(evaluate: Evaluator) -> None:
    code = promo(state="EXPIRED", DealId="d", SynchAdsPromoCodes=True)
    assert is_matched(evaluate, {**code, "DealEndDate": (T + DAY).isoformat()})
    assert not is_matched(evaluate, {**code, "end_date": T + DAY})


@pytest.mark.parametrize(
    "never",
    ["9999-12-31", "9999-12-31T23:59:59", "9999-12-31T23:59:59-08:00", "9999-12-31T23:59:59Z"],
)
def test_an_end_on_the_last_day_of_the_calendar_is_never(evaluate: Evaluator, never: str) -> None:
    assert is_matched(evaluate, promo(end_date=never), timezone="America/New_York")


BERLIN = {"timezone": "Europe/Berlin"}


@pytest.mark.parametrize(
    ("dates", "at", "active"),
    [
        pytest.param({"start_date": "2026-05-20"}, "2026-05-19T22:00:00Z", True, id="a start day from midnight"),
        pytest.param({"start_date": "2026-05-20"}, "2026-05-19T21:59:59.999999Z", False, id="not the day before"),
        pytest.param({"end_date": "2026-05-20"}, "2026-05-20T21:59:59.999999Z", True, id="an end day to its end"),
        pytest.param({"end_date": "2026-05-20"}, "2026-05-20T22:00:00Z", False, id="not into the day after"),
        pytest.param({"end_date": "2026-05-20T10:00:00"}, "2026-05-20T08:00:00Z", True, id="local time, on the end"),
        pytest.param(
            {"end_date": "2026-05-20T10:00:00"},
            "2026-05-20T08:00:00.000001Z",
            False,
            id="local time, after the end",
        ),
    ],
)
def test_dates_without_offset_are_of_the_programs_zone(
    evaluate: Evaluator, dates: dict[str, Any], at: str, active: bool
) -> None:
    placed = [order(event_time=at)]
    assert (matched(evaluate(world(promo(**dates), orders=placed, **BERLIN))) == ["k"]) is active


@pytest.mark.parametrize(
    ("at", "started", "ended"),
    [
        pytest.param("2026-10-25T00:29:59.999999Z", False, False, id="before the first half past two"),
        pytest.param("2026-10-25T00:30:00Z", True, False, id="at the first half past two"),
        pytest.param("2026-10-25T00:30:00.000001Z", True, True, id="after the first half past two"),
        pytest.param("2026-10-25T01:30:00Z", True, True, id="at the second half past two"),
    ],
)
def test_an_ambiguous_date_of_a_code_is_the_earlier_one(
    evaluate: Evaluator, at: str, started: bool, ended: bool
) -> None:
    twice = "2026-10-25T02:30:00"
    codes = [promo("starts", start_date=twice), promo("ends", end_date=twice)]
    found = matched(evaluate(world(*codes, orders=[order(event_time=at)], **BERLIN)))
    assert found == sorted([*(["starts"] if started else []), *([] if ended else ["ends"])])


@pytest.mark.parametrize("field", ["start_date", "end_date", "created_date"])
def test_a_date_of_a_code_that_does_not_exist_is_an_error_of_the_program(field: str) -> None:
    with pytest.raises(AttributionError, match=field):
        engine_of(world(promo(**{field: "2026-03-29T02:30:00"}), **BERLIN))


def test_a_code_that_changed_hands_is_its_owners_of_the_day(evaluate: Evaluator) -> None:
    codes = [promo("old", "p", end_date=T - MICRO), promo("new", "q", start_date=T)]
    orders = [
        order(conversion_id="before", event_time=T - timedelta(microseconds=1)),
        order(conversion_id="after"),
    ]
    result = evaluate(world(*codes, orders=orders))
    assert {row["conversion_id"]: row["partner_id"] for row in result.credits} == {
        "before": "p",
        "after": "q",
    }
