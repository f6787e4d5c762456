"""Times in cases: absolute as in tables, or relative to another, `2d before`, `1h30m before`, `10s after`.

A length is whole numbers with the units w, d, h, m and s, the large ones first, each at most once; the seconds may have
up to six decimal places. It is elapsed time: `1d` is 24 hours, also where clocks are put forward. `at the same time`
is a length of nothing.
"""

import re
from datetime import datetime, timedelta
from typing import Final

from attribution.events.time_columns import parse_time
from attribution.text import BadValueError, shown
from attribution.times import UnreadableTimeError

SAME_TIME: Final = "at the same time"
EXAMPLES: Final = "2026-03-01 12:00, 2d before, 1h30m before, 10s after or at the same time"
_LENGTH: Final = r"(?=\d)(?:(\d{1,9})w)?(?:(\d{1,9})d)?(?:(\d{1,9})h)?(?:(\d{1,9})m)?(?:(\d{1,9})(?:\.(\d{1,6}))?s)?"
_RELATIVE: Final = re.compile(rf"{_LENGTH}\s+(before|after)", re.ASCII)
_UNITS: Final = (604_800, 86_400, 3_600, 60, 1)
_LONG: Final = 10_000 * 366 * 86_400  # longer than there are years


def moment(text: str, anchor: datetime | None, timezone: str) -> datetime:
    """The instant that the text means, in UTC; BadValueError says what is wrong with it."""
    offset = _offset(text)
    if offset is None:
        try:
            return parse_time(text, timezone)
        except UnreadableTimeError as error:
            because = f" ({error.why})" if error.why else ""
            raise BadValueError(f"{shown(text)} is no time{because}", f"write {EXAMPLES}") from None
    if anchor is None:
        raise BadValueError(f"{shown(text)} is relative", "give the case an absolute at")
    try:
        return anchor + offset
    except OverflowError:
        raise BadValueError(f"{shown(text)} is outside the years 1 to 9999") from None


def _offset(text: str) -> timedelta | None:
    """How long after its anchor a relative time is; None for other texts."""
    text = text.strip()
    if text == SAME_TIME:
        return timedelta()
    form = _RELATIVE.fullmatch(text)
    if form is None:
        return None
    *whole, fraction, direction = form.groups()
    seconds = sum(int(number or 0) * unit for number, unit in zip(whole, _UNITS, strict=True))
    length = timedelta(seconds=min(seconds, _LONG), microseconds=int((fraction or "").ljust(6, "0")))
    return -length if direction == "before" else length


def relative_text(length: timedelta) -> str:
    """`2d3h before` for a length of time before the anchor, `10s after` for a negative one."""
    if not length:
        return SAME_TIME
    size = abs(length)
    left = 86_400 * size.days + size.seconds
    text = ""
    for unit, seconds in zip("dhm", _UNITS[1:], strict=False):  # weeks are harder to add up than days
        number, left = divmod(left, seconds)
        text += f"{number}{unit}" if number else ""
    fraction = f".{size.microseconds:06}".rstrip("0") if size.microseconds else ""
    text += f"{left}{fraction}s" if left or fraction else ""
    return f"{text} {'before' if length > timedelta() else 'after'}"


def absolute_text(moment: datetime) -> str:
    """An instant in UTC as `2026-03-01 12:00Z`, with seconds and their parts only where there are any."""
    text = moment.replace(tzinfo=None).isoformat(" ")
    return f"{text.rstrip('0') if moment.microsecond else text.removesuffix(':00')}Z"
