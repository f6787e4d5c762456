"""Times: the grammar, time zones, and the agreement of the column form with the one-value form."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from datetime import timezone as fixed

import pandas as pd  # type: ignore[import-untyped] # has no stubs
import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from attribution.events.time_columns import is_missing_time, parse_time, time_column

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Kathmandu")


def in_column(values: list[object], dtype: pl.DataType, timezone: str) -> list[datetime | None]:
    return pl.Series("t", values, dtype).to_frame().select(time_column(pl.col("t"), dtype, timezone))["t"].to_list()


def one_by_one(values: Sequence[object], timezone: str) -> list[datetime | None]:
    found: list[datetime | None] = []
    for value in values:
        try:
            found.append(parse_time(value, timezone))
        except ValueError:
            found.append(None)
    return found


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc] # as many parts as a case needs


@pytest.mark.parametrize(
    ("text", "timezone", "expected"),
    [
        pytest.param("2024-03-01", "UTC", utc(2024, 3, 1), id="a date is midnight"),
        pytest.param("2024-03-01", "Europe/Berlin", utc(2024, 2, 29, 23), id="a date is midnight in the zone"),
        pytest.param("2024-03-01T10:11", "UTC", utc(2024, 3, 1, 10, 11), id="without seconds"),
        pytest.param("2024-03-01 10:11:12", "UTC", utc(2024, 3, 1, 10, 11, 12), id="a space instead of T"),
        pytest.param("2024-03-01T10:11Z", "Europe/Berlin", utc(2024, 3, 1, 10, 11), id="Z outranks the zone"),
        pytest.param("2024-03-01T10:11:12z", "UTC", utc(2024, 3, 1, 10, 11, 12), id="a small z"),
        pytest.param("2020-09-10T10:42:38-07:00", "UTC", utc(2020, 9, 10, 17, 42, 38), id="as the platform writes"),
        pytest.param("2024-03-01T00:00:00+0530", "UTC", utc(2024, 2, 29, 18, 30), id="an offset without colon"),
        pytest.param("2024-03-01T00:00:00+05", "UTC", utc(2024, 2, 29, 19), id="an offset of hours"),
        pytest.param("2024-03-01T00:00:00-00:30", "UTC", utc(2024, 3, 1, 0, 30), id="half an hour behind"),
        pytest.param("2024-03-01T00:00:00.5Z", "UTC", utc(2024, 3, 1, 0, 0, 0, 500000), id="one fraction digit"),
        pytest.param(
            "2024-03-01T00:00:00.123456789Z", "UTC", utc(2024, 3, 1, 0, 0, 0, 123456), id="nanoseconds are cut"
        ),
        pytest.param("\u200b 2024-03-01\xa0\n", "UTC", utc(2024, 3, 1), id="white space around it"),
        pytest.param("2024-02-29", "UTC", utc(2024, 2, 29), id="a leap day"),
        pytest.param("2024-10-27T02:30:00", "Europe/Berlin", utc(2024, 10, 27, 0, 30), id="ambiguous is earlier"),
        pytest.param("2024-03-31T03:00:00", "Europe/Berlin", utc(2024, 3, 31, 1), id="just after the gap"),
        pytest.param("2150-07-01T12:00", "Europe/Berlin", utc(2150, 7, 1, 11), id="after the tables end"),
        pytest.param("0001-01-01T00:00:00Z", "UTC", utc(1, 1, 1), id="the first instant"),
        pytest.param(
            "9999-12-31T23:59:59.999999Z", "UTC", utc(9999, 12, 31, 23, 59, 59, 999999), id="the last instant"
        ),
    ],
)
def test_a_text_of_the_grammar_is_read(text: str, timezone: str, expected: datetime) -> None:
    assert parse_time(text, timezone) == expected
    assert in_column([text, None, "no time"], pl.String(), timezone) == [expected, None, None]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("  ", id="blank"),
        pytest.param("NOW", id="a word"),
        pytest.param("20240301", id="no separators"),
        pytest.param("2024-3-1", id="single digits"),
        pytest.param("2024-13-01", id="month 13"),
        pytest.param("2023-02-29", id="no leap day"),
        pytest.param("2024-04-31", id="day 31 of a month of 30"),
        pytest.param("2024-03-00", id="day 0"),
        pytest.param("0000-01-01", id="year 0"),
        pytest.param("12024-01-01", id="a year of five digits"),
        pytest.param("+2024-01-01", id="a sign"),
        pytest.param("01/03/2024", id="a slash date"),
        pytest.param("2024-03-01T24:00", id="hour 24"),
        pytest.param("2024-03-01T23:59:60Z", id="second 60"),
        pytest.param("2024-03-01T23:60Z", id="minute 60"),
        pytest.param("2024-03-01T10", id="hours alone"),
        pytest.param("2024-03-01T10:11:12.", id="a point without digits"),
        pytest.param("2024-03-01T10:11:12.1234567890Z", id="ten fraction digits"),
        pytest.param("2024-03-01T10:11:12,5", id="a decimal comma"),
        pytest.param("2024-03-01t10:11", id="a small t"),
        pytest.param("2024-03-01  10:11", id="two spaces"),
        pytest.param("2024-03-01T10:11 Z", id="a space before the offset"),
        pytest.param("2024-03-01Z", id="an offset on a date"),
        pytest.param("2024-03-01T10:11+5", id="an offset of one digit"),
        pytest.param("2024-03-01T10:11+24:00", id="an offset of a day"),
        pytest.param("2024-03-01T10:11+05:60", id="an offset of sixty minutes"),
        pytest.param("2024-03-01T10:11:12 UTC", id="a zone name"),
        pytest.param("２０２４-03-01", id="full-width digits"),
        pytest.param("2024-03-01\n2024-03-02", id="two lines"),
        pytest.param("0001-01-01T00:00+01:00", id="before year 1"),
        pytest.param("9999-12-31T23:59:59-00:01", id="after year 9999"),
        pytest.param("0001-01-01", id="before year 1 in the time zone"),
        pytest.param("2024-03-31T02:30:00", id="a local time that the clocks skip"),
        pytest.param("\x1c2024-03-01", id="a control character that is no white space"),
    ],
)
def test_any_other_text_is_unreadable(text: str) -> None:
    with pytest.raises(ValueError, match="cannot be read as a time"):
        parse_time(text, "Europe/Berlin")
    assert in_column([text], pl.String(), "Europe/Berlin") == [None]


def digits(low: int, high: int, width: int) -> st.SearchStrategy[str]:
    return st.integers(low, high).map(lambda number: f"{number:0{width}}")


years = st.sampled_from(["0000", "0001", "1899", "1969", "2024", "2025", "2099", "2100", "2151", "9999", "24"])
clocks = st.builds("{}:{}".format, digits(0, 24, 2), st.sampled_from(["00", "15", "30", "59", "60", "7"]))
seconds = st.sampled_from(
    ["", ":00", ":59", ":60", ":1", ":07.5", ":07.123456", ":07.1234567", ":07.", ":07.1234567890"]
)
offsets = st.sampled_from(
    ["", "Z", "z", "+01", "-0130", "+02:00", "-07:00", "+23:59", "-23:59", "+24:00", "+1", " Z", "+01:3", "UTC"]
)
texts = st.builds(
    "{}{}-{}-{}{}{}{}{}{}".format,
    st.sampled_from(["", " ", "\ufeff", "x"]),
    years,
    st.sampled_from(["01", "03", "10", "11", "12", "13"]),
    st.sampled_from(["01", "03", "10", "27", "30", "31", "00"]),
    st.sampled_from(["T", " ", "t"]),
    clocks,
    seconds,
    offsets,
    st.sampled_from(["", "\n", "\x1d"]),
)
dates = st.builds("{}-{}-{}".format, years, digits(0, 13, 2), digits(0, 32, 2))
gaps = st.sampled_from(
    ["2024-03-31T02:30", "2024-03-31T01:59:59", "2024-10-27T02:30:00", "2024-03-10 02:00:00", "2024-11-03 01:30",
     "2018-11-04", "2018-11-04T00:59:59.9", "2024-10-06T02:15", "2024-04-07T01:45", "1986-01-01T00:05"]
)  # fmt: skip


@given(st.lists(st.one_of(texts, dates, gaps), max_size=6), st.sampled_from(ZONES))
@example(["2024-01-01T00:00:00Z", "2024-01-01T00:00:00.5", "2024-01-01", "2024-01-01T00:00+01"], "Europe/Berlin")
@example(["2024-01-01T00:00:00+01:00", "2024-01-01T00:00:00"], "America/New_York")
def test_a_column_reads_exactly_what_single_values_read(values: list[str], timezone: str) -> None:
    assert in_column(list(values), pl.String(), timezone) == one_by_one(values, timezone)


@given(
    st.lists(st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59, 59)), max_size=6), st.sampled_from(ZONES)
)
def test_naive_date_times_agree_too(values: list[datetime], timezone: str) -> None:
    assert in_column(list(values), pl.Datetime("us"), timezone) == one_by_one(values, timezone)


def test_an_aware_date_time_of_any_zone_is_the_same_instant() -> None:
    local = datetime(2024, 3, 1, 10, tzinfo=fixed(timedelta(hours=-7)))
    assert parse_time(local, "Europe/Berlin") == utc(2024, 3, 1, 17)
    zoned = pl.Series("t", [utc(2024, 3, 1, 17)], pl.Datetime("ms", "America/Phoenix"))
    dtype = pl.Datetime("ms", "America/Phoenix")
    found = zoned.to_frame().select(time_column(pl.col("t"), dtype, "Europe/Berlin"))["t"]
    assert found.dtype == pl.Datetime("us", "UTC")
    assert found.to_list() == [utc(2024, 3, 1, 17)]


@pytest.mark.parametrize("zone", [None, "UTC"])
def test_nanoseconds_are_floored_also_before_1970(zone: str | None) -> None:
    column = pl.Series("t", [-1, 1999], pl.Int64).cast(pl.Datetime("ns", zone))
    found = column.to_frame().select(time_column(pl.col("t"), column.dtype, "UTC"))["t"]
    assert found.cast(pl.Int64).to_list() == [-1, 1]


def test_a_date_is_midnight_and_unreadable_where_midnight_is_skipped() -> None:
    days: list[object] = [date(2018, 11, 3), date(2018, 11, 4)]  # summer time began at 00:00 in São Paulo
    assert in_column(days, pl.Date(), "America/Sao_Paulo") == [utc(2018, 11, 3, 3), None]
    with pytest.raises(ValueError, match="does not exist in America/Sao_Paulo"):
        parse_time(date(2018, 11, 4), "America/Sao_Paulo")


def test_what_is_no_time_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be read as a time"):
        parse_time(1709251200, "UTC")


def test_instants_in_utc_pass_through_untouched() -> None:
    column = pl.col("t")
    assert time_column(column, pl.Datetime("us", "UTC"), "Europe/Berlin") is column


def test_a_timestamp_of_pandas_is_floored_to_microseconds_and_plain() -> None:
    found = parse_time(pd.Timestamp("2024-03-01T12:00:00.000001999Z"), "UTC")
    assert (type(found), found) == (datetime, datetime(2024, 3, 1, 12, 0, 0, 1, tzinfo=UTC))


def test_what_pandas_has_for_a_missing_time_is_none() -> None:
    for value in (pd.NaT, pd.NA, None, " "):
        assert is_missing_time(value)
        with pytest.raises(ValueError, match="time"):
            parse_time(value, "UTC")
    assert not is_missing_time("2024-03-01")
