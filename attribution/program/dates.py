"""Date-times of a program: text to instants in UTC.

The text is `YYYY-MM-DD`, or `YYYY-MM-DD[T or space]HH:MM[:SS[.f]]` with an optional offset `Z`, `+HH:MM`, `+HHMM` or
`+HH`; white space around it is allowed, fraction digits beyond microseconds are cut. Without an offset it is local
time of the zone in force: an ambiguous local time is the earlier one, and one that does not exist is refused. A date
without a time is midnight; as the end of a period it is the last microsecond of that day.
"""

import re
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from attribution.program.program_problems import did_you_mean, shown

EXAMPLE: Final = "2026-06-01T00:00:00-07:00"
_GRAMMAR: Final = re.compile(
    r"\d{4}-\d\d-\d\d(?P<time>[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?P<offset>[Zz]|[+-]\d\d(?::?[0-5]\d)?)?)?",
    re.ASCII,
)
_NO_ZONES: Final = {"localtime", "Factory"}
"""In every zone database, but names of no place: `localtime` is the machine's own setting."""


@lru_cache(maxsize=64)
def zone(name: str) -> ZoneInfo:
    """The time zone of an IANA name; ValueError with the nearest name when there is none."""
    if name != "UTC" and name not in (known := available_timezones() - _NO_ZONES):
        raise ValueError(f"{shown(name)} is not an IANA time zone such as Europe/London{did_you_mean(name, known)}")
    return ZoneInfo(name)


def instant(value: object, timezone: str, *, end: bool = False) -> datetime:
    """The instant, in UTC, that text, a date or a date-time means; ValueError says what is wrong with it.

    `end`: a date without a time is the end of that day, not its beginning.
    """
    if isinstance(value, str):
        return _from_text(value, timezone, end)
    if isinstance(value, datetime):
        return _in_utc(value, timezone)
    if isinstance(value, date):
        return _day(value, timezone, end)
    raise ValueError(f"{shown(value)} is not a date-time; write text such as {EXAMPLE}")


@lru_cache(maxsize=4096)
def _from_text(value: str, timezone: str, end: bool) -> datetime:
    text = value.strip()
    form = _GRAMMAR.fullmatch(text)
    if form is None:
        raise ValueError(f"{shown(value)} is not an ISO 8601 date-time such as {EXAMPLE}")
    try:
        if form["time"] is None:
            day = date.fromisoformat(text)
        else:
            moment = datetime.fromisoformat(text[:-1] + "Z" if text[-1] == "z" else text)
    except ValueError as error:
        raise ValueError(f"{shown(value)} is not a date-time: {error}") from None
    return _day(day, timezone, end) if form["time"] is None else _in_utc(moment, timezone)


def _day(day: date, timezone: str, end: bool) -> datetime:
    # fold=1: where the clock is put back at midnight the day ends when its last hour has passed for the second time
    return _in_utc(datetime.combine(day, time.max.replace(fold=1) if end else time.min), timezone)


def _in_utc(moment: datetime, timezone: str) -> datetime:
    try:
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
        local = moment.replace(tzinfo=zone(timezone))
        utc = local.astimezone(UTC)
        # zoneinfo gives a local time that was skipped an instant all the same; it comes back as another local time
        exists = utc.astimezone(local.tzinfo).replace(tzinfo=None) == moment.replace(fold=0)
    except OverflowError:
        # exports write "for ever" as the last second of 9999, which west of Greenwich is the year 10000 in UTC
        return (datetime.max if moment.year > 1 else datetime.min).replace(tzinfo=UTC)
    if not exists:
        raise ValueError(f"{moment.isoformat(' ')} does not exist in {timezone}: clocks were put forward over it")
    return utc
