"""One raw promo code, in any spelling, to its native fields: names changed, values ready, nothing typed yet.

Null and "" are absent. Unknown fields are kept as they are. What cannot be used is replaced by an `Unusable`. A field
given under two spellings must have one value.
"""

from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel

from attribution.errors import PatternError
from attribution.patterns import check
from attribution.program.spellings import FLAT, MATCH_MODE_NAMES, NESTED, TIMEZONE, TYPE, Known, sayings
from attribution.program.values import Unusable
from attribution.terms import MatchMode
from attribution.text import BadValueError, shown
from attribution.times import zone

_SYNCH: Final = "synch_ads_promo_codes"
_MATCH_MODES: Final = tuple(MatchMode)
_TYPE: Final = {TYPE: FLAT["match_mode"]}


class Ready(dict[str, Any]):
    """Fields that need no second pass: the deal of a promo code that has had one."""


_Records = tuple[dict[str, Any], dict[str, Any]]
"""The promo code's own fields, and its deal's."""


def normal_promo_code(raw: Mapping[str, Any], timezone: str, partner_id: str | None) -> dict[str, Any]:
    """The native fields of one promo code; `timezone` and `partner_id` hold where it gives none of its own."""
    bad_zone = None
    if raw.get(TIMEZONE):
        timezone, bad_zone = _own_zone(raw[TIMEZONE], timezone)
    both: _Records = ({}, {})
    fields, deal = both
    for name, value in _take(raw, FLAT, both, timezone, raw).items():
        if name in NESTED:
            _take_nested(name, value, both, timezone, raw)
        elif name == TYPE and _is_match_mode(value, raw):
            _take({name: value}, _TYPE, both, timezone, raw)
        else:
            fields[name] = value
    if bad_zone is not None:
        fields["start_date"] = bad_zone
    if partner_id is not None:
        fields.setdefault("partner_id", partner_id)
    if fields.get("match_mode") == MatchMode.RE:
        _check_pattern(fields)
    if deal:
        _take_deal(fields, deal)
    return fields


def normal_deal(raw: Mapping[str, Any], timezone: str = "UTC") -> dict[str, Any]:
    """The native fields of a deal's own record."""
    both: _Records = ({}, {})
    _take_nested("deal", raw, both, timezone, {"deal": raw})
    return both[1]


def _take(
    given: Mapping[str, Any], names: Mapping[str, Known], both: _Records, timezone: str, raw: Mapping[str, Any]
) -> dict[str, Any]:
    """Put the known ones of the given fields into their records, ready to be typed; returns the others.

    This loop is most of the time of a load.
    """
    others = {}
    for name, value in given.items():
        known = names.get(name)
        if known is None:
            others[name] = value
        elif value is not None and value != "":
            in_deal, field, reader, plain = known
            if not plain or type(value) is not str:
                value = reader(value, timezone)  # noqa: PLW2901 - the loop is tight
            record = both[in_deal]
            if field in record and record[field] != value:
                value = _twice(raw, f"deal.{field}" if in_deal else field)  # noqa: PLW2901 - as above
            record[field] = value
    return others


def _take_nested(name: str, value: Any, both: _Records, timezone: str, raw: Mapping[str, Any]) -> None:
    """Take the known fields out of a nested object; what else is in it is kept under the object's name."""
    names = NESTED[name]
    if isinstance(value, BaseModel):
        value = dict(value)
    if isinstance(value, Mapping):
        others = _take(value, names, both, timezone, raw)
        if name in {"deal", "Deal"}:
            both[1].update(others)
        elif others:
            both[0][name] = others
    elif value is not None and value != "":
        in_deal, field, _, _ = next(iter(names.values()))
        both[in_deal][field] = Unusable(value, f"{shown(value)} is not an object with an Id and a Name", name=name)


def _is_match_mode(value: object, raw: Mapping[str, Any]) -> bool:
    """Whether `Type` is Brand API v14's match mode, and not the bulk file's TRACKING beside a Match Mode."""
    if value is None or value == "":
        return False
    return value in _MATCH_MODES or not any(name in raw for name in MATCH_MODE_NAMES)


def _own_zone(name: object, otherwise: str) -> tuple[str, Unusable | None]:
    try:
        if not isinstance(name, str):
            raise BadValueError(f"{shown(name)} is not an IANA time zone such as Europe/London")
        zone(name)
    except BadValueError as error:
        return otherwise, Unusable(name, error.message, error.help, name=TIMEZONE)
    return name, None


def _check_pattern(fields: dict[str, Any]) -> None:
    code = fields.get("code")
    if isinstance(code, str):
        try:
            check(code)
        except PatternError as error:
            fields["code"] = Unusable(code, error.message, cause=error)


def _take_deal(fields: dict[str, Any], deal: dict[str, Any]) -> None:
    """Add the deal, and put its dates in place of the code's where it says so; a missing one leaves that end open."""
    synch = deal.get(_SYNCH)
    if deal.keys() == {_SYNCH} and isinstance(synch, bool):
        return  # the flag of a promo code that has no deal
    fields["deal"] = Ready(deal)
    if synch is True:
        for field in ("start_date", "end_date"):
            replacement = deal.get(field)
            if isinstance(fields.get(field), Unusable):
                continue  # replaced, but wrong all the same
            fields[field] = None if isinstance(replacement, Unusable) else replacement


def _twice(raw: Mapping[str, Any], field: str) -> Unusable:
    said = {name: value for name, value in sayings(raw, field).items() if value not in (None, "")}
    both = " and ".join(f"{name} {shown(value)}" for name, value in said.items())
    return Unusable(list(said.values()), f"given twice with different values: {both}")
