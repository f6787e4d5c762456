"""Times in cases: relative ones in every form, absolute ones in the program's zone, and back to text."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.cases.moments import absolute_text, moment, relative_text
from attribution.text import BadValueError

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("2d before", timedelta(days=-2)),
        ("1w before", timedelta(days=-7)),
        ("90m before", timedelta(minutes=-90)),
        ("1h30m before", timedelta(minutes=-90)),
        ("1w2d3h4m5s before", -timedelta(days=9, hours=3, minutes=4, seconds=5)),
        ("10s after", timedelta(seconds=10)),
        ("0s before", timedelta()),
        ("0.000001s after", timedelta(microseconds=1)),
        ("1.5s before", timedelta(seconds=-1.5)),
        ("at the same time", timedelta()),
        ("  2d   before ", timedelta(days=-2)),
    ],
)
def test_a_relative_time_counts_from_its_anchor(text: str, after: timedelta) -> None:
    assert moment(text, NOON, "UTC") == NOON + after


def test_a_day_is_24_hours_also_where_the_clocks_change() -> None:
    order = moment("2026-03-29 12:00", None, "Europe/Berlin")
    assert moment("1d before", order, "Europe/Berlin") == order - timedelta(hours=24)
    assert moment("2026-03-28 12:00", None, "Europe/Berlin") == order - timedelta(hours=23)


@pytest.mark.parametrize(
    ("text", "hour"),
    [("2026-03-01 12:00", 11), ("2026-03-01T12:00:00Z", 12), ("2026-03-01T12:00-05:00", 17)],
)
def test_an_absolute_time_without_offset_is_of_the_zone(text: str, hour: int) -> None:
    assert moment(text, None, "Europe/Berlin") == NOON.replace(hour=hour)


def test_a_date_is_the_start_of_its_day() -> None:
    assert moment("2026-03-01", None, "UTC") == NOON.replace(hour=0)


@pytest.mark.parametrize(
    "text", ["", "before", "2d", "2 d before", "2x before", "30m1h before", "1d1d before", "-2d before", "1.5h before",
             "٢d before", "yesterday", "12:00", "2d before noon", "same time", "1.1234567s before"],
)  # fmt: skip
def test_what_is_no_time_is_refused_with_the_forms_there_are(text: str) -> None:
    with pytest.raises(ValueError, match="2d before, 1h30m before, 10s after or at the same time"):
        moment(text, NOON, "UTC")


def test_a_local_time_that_the_clocks_skipped_is_refused() -> None:
    with pytest.raises(ValueError, match="02:30:00 does not exist in Europe/Berlin"):
        moment("2026-03-29 02:30", None, "Europe/Berlin")


@pytest.mark.parametrize("text", ["999999999w before", "9000000d after", "3000w2d9999999h after"])
def test_a_time_outside_the_calendar_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="years 1 to 9999"):
        moment(text, NOON + timedelta(days=2_700_000), "UTC")


def test_a_relative_time_needs_an_anchor() -> None:
    with pytest.raises(BadValueError, match="'2d before' is relative"):
        moment("2d before", None, "UTC")


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (timedelta(days=14), "14d before"),
        (timedelta(days=1, hours=12), "1d12h before"),
        (timedelta(minutes=90), "1h30m before"),
        (timedelta(seconds=60), "1m before"),
        (timedelta(microseconds=10), "0.00001s before"),
        (-timedelta(seconds=61, microseconds=500_000), "1m1.5s after"),
        (timedelta(), "at the same time"),
    ],
)
def test_lengths_are_written_in_the_largest_units(length: timedelta, text: str) -> None:
    assert relative_text(length) == text


@given(st.timedeltas(min_value=timedelta(days=-900), max_value=timedelta(days=3650)))
def test_relative_times_come_back(length: timedelta) -> None:
    assert moment(relative_text(length), NOON, "UTC") == NOON - length


@given(st.datetimes().map(lambda moment: moment.replace(tzinfo=UTC)), st.sampled_from(["UTC", "America/New_York"]))
def test_absolute_times_come_back_in_any_zone(instant: datetime, zone: str) -> None:
    assert moment(absolute_text(instant), None, zone) == instant


def test_absolute_times_are_short() -> None:
    assert absolute_text(NOON) == "2026-03-01 12:00Z"
    assert absolute_text(NOON.replace(second=5, microsecond=120_000)) == "2026-03-01 12:00:05.12Z"
