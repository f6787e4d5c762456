"""D001 to D005: the dates of one promo code, by themselves, by its State and by its deal."""

from datetime import datetime
from typing import Any

import pytest

from attribution.validation.check import Check
from attribution.validation.checks import family
from attribution.validation.checks.dates.deal_replaces_dates import CHECK as REPLACES
from attribution.validation.checks.dates.ends_at_midnight import CHECK as MIDNIGHT
from attribution.validation.checks.dates.outlives_deal import CHECK as OUTLIVES
from attribution.validation.checks.dates.start_after_end import CHECK as ORDER
from attribution.validation.checks.dates.state_contradicts_dates import CHECK as STATE
from attribution.validation.checks.dates.state_without_date import CHECK as MISSING
from attribution.validation.finding import Severity
from tests.validation.literals.looking import about, example_and_mend, look, promo

CHECKS = family("dates")


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_the_example_of_the_page_triggers_and_the_mended_one_does_not(check: Check) -> None:
    assert example_and_mend(check) == (1, 0)


def one(check: Check, as_of: str = "2026-07-01T00:00:00Z", zone: str = "UTC", **fields: Any) -> list[str]:
    """The messages about one promo code with these fields."""
    notices = look(check, promo("A1", **fields), as_of=datetime.fromisoformat(as_of), timezone=zone)
    return [notice.message for notice in notices]


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        pytest.param("2026-06-01T00:00:00Z", "2026-06-01T00:00:00Z", 0, id="one instant"),
        pytest.param("2026-06-01T00:00:00.000001Z", "2026-06-01T00:00:00Z", 1, id="one microsecond before"),
        pytest.param("2026-06-01T00:00:00+02:00", "2026-06-01T00:00:00Z", 0, id="by instants, not by texts"),
        pytest.param("2026-06-01", "2026-06-01", 0, id="one day"),
        pytest.param("2026-06-02", "2026-06-01", 1, id="the day before"),
        pytest.param(None, "2026-06-01", 0, id="open start"),
        pytest.param("2026-06-01", None, 0, id="open end"),
    ],
)
def test_a_code_that_starts_after_its_end_is_never_active(start: str | None, end: str | None, found: int) -> None:
    assert len(one(ORDER, start_date=start, end_date=end)) == found
    assert ORDER.severity is Severity.ERROR


def test_the_dates_that_a_deal_has_put_in_place_are_said_to_be_its() -> None:
    deal = {"start_date": "2026-06-02T00:00:00Z", "end_date": "2026-06-01T00:00:00Z", "synch_ads_promo_codes": True}
    assert one(ORDER, deal=deal) == [
        "promo code 'A1' (SAVE10) is never active: its deal, whose dates it takes, starts at 2026-06-02 00:00:00 UTC, "
        "after the end at 2026-06-01 00:00:00 UTC"
    ]
    assert one(ORDER, deal=deal | {"synch_ads_promo_codes": False}) == []


BEFORE, AFTER = {"end_date": "2026-06-30"}, {"start_date": "2026-07-02"}
WITHIN = {"start_date": "2026-06-01", "end_date": "2026-08-31"}


@pytest.mark.parametrize(
    ("state", "dates", "said"),
    [
        pytest.param("ACTIVE", {}, None, id="active without dates"),
        pytest.param("ACTIVE", WITHIN, None, id="active within"),
        pytest.param("ACTIVE", BEFORE, "it ended at 2026-06-30 23:59:59 UTC", id="active after its end"),
        pytest.param("ACTIVE", AFTER, "it starts at 2026-07-02 00:00:00 UTC", id="active before its start"),
        pytest.param("EXPIRED", BEFORE, None, id="expired after its end"),
        pytest.param(
            "EXPIRED",
            WITHIN,
            "it is active since 2026-06-01 00:00:00 UTC until 2026-08-31 23:59:59 UTC",
            id="expired within",
        ),
        pytest.param(
            "EXPIRED",
            AFTER | {"end_date": "2026-08-31"},
            "it starts at 2026-07-02 00:00:00 UTC",
            id="expired before its start",
        ),
        pytest.param("INACTIVE", BEFORE, None, id="inactive after its end"),
        pytest.param("INACTIVE", AFTER | {"end_date": "2026-08-31"}, None, id="inactive before its start"),
        pytest.param(
            "INACTIVE", {"end_date": "2026-08-31"}, "it is active until 2026-08-31 23:59:59 UTC", id="inactive within"
        ),
        pytest.param("FUTUREDATE", AFTER, None, id="to come before its start"),
        pytest.param(
            "FUTUREDATE",
            {"start_date": "2026-06-01"},
            "it is active since 2026-06-01 00:00:00 UTC",
            id="to come after its start",
        ),
        pytest.param(
            "FUTUREDATE",
            BEFORE | {"start_date": "2026-06-01"},
            "it ended at 2026-06-30 23:59:59 UTC",
            id="to come after its end",
        ),
        pytest.param(None, BEFORE, None, id="no State"),
        pytest.param("EXPIRED", {}, None, id="no date that the State implies"),
        pytest.param("ACTIVE", AFTER | BEFORE, None, id="no time between the dates"),
    ],
)
def test_a_state_that_the_dates_contradict_is_found(state: str | None, dates: dict[str, str], said: str | None) -> None:
    expected = f"promo code 'A1' (SAVE10) is {state} at 2026-07-01 00:00:00 UTC by its State, but by its dates {said}"
    assert one(STATE, state=state, **dates) == ([] if said is None else [expected])


@pytest.mark.parametrize(
    ("state", "as_of", "found"),
    [
        pytest.param("ACTIVE", "2026-06-01T00:00:00Z", 0, id="active at its first instant"),
        pytest.param("ACTIVE", "2026-05-31T23:59:59.999999Z", 1, id="active a microsecond earlier"),
        pytest.param("ACTIVE", "2026-06-30T12:00:00Z", 0, id="active at its last instant"),
        pytest.param("ACTIVE", "2026-06-30T12:00:00.000001Z", 1, id="active a microsecond later"),
        pytest.param("EXPIRED", "2026-06-30T12:00:00Z", 1, id="expired at its last instant"),
        pytest.param("EXPIRED", "2026-06-30T12:00:00.000001Z", 0, id="expired a microsecond later"),
        pytest.param("FUTUREDATE", "2026-06-01T00:00:00Z", 1, id="to come at its first instant"),
        pytest.param("FUTUREDATE", "2026-05-31T23:59:59.999999Z", 0, id="to come a microsecond earlier"),
    ],
)
def test_state_is_judged_at_the_time_of_the_export(state: str, as_of: str, found: int) -> None:
    dates = {"start_date": "2026-06-01T00:00:00Z", "end_date": "2026-06-30T12:00:00Z"}
    assert len(one(STATE, as_of=as_of, state=state, **dates)) == found


@pytest.mark.parametrize(
    ("state", "fields", "missing"),
    [
        pytest.param("EXPIRED", {}, "end_date", id="expired nobody knows when"),
        pytest.param("INACTIVE", {"start_date": "2026-01-01"}, "end_date", id="inactive nobody knows since when"),
        pytest.param("FUTUREDATE", {"end_date": "2026-12-31"}, "start_date", id="to come nobody knows when"),
        pytest.param("EXPIRED", {"end_date": "2026-01-01"}, None, id="expired on a day"),
        pytest.param("FUTUREDATE", {"start_date": "2027-01-01"}, None, id="to come on a day"),
        pytest.param("ACTIVE", {}, None, id="active"),
        pytest.param(None, {}, None, id="no State"),
    ],
)
def test_a_state_without_its_date_never_matches(state: str | None, fields: dict[str, str], missing: str | None) -> None:
    said = f"promo code 'A1' (SAVE10) is {state} without {missing}, so that it never matches, at no time"
    assert one(MISSING, state=state, **fields) == ([said] if missing else [])


def test_what_has_not_started_yet_needs_no_end() -> None:
    def way_out(**fields: Any) -> str:
        (notice,) = look(MISSING, promo("A1", **fields), as_of=datetime.fromisoformat("2026-07-01T00:00:00Z"))
        return notice.help

    later = {"state": "INACTIVE", "start_date": "2026-08-01"}
    assert way_out(**later) == "leave state out if it has only not started yet: its start_date says so"
    assert way_out(**{**later, "start_date": "2026-06-01"}).startswith("set end_date to the day it was switched off")
    assert way_out(state="FUTUREDATE").startswith("set start_date")


def test_a_date_may_be_missing_since_the_deal_has_none() -> None:
    [said] = one(MISSING, state="EXPIRED", end_date="2026-05-31", deal={"id": "D", "synch_ads_promo_codes": True})
    assert "is EXPIRED without end_date (it takes those of its deal), so" in said


@pytest.mark.parametrize(
    ("end", "zone", "found"),
    [
        pytest.param("2026-08-31T00:00:00Z", "UTC", True, id="midnight in UTC"),
        pytest.param("2026-08-31T00:00:00", "America/New_York", True, id="midnight where the program is"),
        pytest.param("2026-08-31T04:00:00Z", "America/New_York", True, id="the same instant in UTC"),
        pytest.param("2026-08-31T00:00:00Z", "America/New_York", True, id="midnight in UTC, as written"),
        pytest.param("2026-08-30T20:00:00-04:00", "America/New_York", False, id="midnight in UTC, not as written"),
        pytest.param("2026-08-31T00:00:00-07:00", "UTC", True, id="midnight in the offset"),
        pytest.param("2026-08-31T00:00+0530", "UTC", True, id="midnight in a short offset"),
        pytest.param(" 2026-08-31T00:00:00.0-07 ", "UTC", True, id="midnight in hours only"),
        pytest.param("2026-08-31T07:00:00z", "UTC", False, id="the same instant, not as written"),
        pytest.param("2026-12-31T05:00:00Z", "America/New_York", True, id="midnight in winter"),
        pytest.param("2026-12-31T04:00:00Z", "America/New_York", False, id="an hour before it in winter"),
        pytest.param("2026-08-30T23:59:59.999999Z", "UTC", False, id="one microsecond before"),
        pytest.param("2026-08-31T00:00:00.000001Z", "UTC", False, id="one microsecond after"),
        pytest.param("2026-08-31T00:00:01Z", "UTC", False, id="one second after"),
        pytest.param("2026-08-31T00:01:00Z", "UTC", False, id="one minute after"),
        pytest.param("2026-08-30T23:59:59Z", "UTC", False, id="the last second of the day"),
        pytest.param("2026-08-31", "UTC", False, id="a date alone is the end of its day"),
        pytest.param("9999-12-31T23:00:00Z", "Asia/Tokyo", False, id="for ever"),
        pytest.param("0001-01-01T00:00:00Z", "America/New_York", False, id="never"),
        pytest.param(None, "UTC", False, id="open"),
    ],
)
def test_an_end_at_midnight_is_suspicious(end: str | None, zone: str, found: bool) -> None:
    assert bool(one(MIDNIGHT, zone=zone, end_date=end)) is found


def test_midnight_is_that_of_the_zone_that_a_promo_code_names() -> None:
    assert len(one(MIDNIGHT, end_date="2026-08-31T00:00:00", Timezone="Europe/London")) == 1
    assert one(MIDNIGHT, end_date="2026-08-31T02:00:00+02:00", Timezone="Europe/London") == []


def test_the_message_of_midnight_names_day_and_zone() -> None:
    [notice] = look(MIDNIGHT, promo("A1", end_date="2026-08-31T00:00:00"), timezone="Europe/London")
    assert notice.message == (
        "promo code 'A1' (SAVE10) ends as 2026-08-31 begins (Europe/London): orders of that day match no more"
    )
    assert notice.help == ("end on 2026-08-31, without a time, to include that day, or at 2026-08-30T23:59:59 if not")
    assert notice.facts == {"end_date": "2026-08-30T23:00:00Z", "timezone": "Europe/London"}


def test_the_way_out_of_midnight_keeps_an_offset_that_is_not_the_program_zones() -> None:
    late = promo("A1", end_date="2026-08-31T00:00:00-07:00")
    (notice,) = look(MIDNIGHT, late, timezone="Europe/London")
    assert notice.help == "end at 2026-08-31T23:59:59-07:00 to include that day, or at 2026-08-30T23:59:59-07:00 if not"


@pytest.mark.parametrize(
    ("successor", "found"),
    [
        pytest.param({}, [], id="another partner's"),
        pytest.param({"partner_id": "amy"}, [], id="the same partner's"),
        pytest.param({"start_date": "2026-08-31T00:00:01Z"}, [["A1"]], id="a second later"),
        pytest.param({"code": "save10"}, [["A1"]], id="another code"),
        pytest.param({"match_mode": "RE"}, [["A1"]], id="a pattern"),
        pytest.param({"program_id": "2"}, [["A1"]], id="in another program"),
        pytest.param({"program_id": None}, [], id="in all programs"),
        pytest.param({"state": "INACTIVE"}, [["A1"]], id="that is never active"),
    ],
)
def test_an_end_at_midnight_is_meant_where_the_code_starts_anew_at_that_instant(
    successor: dict[str, Any], found: list[list[str]]
) -> None:
    old = promo("A1", end_date="2026-08-31T00:00:00Z", program_id="1")
    new = promo("B1", partner="bob", start_date="2026-08-31T00:00:00Z", program_id="1") | successor
    assert about(MIDNIGHT, old, new) == found
    assert about(MIDNIGHT, new, old) == found


DEAL = {"id": "D7", "start_date": "2026-06-01T00:00:00Z", "end_date": "2026-08-31T00:00:00Z"}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        pytest.param({"end_date": "2026-08-31T00:00:00Z"}, None, id="ends with the deal"),
        pytest.param(
            {"end_date": "2026-08-31T00:00:01Z"},
            "ends at 2026-08-31 00:00:01 UTC, but its deal 'D7' ends at 2026-08-31 00:00:00 UTC",
            id="a second longer",
        ),
        pytest.param({}, "has no end, but its deal 'D7' ends at 2026-08-31 00:00:00 UTC", id="open"),
        pytest.param({"start_date": "2026-06-01T00:00:00Z", "end_date": "2026-07-01"}, None, id="within"),
        pytest.param(
            {"start_date": "2026-05-31T00:00:00Z", "end_date": "2026-07-01"},
            "starts at 2026-05-31 00:00:00 UTC, but its deal 'D7' starts at 2026-06-01 00:00:00 UTC",
            id="a day earlier",
        ),
        pytest.param(
            {"created_date": "2026-05-01T00:00:00Z", "end_date": "2026-07-01"},
            "is active since its creation at 2026-05-01 00:00:00 UTC, "
            "but its deal 'D7' starts at 2026-06-01 00:00:00 UTC",
            id="created before",
        ),
        pytest.param({"end_date": "2026-07-01"}, None, id="created nobody knows when"),
        pytest.param({"deal": {"id": "D7"}}, None, id="a deal without dates"),
        pytest.param({"deal": DEAL | {"synch_ads_promo_codes": True}}, None, id="the deal's dates"),
        pytest.param({"deal": None}, None, id="no deal"),
        pytest.param({"state": "EXPIRED"}, None, id="never active"),
    ],
)
def test_a_code_that_is_active_without_its_deal_is_found(fields: dict[str, Any], said: str | None) -> None:
    assert one(OUTLIVES, **({"deal": DEAL} | fields)) == ([] if said is None else [f"promo code 'A1' (SAVE10) {said}"])


def test_a_deal_without_an_id_is_the_deal() -> None:
    [notice] = look(OUTLIVES, promo("A1", deal={"end_date": "2026-08-31T00:00:00Z"}))
    assert "but its deal ends at" in notice.message
    assert notice.field == "end_date"
    assert notice.facts == {
        "deal": None,
        "start_date": None,
        "end_date": None,
        "deal_start_date": None,
        "deal_end_date": "2026-08-31T00:00:00Z",
    }


def test_midnight_of_a_deal_is_that_of_the_offset_that_the_deal_has() -> None:
    deal = {"end_date": "2026-08-31T00:00:00-07:00", "synch_ads_promo_codes": True}
    assert len(one(MIDNIGHT, end_date="2026-08-31T12:00:00Z", deal=deal)) == 1
    assert one(MIDNIGHT, end_date="2026-08-31T12:00:00Z", deal=deal | {"synch_ads_promo_codes": False}) == []


SYNCHED = {"id": "D7", "end_date": "2026-08-31T00:00:00Z", "synch_ads_promo_codes": True}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        pytest.param({"end_date": "2026-08-31T02:00:00+02:00"}, None, id="the same instant"),
        pytest.param({}, None, id="no dates of its own"),
        pytest.param(
            {"end_date": "2026-12-31"},
            "has an end_date of its own, 2026-12-31 23:59:59 UTC, "
            "which its deal 'D7' replaces by 2026-08-31 00:00:00 UTC",
            id="another end",
        ),
        pytest.param(
            {"start_date": "2026-06-01"},
            "has a start_date of its own, 2026-06-01 00:00:00 UTC, "
            "which its deal 'D7' replaces by none: its start is open",
            id="no start",
        ),
        pytest.param(
            {"end_date": "2026-12-31", "deal": SYNCHED | {"synch_ads_promo_codes": False}}, None, id="not synched"
        ),
        pytest.param({"end_date": "2026-12-31", "deal": None}, None, id="no deal"),
    ],
)
def test_dates_that_a_deal_replaces_are_named_with_those_that_count(fields: dict[str, Any], said: str | None) -> None:
    assert one(REPLACES, **({"deal": SYNCHED} | fields)) == (
        [] if said is None else [f"promo code 'A1' (SAVE10) {said}"]
    )
