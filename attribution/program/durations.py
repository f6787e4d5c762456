"""Lookback windows as text: a whole number and a unit, `45m`, `12h`, `30d`, `2w`; at most 3650 days, elapsed time."""

import re
from datetime import timedelta
from typing import Final

from attribution.program.program_problems import shown

LONGEST: Final = timedelta(days=3650)
_UNITS: Final = {
    "w": timedelta(weeks=1),
    "d": timedelta(days=1),
    "h": timedelta(hours=1),
    "m": timedelta(minutes=1),
}
_FORM: Final = re.compile(r"(\d{1,9})([mhdw])", re.ASCII)


def duration(value: object) -> timedelta:
    """The window that text, or a timedelta of whole minutes, means; ValueError shows the form otherwise."""
    if isinstance(value, timedelta):
        length = value
    elif isinstance(value, str) and (form := _FORM.fullmatch(value)):
        length = int(form[1]) * _UNITS[form[2]]
    else:
        raise ValueError(f"{shown(value)} is not a duration; write a whole number and m, h, d or w, such as 12h or 30d")
    if length > LONGEST:
        raise ValueError(f"{_said(value)} is too long; the most is {LONGEST.days}d")
    if length < timedelta(0) or length % _UNITS["m"]:
        # what could not be written in a file could not be handed on either
        raise ValueError(f"{_said(value)} is not a whole number of minutes from 0m to {LONGEST.days}d")
    return length


def duration_text(length: timedelta) -> str:
    """The text of a window: days if it is whole days, else hours, else minutes."""
    unit = next(unit for unit in "dhm" if not length % _UNITS[unit])
    return f"{length // _UNITS[unit]}{unit}"


def _said(value: object) -> str:
    return str(value) if isinstance(value, timedelta) else shown(value)
