"""The oracle's reading: settings, promo codes and events from plain dictionaries, and which rows are bad.

Ids become text and an empty id is a missing one; times become aware date-times in UTC.
"""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import regex

Row = dict[str, Any]

DEFAULTS: Row = {
    "lookback": "30d",
    "literal_case": "sensitive",
    "regex_match": "full",
    "code_separator": None,
    "uncredited": "withhold",
    "default_crediting": "last_click",
    "resolution": "one",
    "timezone": "UTC",
}


class Unreadable(ValueError):
    """A value that is there but cannot be read."""


def settings_of(program: Row) -> Row:
    """The defaults; a preset sets some; explicit settings override a preset."""
    preset = {"literal_case": "insensitive"} if program.get("preset") == "impact.com" else {}
    settings = {**DEFAULTS, **preset, **program.get("settings", {})}
    settings["lookback"] = duration(settings["lookback"])
    return settings


def duration(value: str | timedelta) -> timedelta:
    """`45m`, `12h`, `30d`, `2w`."""
    if isinstance(value, timedelta):
        return value
    units = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
    return timedelta(**{units[value[-1]]: int(value[:-1])})


def promo_code_of(k: Row, settings: Row) -> Row:
    """With `SynchAdsPromoCodes` true the deal's dates replace the code's."""
    start, end = k.get("start_date"), k.get("end_date")
    if k.get("SynchAdsPromoCodes") is True:
        start, end = k.get("DealStartDate"), k.get("DealEndDate")
    zone = settings["timezone"]
    return {
        "id": text_id(k["id"]),
        "code": k["code"],
        "match_mode": k["match_mode"],
        "credit_rule": k["credit_rule"],
        "partner_id": text_id(k["partner_id"]),
        "program_id": text_id(k.get("program_id")),
        "state": k.get("state"),
        "start_date": code_date(start, zone),
        "end_date": code_date(end, zone, end_of_day=True),
        "created_date": code_date(k.get("created_date"), zone),
    }


def code_date(value: Any, zone: str, *, end_of_day: bool = False) -> datetime | None:
    """A date of a promo code; "9999-12-31", which stands for never, may lie beyond the calendar in UTC."""
    try:
        return instant(value, zone, end_of_day=end_of_day)
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)


def text_id(value: Any) -> str | None:
    """All ids are strings. Integers in input are read as their decimal text; an empty id is a missing one."""
    return None if value is None or value == "" else str(value)


TIME = (
    r"\s*(?P<date>\d{4}-\d\d-\d\d)"
    r"([T ](?P<hour>\d\d):(?P<minute>\d\d)(:(?P<second>\d\d)(\.(?P<fraction>\d{1,9}))?)?"
    r"(?P<offset>Z|z|[+-]\d\d(:?\d\d)?)?)?\s*"
)


def instant(value: Any, zone: str, *, end_of_day: bool = False) -> datetime | None:
    """A time in UTC; a missing one is None. Raises `Unreadable`."""
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return located(value, zone)
    if isinstance(value, date):
        return located(datetime.combine(value, time.max if end_of_day else time.min), zone)
    found = regex.fullmatch(TIME, value)
    if found is None:
        raise Unreadable(value)
    try:
        day = date.fromisoformat(found["date"])
        if found["hour"] is None:
            return instant(day, zone, end_of_day=end_of_day)
        micros = int((found["fraction"] or "0").ljust(6, "0")[:6])
        clock = time(int(found["hour"]), int(found["minute"]), int(found["second"] or 0), micros)
        moment = datetime.combine(day, clock, tzinfo=offset_of(found["offset"]))
    except ValueError as problem:
        raise Unreadable(value) from problem
    return located(moment, zone)


def offset_of(text: str | None) -> timezone | None:
    """`Z`, `z`, `+HH:MM`, `+HHMM` or `+HH`; None where there is none."""
    if text is None:
        return None
    if text in "Zz":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    if int(digits[2:]) > 59:
        raise Unreadable(text)
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if text[0] == "-" else offset)


def located(moment: datetime, zone: str) -> datetime:
    """An ambiguous local time is the earlier one, one that does not exist is a bad row."""
    if moment.tzinfo is not None:
        return moment.astimezone(UTC)
    local = moment.replace(tzinfo=ZoneInfo(zone), fold=0)
    there_and_back = local.astimezone(UTC).astimezone(ZoneInfo(zone))
    if there_and_back.replace(tzinfo=None) != moment:
        raise Unreadable(moment)
    return local.astimezone(UTC)


def sift_clicks(clicks: list[Row], settings: Row) -> tuple[list[Row], list[tuple[str, int, str]]]:
    """Clicks that are well formed, and the bad ones: without partner or (readable) time."""
    good, bad = [], []
    for index, click in enumerate(clicks):
        reason = bad_time(click.get("event_time"), settings)
        if reason is None and text_id(click.get("partner_id")) is None:
            reason = "NO_PARTNER"
        if reason is not None:
            bad.append(("clicks", index, reason))
            continue
        names = ("partner_id", "customer_id", "click_id", "program_id")
        ids = {name: text_id(click.get(name)) for name in names}
        good.append({**ids, "event_time": instant(click["event_time"], settings["timezone"])})
    return good, bad


def sift_conversions(
    conversions: list[Row], settings: Row, named: list[str]
) -> tuple[list[Row], list[tuple[str, int, str]]]:
    """Conversions that are well formed, and the bad ones with the first reason that applies."""
    ids = [text_id(c.get("conversion_id")) for c in conversions]
    good, bad = [], []
    for index, c in enumerate(conversions):
        duplicate = ids.count(ids[index]) > 1
        reason = bad_conversion(c, settings, duplicate=duplicate, several_programs=len(named) > 1)
        if reason is not None:
            bad.append(("conversions", index, reason))
        else:
            good.append(conversion_of(c, settings))
    return good, bad


def bad_conversion(c: Row, settings: Row, *, duplicate: bool, several_programs: bool) -> str | None:
    """No id, no time, unparsable time, duplicate id, unreadable amount or path, no program where needed."""
    if text_id(c.get("conversion_id")) is None:
        return "NO_ID"
    if (reason := bad_time(c.get("event_time"), settings)) is not None:
        return reason
    if duplicate:
        return "DUPLICATE_ID"
    amount = c.get("amount") or None  # an empty text is no amount
    if isinstance(amount, str) and regex.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", amount) is None:
        return "UNREADABLE_AMOUNT"
    if sift_clicks(c.get("click_path") or [], settings)[1]:
        return "BAD_CLICK_PATH"
    return "NO_PROGRAM" if several_programs and text_id(c.get("program_id")) is None else None


def bad_time(value: Any, settings: Row) -> str | None:
    """No time, unparsable time."""
    try:
        return "NO_TIME" if instant(value, settings["timezone"]) is None else None
    except (Unreadable, OverflowError):
        return "UNREADABLE_TIME"


def conversion_of(c: Row, settings: Row) -> Row:
    """A well-formed conversion, all fields present. An `amount` from text is read exactly, as a decimal."""
    amount, path = None if c.get("amount") == "" else c.get("amount"), c.get("click_path")
    return {
        "conversion_id": text_id(c["conversion_id"]),
        "event_time": instant(c["event_time"], settings["timezone"]),
        "customer_id": text_id(c.get("customer_id")),
        "promo_code": c.get("promo_code"),
        "amount": Decimal(amount) if isinstance(amount, str) else amount,
        "currency": c.get("currency"),
        "program_id": text_id(c.get("program_id")),
        "click_path": None if path is None else sift_clicks(path, settings)[0],
    }
