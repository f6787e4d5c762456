"""pydantic's findings about a promo code, an allowance or settings, in the words of the file they come from."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any, Final, NamedTuple

from pydantic import ValidationError

from attribution.program.allowance import MEANINGS, Allowance
from attribution.program.documents import ALLOW, Document
from attribution.program.program_problems import Kind, Problem, Spot, did_you_mean, one_of, shown
from attribution.program.settings import Settings
from attribution.program.spellings import FLAT, TYPE, name_in, names_of, value_in
from attribution.program.values import Unusable, text
from attribution.terms import (
    CreditRule,
    DefaultCrediting,
    LiteralCase,
    MatchMode,
    RegexMatch,
    Resolution,
    State,
    Uncredited,
)

_WORDS: Final[Mapping[str, type[StrEnum]]] = {
    "match_mode": MatchMode,
    "credit_rule": CreditRule,
    "state": State,
    "literal_case": LiteralCase,
    "regex_match": RegexMatch,
    "uncredited": Uncredited,
    "default_crediting": DefaultCrediting,
    "resolution": Resolution,
}
_NO_PARTNER: Final = (
    "missing: whose promo code is it? An export of a partner's own codes leaves the partner out; "
    "give it with partner_id= (--partner-id)"
)


def id_of(raw: object) -> str | None:
    """The id of a promo code that may be wrong otherwise."""
    said = text(value_in(raw, "id"), "")
    return said if isinstance(said, str) else None


class _Place(NamedTuple):
    """Of which promo code the problems are."""

    file: str
    position: str
    spot: Spot

    def problem(self, field: str, value: object, message: str, kind: Kind = Kind.OTHER) -> Problem:
        """A problem there."""
        return Problem(self.file, self.position, field, value, message, kind, self.spot)


def _position(raw: object, position: str) -> str:
    """The position of a promo code, with its id where that says more."""
    said = id_of(raw)
    return position if said is None or position.startswith("line") else f"{position} (id {said[:40]})"


def promo_code_problems(error: ValidationError, raw: object, read: Document, index: int) -> list[Problem]:
    """A problem for each thing that pydantic found wrong with a promo code."""
    position, spot = read.position(index), read.spot(index)
    if not isinstance(raw, Mapping):
        message = f"{shown(raw)} is not an object with the fields of a promo code"
        return [Problem(read.file, position, "", raw, message, spot=spot)]
    place = _Place(read.file, _position(raw, position), spot)
    return [_promo_code_problem(found, raw, place) for found in error.errors(include_url=False)]


def _promo_code_problem(found: Any, raw: Mapping[Any, Any], place: _Place) -> Problem:
    field = ".".join(str(part) for part in found["loc"])
    value = found["input"]
    if isinstance(value, Unusable):
        return _unusable(value, value.name or name_in(raw, field, value.value), place)
    if found["type"] == "missing":
        kind = Kind.NO_PARTNER if field == "partner_id" else Kind.OTHER
        return place.problem(name_in(raw, field, None), None, _missing(field, raw), kind)
    return place.problem(name_in(raw, field, value), value, _message(field, found))


def _unusable(value: Unusable, name: str, place: _Place) -> Problem:
    if value.cause is None:
        return place.problem(name, value.value, value.message)
    problem = place.problem(name, value.value, value.message, Kind.PATTERN)
    brief = f"pattern is not valid: {value.cause.problem}"
    return replace(problem, brief=brief, spot=replace(place.spot, character=value.cause.position))


def _missing(field: str, raw: Mapping[Any, Any]) -> str:
    if field == "partner_id":
        return _NO_PARTNER
    *others, last = names_of(field)
    unknown = [key for key in raw if isinstance(key, str) and key not in FLAT and key != TYPE]
    near = next((hint for name in names_of(field) if (hint := did_you_mean(name, unknown))), "")
    return f"missing; it is spelled {', '.join(others)} or {last}{near.replace('you mean', 'you mean it by')}"


def allowance_problems(error: ValidationError, raw: object, file: str, index: int) -> list[Problem]:
    """A problem for each thing that pydantic found wrong with an allowance."""
    place = _Place(file, f"{ALLOW}[{index}]", Spot(ALLOW, index))
    if not isinstance(raw, Mapping):
        return [place.problem("", raw, f"{shown(raw)} is not an object with {', '.join(Allowance.model_fields)}")]
    return [_allowance_problem(found, raw, place) for found in error.errors(include_url=False)]


def _allowance_problem(found: Any, raw: Mapping[Any, Any], place: _Place) -> Problem:
    field, value = str(found["loc"][0]), found["input"]
    if isinstance(value, Unusable):
        return place.problem(field, value.value, value.message)
    if found["type"] == "extra_forbidden":
        known = f"an allowance has {', '.join(Allowance.model_fields)}{did_you_mean(field, Allowance.model_fields)}"
        return place.problem(field, value, f"is not known here; {known}")
    if found["type"] == "missing":
        near = did_you_mean(field, [key for key in raw if isinstance(key, str) and key not in Allowance.model_fields])
        return place.problem(field, None, f"missing; {MEANINGS[field]}{near.replace('you mean', 'you mean it by')}")
    return place.problem(field, value, _message(field, found))


def settings_problems(error: ValidationError, file: str, kind: Kind = Kind.OTHER) -> list[Problem]:
    """A problem for each thing that pydantic found wrong with the settings."""
    return [_setting_problem(found, file, kind) for found in error.errors(include_url=False)]


def _setting_problem(found: Any, file: str, kind: Kind) -> Problem:
    name = ".".join(str(part) for part in found["loc"])
    value = found["input"]
    if not name:
        return Problem(file, "settings", "", value, f"{shown(value)} is not an object with settings", kind)
    if found["type"] in ("extra_forbidden", "invalid_key"):
        known = Settings.model_fields
        message = f"is no setting; there are {', '.join(known)}{did_you_mean(name, known)}"
    elif found["type"] == "string_too_short":
        message = "is empty; leave it out, or write null, for no separator"
    else:
        message = _message(name, found)
    return Problem(file, "settings", name, value, message, kind)


def _message(field: str, found: Any) -> str:
    if field in _WORDS:
        return one_of(found["input"], _WORDS[field])
    if found["type"] == "value_error":
        return str(found["ctx"]["error"])
    if found["type"] == "string_type":
        return f"{shown(found['input'])} is not text; put it in quotes"
    if found["type"] == "string_unicode":
        return f"{shown(found['input'])} has half of a surrogate pair in it, which is no character"
    return f"{shown(found['input'])}: {found['msg']}"
