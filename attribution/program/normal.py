"""One raw promo code, in whatever spelling, to its native fields: names changed, values ready, nothing typed yet.

Null and "" are absent. Unknown fields are kept as they are. What cannot be used is replaced by an `Unusable`. A field given
under two spellings must say the same twice.
"""

from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel

from attribution.errors import PatternError
from attribution.program.dates import zone
from attribution.program.problems import shown
from attribution.program.spellings import FLAT, MATCH_MODE_NAMES, NESTED, TIMEZONE, TYPE, Kind, sayings
from attribution.program.values import Unusable, ready
from attribution.terms import MatchMode

_SYNCH: Final = "synch_ads_promo_codes"
_PREFIX: Final = "deal."


def normal_promo_code(raw: Mapping[str, Any], timezone: str, partner_id: str | None) -> dict[str, Any]:
    """The native fields of one promo code; `timezone` and `partner_id` hold where it gives none of its own."""
    fields: dict[str, Any] = {}
    deal: dict[str, Any] = {}
    bad_zone = None
    if raw.get(TIMEZONE):
        timezone, bad_zone = _own_zone(raw[TIMEZONE], timezone)
    for name, value in raw.items():
        known = FLAT.get(name)
        if known is not None:
            if value is not None and value != "":
                _put(fields, deal, known, value, timezone, raw)
        elif name in NESTED:
            _spread(fields, deal, name, value, timezone, raw)
        elif name != TYPE:
            fields[name] = value
        elif _is_match_mode(value, raw):
            _put(fields, deal, ("match_mode", Kind.WORD), value, timezone, raw)
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
    fields: dict[str, Any] = {}
    deal: dict[str, Any] = {}
    _spread(fields, deal, "deal", raw, timezone, {"deal": raw})
    return deal


def _put(
    fields: dict[str, Any],
    deal: dict[str, Any],
    known: tuple[str, Kind],
    value: Any,
    timezone: str,
    raw: Mapping[str, Any],
) -> None:
    field, kind = known
    if type(value) is not str or (kind is not Kind.TEXT and kind is not Kind.WORD):
        value = ready(kind, value, timezone)
    if field.startswith(_PREFIX):
        target, key = deal, field.removeprefix(_PREFIX)
    else:
        target, key = fields, field
    if key in target and target[key] != value:
        value = _twice(raw, field)
    target[key] = value


def _spread(
    fields: dict[str, Any], deal: dict[str, Any], name: str, value: Any, timezone: str, raw: Mapping[str, Any]
) -> None:
    """Take the known fields out of a nested object; what else is in it is kept under the object's name."""
    inner = NESTED[name]
    if isinstance(value, BaseModel):
        value = dict(value)
    if value is None or value == "":
        return
    if not isinstance(value, Mapping):
        wrong = Unusable(value, f"{shown(value)} is not an object with an Id and a Name", name)
        target, key = (deal, "id") if name in {"deal", "Deal"} else (fields, next(iter(inner.values()))[0])
        target[key] = wrong
        return
    rest = {key: item for key, item in value.items() if key not in inner}
    for key, item in value.items():
        if key in inner and item is not None and item != "":
            _put(fields, deal, inner[key], item, timezone, raw)
    if name in {"deal", "Deal"}:
        deal.update(rest)
    elif rest:
        fields[name] = rest


def _is_match_mode(value: object, raw: Mapping[str, Any]) -> bool:
    """Whether `Type` is Brand API v14's match mode, and not the bulk file's TRACKING beside a Match Mode."""
    if value is None or value == "":
        return False
    return value in list(MatchMode) or not any(name in raw for name in MATCH_MODE_NAMES)


def _own_zone(name: object, otherwise: str) -> tuple[str, Unusable | None]:
    try:
        if not isinstance(name, str):
            raise ValueError(f"{shown(name)} is not an IANA time zone such as Europe/London")
        zone(name)
    except ValueError as error:
        return otherwise, Unusable(name, str(error), TIMEZONE)
    return name, None


def _check_pattern(fields: dict[str, Any]) -> None:
    code = fields.get("code")
    if isinstance(code, str):
        from attribution.patterns import check

        try:
            check(code)
        except PatternError as error:
            fields["code"] = Unusable(code, str(error))


def _take_deal(fields: dict[str, Any], deal: dict[str, Any]) -> None:
    """Add the deal, and put its dates in place of the code's where it says so; a missing one leaves that end open."""
    synch = deal.get(_SYNCH)
    if deal.keys() == {_SYNCH} and isinstance(synch, bool):
        return  # the flag of a promo code that has no deal
    fields["deal"] = deal
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
