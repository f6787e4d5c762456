"""When a promo code is active: date-times of every form, deals, and states."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from attribution.program import Program, ProgramError, PromoCode
from tests.program.pages import code, only

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def at(field: str, value: object, zone: str = "UTC") -> datetime:
    found = only({"settings": {"timezone": zone}, "promo_codes": [code(**{field: value})]})
    result: datetime = getattr(found, field)
    assert result.tzinfo is UTC
    return result


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        pytest.param("2026-06-01T00:00:00-07:00", "2026-06-01T07:00:00", id="the platform's own form"),
        pytest.param("2026-06-01T00:00:00Z", "2026-06-01T00:00:00", id="Zulu"),
        pytest.param("2026-06-01T00:00:00z", "2026-06-01T00:00:00", id="small zulu"),
        pytest.param("2026-06-01 00:00+0530", "2026-05-31T18:30:00", id="space, no seconds, short offset"),
        pytest.param("2026-06-01T00:00+07", "2026-05-31T17:00:00", id="hours only"),
        pytest.param("2026-06-01T00:00:00.1Z", "2026-06-01T00:00:00.100000", id="one digit of fraction"),
        pytest.param("2026-06-01T00:00:00.123456789Z", "2026-06-01T00:00:00.123456", id="nanoseconds are cut"),
        pytest.param("  2026-06-01T00:00:00Z\n", "2026-06-01T00:00:00", id="white space around"),
        pytest.param("2026-06-01T10:00", "2026-06-01T10:00:00", id="no offset"),
        pytest.param("2026-06-01", "2026-06-01T00:00:00", id="no time"),
        pytest.param(date(2026, 6, 1), "2026-06-01T00:00:00", id="a date"),
        pytest.param(datetime(2026, 6, 1, 5), "2026-06-01T05:00:00", id="a naive date-time"),
        pytest.param(
            datetime(2026, 6, 1, tzinfo=timezone(timedelta(hours=2))), "2026-05-31T22:00:00", id="an aware one"
        ),
    ],
)
def test_a_date_time_is_an_instant(text: object, instant: str) -> None:
    assert at("start_date", text) == utc(instant)


@pytest.mark.parametrize(
    "text",
    [
        "31/12/2026",
        "2026-13-01",
        "2026-02-30",
        "2026-06-01T24:00:00Z",
        "2026-06-01T00:00:60Z",
        "2026-06-01T00:60:00Z",
        "2026-06-01T00:00:00+24:00",
        "2026-06-01T00:00:00+05:60",
        "2026-06-01T00:00:00.Z",
        "2026-06-01T00:00:00.1234567890Z",
        "2026-06-01T00:00:00 Z",
        "2026-06-01T00Z",
        "20260601",
        "2026-W23-1",
        "٢٠٢٦-06-01",
        "0000-01-01",
        "n/a",
        " ",
        1780272000,
        1780272000.5,
        True,
    ],
)
@pytest.mark.parametrize("field", ["created_date", "start_date", "end_date"])
def test_anything_else_is_no_date_time(field: str, text: object) -> None:
    with pytest.raises(ProgramError, match="is not a"):
        at(field, text)


@pytest.mark.parametrize(
    ("field", "instant"),
    [
        ("created_date", "2026-06-01T04:00:00"),
        ("start_date", "2026-06-01T04:00:00"),
        ("end_date", "2026-06-02T03:59:59.999999"),
    ],
)
def test_a_day_starts_at_midnight_and_ends_with_its_last_microsecond(field: str, instant: str) -> None:
    assert at(field, "2026-06-01", "America/New_York") == utc(instant)


def test_an_ambiguous_local_time_is_the_earlier_one() -> None:
    assert at("start_date", "2026-10-25T01:30", "Europe/London") == utc("2026-10-25T00:30")


def test_a_day_whose_last_hour_comes_twice_ends_after_the_second() -> None:
    assert at("end_date", "2025-04-05", "America/Asuncion") == utc("2025-04-06T02:59:59.999999")
    assert at("end_date", "2024-04-06", "America/Santiago") == utc("2024-04-07T03:59:59.999999")


def test_a_local_time_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ProgramError, match="2026-03-29 01:30:00 does not exist in Europe/London"):
        at("start_date", "2026-03-29T01:30", "Europe/London")


def test_an_offset_beats_the_time_zone() -> None:
    assert at("start_date", "2026-06-01T00:00:00Z", "Asia/Tokyo") == utc("2026-06-01T00:00:00")


def test_for_ever_stays_for_ever_west_of_greenwich() -> None:
    assert at("end_date", "9999-12-31T23:59:59-08:00") == datetime.max.replace(tzinfo=UTC)
    assert at("start_date", "0001-01-01T00:00:00+08:00") == datetime.min.replace(tzinfo=UTC)
    assert at("end_date", "9999-12-31", "America/New_York") == datetime.max.replace(tzinfo=UTC)


def test_a_promo_code_may_bring_its_own_time_zone() -> None:
    data = {
        "settings": {"timezone": "Asia/Tokyo"},
        "promo_codes": [code(Timezone="Europe/Paris", start_date="2026-06-01")],
    }
    assert only(data).start_date == utc("2026-05-31T22:00:00")


def test_an_unknown_time_zone_of_a_promo_code_is_named() -> None:
    with pytest.raises(ProgramError, match=r"Timezone: 'Europe/Pari' is not an IANA.*did you mean 'Europe/Paris'"):
        only([code(Timezone="Europe/Pari", start_date="2026-06-01")])


START, END = "2026-06-01T12:00:00Z", "2026-06-01T12:00:00.000001Z"


@pytest.mark.parametrize(
    ("dates", "active"),
    [
        pytest.param({}, True, id="no dates"),
        pytest.param({"start_date": START}, True, id="at the start"),
        pytest.param({"start_date": END}, False, id="a microsecond before the start"),
        pytest.param({"end_date": START}, True, id="at the end"),
        pytest.param({"end_date": "2026-06-01T11:59:59.999999Z"}, False, id="a microsecond after the end"),
        pytest.param({"start_date": END, "end_date": START}, False, id="ends before it starts"),
        pytest.param({"state": "EXPIRED"}, False, id="expired, no end"),
        pytest.param({"state": "INACTIVE"}, False, id="inactive, no end"),
        pytest.param({"state": "FUTUREDATE"}, False, id="future, no start"),
        pytest.param({"state": "EXPIRED", "end_date": END}, True, id="expired since, dates decide"),
        pytest.param({"state": "INACTIVE", "end_date": END}, True, id="inactive since, dates decide"),
        pytest.param({"state": "FUTUREDATE", "start_date": START}, True, id="future then, dates decide"),
        pytest.param({"state": "EXPIRED", "start_date": START}, False, id="expired, a start does not help"),
        pytest.param({"state": "FUTUREDATE", "end_date": END}, False, id="future, an end does not help"),
        pytest.param({"state": "ACTIVE", "end_date": "2026-01-01"}, False, id="active on the export, dates decide"),
    ],
)
def test_dates_decide_and_the_state_only_where_its_date_is_missing(dates: dict[str, Any], active: bool) -> None:
    assert only([code(**dates)]).is_active(NOON) is active


@pytest.mark.parametrize(
    ("state", "never"),
    [("EXPIRED", True), ("INACTIVE", True), ("FUTUREDATE", True), ("ACTIVE", False), (None, False)],
)
def test_a_state_without_its_date_is_never_active(state: str | None, never: bool) -> None:
    assert only([code(state=state)]).never_active is never


OWN = {"StartDate": "2026-01-01T00:00:00Z", "EndDate": "2026-12-31T00:00:00Z"}


@pytest.mark.parametrize("synch", [True, "true", "True"])
def test_a_deal_that_synchs_replaces_both_dates(synch: object) -> None:
    found = only(
        [code(**OWN, DealId=3, DealStartDate="2026-03-01", DealEndDate="2026-03-31", SynchAdsPromoCodes=synch)]
    )
    assert (found.start_date, found.end_date) == (utc("2026-03-01"), utc("2026-03-31T23:59:59.999999"))


@pytest.mark.parametrize(
    ("deal", "dates"),
    [
        pytest.param({"DealStartDate": "2026-03-01"}, ("2026-03-01", None), id="no end"),
        pytest.param({"DealEndDate": "2026-03-31T00:00:00Z"}, (None, "2026-03-31"), id="no start"),
        pytest.param({"DealEndDate": ""}, (None, None), id="neither"),
    ],
)
def test_a_missing_date_of_a_synching_deal_leaves_that_end_open(
    deal: dict[str, str], dates: tuple[str | None, str | None]
) -> None:
    found = only([code(**OWN, DealId="3", SynchAdsPromoCodes=True, **deal)])
    assert (found.start_date, found.end_date) == tuple(date and utc(date) for date in dates)


@pytest.mark.parametrize("synch", [False, "false", None, "", ...])
def test_a_deal_that_does_not_synch_leaves_the_dates_alone(synch: object) -> None:
    found = only([code(**OWN, DealId=3, DealStartDate="2026-03-01", SynchAdsPromoCodes=synch)])
    assert (found.start_date, found.end_date) == (utc("2026-01-01"), utc("2026-12-31"))


@pytest.mark.parametrize("synch", ["yes", 1, "maybe"])
def test_a_flag_is_true_or_false(synch: object) -> None:
    with pytest.raises(ProgramError, match=r"SynchAdsPromoCodes: .* is not one of true, false"):
        only([code(DealId=3, SynchAdsPromoCodes=synch)])


def test_a_replaced_date_must_be_right_all_the_same() -> None:
    with pytest.raises(ProgramError) as failure:
        only([code(StartDate="soon", DealId=3, DealEndDate="later", SynchAdsPromoCodes=True)])
    assert [problem.place.field for problem in failure.value.problems] == ["StartDate", "DealEndDate"]


def test_records_are_made_by_hand_as_well() -> None:
    made = PromoCode(
        id="1", code="A", match_mode="LI", credit_rule="ALWAYS", partner_id="7", start_date=NOON, deal={"Id": 3}
    )
    assert made.start_date == NOON
    assert made.deal is not None
    assert made.deal.id == "3"
    assert Program(promo_codes=(made,)).promo_codes[0] is made
