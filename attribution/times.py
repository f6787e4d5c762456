r"""Times as configuration, tables, cases and options write them: date-times, time zones, lookback windows.

Text is `YYYY-MM-DD`, or `YYYY-MM-DD[T or space]HH:MM[:SS[.f]]` with one to nine digits `f` and an optional offset `Z`,
`+HH:MM`, `+HHMM` or `+HH`; white space around it is allowed. Digits below the microsecond are cut. Hours end with 23,
seconds with 59, years begin with 1. Without an offset it is local time of the time zone in force: an ambiguous local
time is the earlier one, and one that the clocks skip cannot be read. A date is 00:00 of that day; as the end of a
period it is the last microsecond of that day. `events.time_columns` reads columns by the same grammar.

A window is a whole number and a unit, `45m`, `12h`, `30d`, `2w`: elapsed time, at most 3650 days.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from attribution.terms import WHITE_SPACE
from attribution.text import BadValueError, did_you_mean, shown

EXAMPLE: Final = "2026-06-01T00:00:00-07:00"

_DAY: Final = "([0-9]{4})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_CLOCK: Final = r"([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9])(?:\.([0-9]{1,9}))?)?"
_OFFSET: Final = "([Zz]|[+-](?:[01][0-9]|2[0-3])(?::?[0-5][0-9])?)"
GRAMMAR: Final = f"{_DAY}(?:[T ]{_CLOCK}{_OFFSET}?)?"
"""The text of a date or a date-time, as a regular expression of Python and of Polars."""

_FORM: Final = re.compile(GRAMMAR)
_MIDNIGHT: Final = time()
# fold=1: where the clock is put back at midnight the day ends when its last hour has passed for the second time
_DAYS_END: Final = time.max.replace(fold=1)
_NO_ZONES: Final = {"localtime", "Factory"}
"""In every zone database, but names of no place: `localtime` is the machine's own setting."""

LONGEST: Final = timedelta(days=3650)
_UNITS: Final = {
    "w": timedelta(weeks=1),
    "d": timedelta(days=1),
    "h": timedelta(hours=1),
    "m": timedelta(minutes=1),
}
_WINDOW: Final = re.compile(r"(\d{1,9})([mhdw])", re.ASCII)


class UnreadableTimeError(BadValueError):
    """A value is not a date-time; `why` is "" if it has not even the form of one."""

    def __init__(self, value: object, why: str = "") -> None:
        self.value = value
        self.why = why
        super().__init__(f"{value!r} cannot be read as a time" + (f": {why}" if why else ""))


@lru_cache(maxsize=64)
def zone(name: str) -> ZoneInfo:
    """The time zone of an IANA name; BadValueError with the nearest name for an unknown one."""
    if name != "UTC" and name not in (known := available_timezones() - _NO_ZONES):
        message = f"{shown(name)} is not an IANA time zone such as Europe/London"
        raise BadValueError(message, did_you_mean(name, among=known))
    return ZoneInfo(name)


def instant(value: object, timezone: str, *, end: bool = False, clamp: bool = False) -> datetime:
    """The instant, in UTC, that text, a date or a date-time means; UnreadableTimeError for all else.

    `end`: a date without a time is the end of that day, not its beginning. `clamp`: an instant outside the years 1 to
    9999 is the first or the last one of them, where it is an error otherwise.
    """
    return in_utc(wall(value, end=end), timezone, value, clamp=clamp)


def wall(value: object, *, end: bool = False) -> datetime:
    """The date-time as it is written: with its offset if it has one, else local time."""
    if isinstance(value, datetime):
        return _plain(value)
    if isinstance(value, date):
        return datetime.combine(value, _DAYS_END if end else _MIDNIGHT)
    form = _FORM.fullmatch(value.strip(WHITE_SPACE)) if isinstance(value, str) else None
    if form is None:
        raise UnreadableTimeError(value)
    year, month, day, hour, minute, second, fraction, offset = form.groups("0")
    try:
        if form[4] is None:
            return datetime.combine(date(int(year), int(month), int(day)), _DAYS_END if end else _MIDNIGHT)
        clock = int(hour), int(minute), int(second), int(fraction[:6].ljust(6, "0"))
        return datetime(int(year), int(month), int(day), *clock, tzinfo=None if form[8] is None else _fixed(offset))
    except ValueError:
        raise UnreadableTimeError(value, "no calendar has that day") from None


def _plain(moment: datetime) -> datetime:
    """Without what a subclass adds: a timestamp of pandas has nanoseconds, which are cut."""
    if type(moment) is datetime:
        return moment
    day = (moment.year, moment.month, moment.day)
    clock = (moment.hour, moment.minute, moment.second, moment.microsecond)
    return datetime(*day, *clock, tzinfo=moment.tzinfo, fold=moment.fold)


@lru_cache(maxsize=256)
def _fixed(offset: str) -> tzinfo:
    ahead = offset_of(offset)
    return timezone(ahead) if ahead else UTC


def offset_of(text: str) -> timedelta:
    """How far the offset of a date-time is ahead of UTC; zero for `Z` and for none."""
    if text in ("", "Z", "z"):
        return timedelta()
    digits = text[1:].replace(":", "").ljust(4, "0")
    minutes = 60 * int(digits[:2]) + int(digits[2:])
    return timedelta(minutes=-minutes if text[0] == "-" else minutes)


def in_utc(moment: datetime, timezone: str, value: object, *, clamp: bool = False) -> datetime:
    """The instant of a date-time that `wall` gives; `value` is what an error shows, `clamp` as in `instant`."""
    try:
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
        if timezone == "UTC":
            return moment.replace(tzinfo=UTC, fold=0)
        local = moment.replace(tzinfo=zone(timezone))
        utc = local.astimezone(UTC)
        # zoneinfo gives a local time that was skipped an instant all the same; it comes back as another local time
        exists = utc.astimezone(local.tzinfo).replace(tzinfo=None, fold=0) == moment.replace(fold=0)
    except OverflowError:
        if clamp:
            # exports write "for ever" as the last second of 9999, which west of Greenwich is the year 10000 in UTC
            return (datetime.max if moment.year > 1 else datetime.min).replace(tzinfo=UTC)
        raise UnreadableTimeError(value, "it is outside the years 1 to 9999 in UTC") from None
    if not exists:
        raise skipped(moment, timezone, value)
    return utc


def skipped(moment: datetime, timezone: str, value: object) -> UnreadableTimeError:
    """The error for a local time that the clocks of its zone skip."""
    why = f"{moment.replace(fold=0).isoformat(' ')} does not exist in {timezone}, where clocks were put forward over it"
    return UnreadableTimeError(value, why)


def iso(at: datetime) -> str:
    """An instant in UTC as ISO 8601 with a Z, the form of JSON and of facts."""
    return at.isoformat().replace("+00:00", "Z")


def duration(value: object) -> timedelta:
    """The window that text, or a timedelta of whole minutes, means; BadValueError shows the form otherwise."""
    if isinstance(value, timedelta):
        length, said = value, str(value)
    elif isinstance(value, str) and (form := _WINDOW.fullmatch(value)):
        length, said = int(form[1]) * _UNITS[form[2]], shown(value)
    else:
        message = f"{shown(value)} is not a duration"
        raise BadValueError(message, "write a whole number and m, h, d or w, such as 12h or 30d")
    if length > LONGEST:
        raise BadValueError(f"{said} is too long", f"the most is {LONGEST.days}d")
    if length < timedelta(0) or length % _UNITS["m"]:
        # what could not be written in a file could not be handed on either
        raise BadValueError(f"{said} is not a whole number of minutes from 0m to {LONGEST.days}d")
    return length


def duration_text(length: timedelta) -> str:
    """The text of a window: days if it is whole days, else hours, else minutes."""
    unit = next(unit for unit in "dhm" if not length % _UNITS[unit])
    return f"{length // _UNITS[unit]}{unit}"
