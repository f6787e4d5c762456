"""Programs and tables read one text as one instant, but where they are meant to differ."""

from datetime import UTC, datetime

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from attribution.events.time_columns import time_column
from attribution.program.values import Unusable, end, start
from attribution.times import UnreadableTimeError, duration, duration_text, instant

ZONES = st.sampled_from(["UTC", "Europe/London", "America/Sao_Paulo"])
DAYS = st.sampled_from(["2026-03-29", "2026-10-25", "2018-11-04", "2026-02-30", "0001-01-01", "0000-01-01", "26-01-01"])
CLOCKS = st.sampled_from(["T00:00", " 01:30", "T01:30:00", "T23:59:59.999999999", "T24:00", "T00:00:60", "T01:30:00."])
OFFSETS = st.sampled_from(["", "Z", "z", "+01", "-0330", "+23:59", "+24:00", " Z"])
AROUND = st.sampled_from(["", " ", "\u200b", "\n"])


@example("Europe/London", "2026-03-29", " 01:30", "", "")  # the clocks skip it
@example("Europe/London", "2026-10-25", "T01:30:00", "", "")  # it comes twice
@given(ZONES, DAYS, CLOCKS, OFFSETS, AROUND)
def test_a_date_time_is_one_instant_to_programs_and_tables(
    zone: str, day: str, clock: str, offset: str, around: str
) -> None:
    text = f"{around}{day}{clock}{offset}{around}"
    of_program = start(text, zone)
    column = time_column(pl.col("t"), pl.String(), zone)
    of_table = pl.Series("t", [text]).to_frame().select(column)["t"].item()
    if of_table is None:
        beyond = datetime.min.replace(tzinfo=UTC)  # the first instant, where a table has none
        assert isinstance(of_program, Unusable) or of_program == beyond
    else:
        assert of_program == end(text, zone) == of_table


def test_beyond_the_calendar_is_an_error_or_its_last_instant() -> None:
    text = "9999-12-31T23:59:59-08:00"
    assert instant(text, "UTC", clamp=True) == datetime.max.replace(tzinfo=UTC)
    with pytest.raises(UnreadableTimeError, match="outside the years 1 to 9999") as refused:
        instant(text, "UTC")
    assert refused.value.value == text


def test_a_day_is_its_beginning_or_its_end() -> None:
    assert instant("2026-06-01", "UTC") == datetime(2026, 6, 1, tzinfo=UTC)
    assert instant("2026-06-01", "UTC", end=True) == datetime(2026, 6, 1, 23, 59, 59, 999999, tzinfo=UTC)
    assert instant("2026-06-01T00:00", "UTC", end=True) == datetime(2026, 6, 1, tzinfo=UTC)


@pytest.mark.parametrize("text", ["1m", "59m", "36h", "30d", "3650d"])
def test_a_window_is_written_as_it_was_read(text: str) -> None:
    assert duration_text(duration(text)) == text
