"""Turns columns of times, and single values, into instants in UTC, with the same result for both.

The grammar is that of `attribution.times`; a column has null for what cannot be read, and so it has for instants
outside the years 1 to 9999 in UTC.
"""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

import polars as pl

from attribution.events.schema import TIME
from attribution.terms import WHITE_SPACE
from attribution.text import BadValueError
from attribution.times import GRAMMAR, in_utc, offset_of, skipped, wall

_FIRST: Final = datetime(1, 1, 1, tzinfo=UTC)
_LAST: Final = datetime.max.replace(tzinfo=UTC)
_FIRST_DAY: Final = (_FIRST - datetime(1970, 1, 1, tzinfo=UTC)).days
_LAST_DAY: Final = (_LAST - datetime(1970, 1, 1, tzinfo=UTC)).days
_TABULATED: Final = 2100  # Polars knows daylight saving up to the year before, `zoneinfo` for ever


def time_column(column: pl.Expr, dtype: pl.DataType, timezone: str) -> pl.Expr:
    """The instants of a column of `dtype` (text, date or date-time); null for what cannot be read."""
    if dtype == TIME:
        return column  # as it is, at no cost; what lies outside the calendar `within_calendar` takes out
    column = _bounded(column, dtype)
    if isinstance(dtype, pl.Datetime):
        if dtype.time_zone is None:
            return _column_in_utc(column.dt.cast_time_unit("us"), timezone)
        return column.dt.cast_time_unit("us").dt.convert_time_zone("UTC")
    if isinstance(dtype, pl.Date):
        return _column_in_utc(column.cast(pl.Datetime("us")), timezone)
    if isinstance(dtype, pl.Null):
        return column.cast(TIME)
    return _from_text(column.cast(pl.String), timezone)


def time_text(column: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    """What to show of a time that `time_column` cannot read; null for a missing time and for types it always reads."""
    if not dtype.is_temporal():
        return column.cast(pl.String)
    number = column.to_physical().cast(pl.String)
    if dtype == TIME:
        return pl.when(within_calendar(column).is_null()).then(number)
    return pl.coalesce(_bounded(column, dtype).cast(pl.String), number)


def _bounded(column: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    """Dates and date-times far outside the calendar as null: Polars can neither convert nor print them."""
    if isinstance(dtype, pl.Date):
        return pl.when(column.to_physical().is_between(_FIRST_DAY, _LAST_DAY)).then(column)
    if isinstance(dtype, pl.Datetime) and dtype.time_unit != "ns":  # nanoseconds end in 2262
        second = 1000 if dtype.time_unit == "ms" else 1_000_000
        first, last = _FIRST_DAY * 86_400 * second, (_LAST_DAY + 1) * 86_400 * second - 1
        return pl.when(column.to_physical().is_between(first, last)).then(column)
    return column


def _column_in_utc(local: pl.Expr, timezone: str) -> pl.Expr:
    if timezone == "UTC":
        return local.dt.replace_time_zone("UTC")
    aware = local.dt.replace_time_zone(timezone, ambiguous="earliest", non_existent="null")
    return within_calendar(aware.dt.convert_time_zone("UTC"))


def within_calendar(instant: pl.Expr) -> pl.Expr:
    """Instants outside the years 1 to 9999 as null."""
    return pl.when(instant.is_between(pl.lit(_FIRST, TIME), pl.lit(_LAST, TIME))).then(instant)


def _from_text(column: pl.Expr, timezone: str) -> pl.Expr:
    # a whole batch at a time, so that parts that no row of it has (fractions, offsets) cost nothing
    return column.map_batches(partial(_read_texts, timezone=timezone), return_dtype=TIME, is_elementwise=True)


def _read_texts(texts: pl.Series, timezone: str) -> pl.Series:
    text, tail, local = pl.col("text"), pl.col("tail"), pl.col("local")
    rows = texts.alias("text").to_frame().select(text.str.strip_chars(WHITE_SPACE))
    rows = rows.select(pl.when(text.str.contains(f"^(?:{GRAMMAR})$")).then(text))
    rows = rows.with_columns(tail=text.str.slice(16))  # after the minutes: seconds, fraction, offset
    rows = rows.with_columns(_wall_clock(rows), aware=tail.str.contains("[Zz+-]"))
    fractions = bool(rows["tail"].str.contains(".", literal=True).any())
    if fractions:
        digits = tail.str.extract(r"\.([0-9]{1,6})").str.pad_end(6, "0")
        rows = rows.with_columns(local + pl.duration(microseconds=digits.cast(pl.Int64).fill_null(0)))
    instant = local
    if rows["tail"].str.contains("[+-]").any():
        instant = local - _ahead(rows["tail"], fractions)
    instant = within_calendar(instant.dt.replace_time_zone("UTC"))
    if not rows["aware"].all():
        instant = pl.when("aware").then(instant).otherwise(_column_in_utc(local, timezone))
    return rows.select(instant.alias(texts.name)).to_series()


def _wall_clock(rows: pl.DataFrame) -> pl.Series:
    """Date, hour, minute and second of texts of the grammar; null for days that no calendar has."""
    text = pl.col("text").str.replace(" ", "T", literal=True)
    day = text.str.head(10)
    local = _strptime(text.str.head(19), "%Y-%m-%dT%H:%M:%S")
    if not rows["tail"].str.starts_with(":").all():
        minutes, days = _strptime(text.str.head(16), "%Y-%m-%dT%H:%M"), _strptime(day + "T00:00", "%Y-%m-%dT%H:%M")
        without = pl.when(text.str.len_bytes() > 10).then(minutes).otherwise(days)
        local = pl.when(pl.col("tail").str.starts_with(":")).then(local).otherwise(without)
    return rows.select(local=pl.when(~day.str.starts_with("0000")).then(local)).to_series()


def _strptime(text: pl.Expr, form: str) -> pl.Expr:
    return text.str.to_datetime(form, time_unit="us", strict=False, cache=False)


def _ahead(tails: pl.Series, fractions: bool) -> pl.Series:
    """How far the offset at the end of each text is ahead of UTC; zero without one. A log has few offsets."""
    same_place = not fractions and tails.str.starts_with(":").all()
    offsets = tails.str.slice(3) if same_place else tails.str.extract("([+-].*)$")
    known = {offset: offset_of(offset) for offset in offsets.drop_nulls().unique()}
    return offsets.replace_strict(known, return_dtype=pl.Duration("us")).fill_null(timedelta()).alias("ahead")


def is_missing(value: object) -> bool:
    """Whether a value is None, or what pandas has for it: `NA` or `NaT`. (Pandas is not loaded for this.)"""
    return value is None or type(value).__name__ in {"NAType", "NaTType"}


def is_missing_time(value: object) -> bool:
    """Whether a value says nothing of a time: a missing value or a blank text."""
    return is_missing(value) or (isinstance(value, str) and not value.strip(WHITE_SPACE))


def parse_time(value: object, timezone: str) -> datetime:
    """The instant of one text, date or date-time; BadValueError where `time_column` has null."""
    if is_missing(value):
        raise BadValueError("there is no time")
    moment = wall(value)
    if moment.tzinfo is not None:
        return in_utc(moment, timezone, value)
    moment = moment.replace(fold=0)
    if timezone != "UTC" and moment.year >= _TABULATED:
        return _as_column(moment, timezone, value)
    return in_utc(moment, timezone, value)


def _as_column(moment: datetime, timezone: str, value: object) -> datetime:
    naive = pl.Datetime("us")
    found = pl.select(time_column(pl.lit(moment, naive), naive, timezone)).item()
    if not isinstance(found, datetime):
        raise skipped(moment, timezone, value)
    return found.replace(tzinfo=UTC)
