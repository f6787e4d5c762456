"""pydantic's findings about a promo code, an allowance or settings, in the words of the file they come from."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any, Final, get_args

from pydantic import ValidationError

from attribution.program.allowance import Allowance
from attribution.program.documents import ALLOW, Document
from attribution.program.problem import Kind, Place, Problem, Spot
from attribution.program.promo_code import PromoCode
from attribution.program.settings import Settings
from attribution.program.spellings import FLAT, TYPE, name_in, names_of, value_in
from attribution.program.values import Unusable, text
from attribution.text import BadValueError, Said, did_you_mean, joined, nearest, one_of, shown

_WORDS: Final = {
    name: kind
    for model in (PromoCode, Settings)
    for name, field in model.model_fields.items()
    for kind in (field.annotation, *get_args(field.annotation))
    if isinstance(kind, type) and issubclass(kind, StrEnum)
}
_NO_PARTNER: Final = (
    "missing: whose promo code is it? An export of a partner's own codes leaves the partner out",
    "give it with partner_id= (--partner-id)",
)


def id_of(raw: object) -> str | None:
    """The id of a promo code that may be wrong otherwise."""
    said = text(value_in(raw, "id"), "")
    return said if isinstance(said, str) else None


def promo_code_problems(error: ValidationError, raw: object, read: Document, index: int) -> list[Problem]:
    """A problem for each thing that pydantic found wrong with a promo code."""
    if not isinstance(raw, Mapping):
        message = f"{shown(raw)} is not an object with the fields of a promo code"
        return [Problem(message, place=read.place(index), value=raw)]
    return [_promo_code_problem(found, raw, read, index) for found in error.errors(include_url=False)]


def _promo_code_problem(found: Any, raw: Mapping[Any, Any], read: Document, index: int) -> Problem:
    field, value, name = ".".join(str(part) for part in found["loc"]), found["input"], id_of(raw)
    if isinstance(value, Unusable):
        spelling = value.name or name_in(raw, field, value.value)
        if value.cause is None:
            return Problem(value.message, value.help, read.place(index, spelling), value.value, promo_code=name)
        place = read.place(index, spelling, value.cause.position)
        lines = value.cause.illustration
        return Problem(value.message, "", place, value.value, Kind.PATTERN, name, illustration=lines)
    if found["type"] == "missing":
        kind = Kind.NO_PARTNER if field == "partner_id" else Kind.OTHER
        return Problem(*_missing(field, raw), read.place(index, name_in(raw, field, None)), None, kind, name)
    return Problem(*_said(field, found), read.place(index, name_in(raw, field, value)), value, promo_code=name)


def _missing(field: str, raw: Mapping[Any, Any]) -> Said:
    if field == "partner_id":
        return _NO_PARTNER
    *others, last = names_of(field)
    unknown = [key for key in raw if isinstance(key, str) and key not in FLAT and key != TYPE]
    return "missing", joined(f"it is spelled {', '.join(others)} or {last}", _meant_by(names_of(field), unknown))


def _meant_by(names: Iterable[str], unknown: Iterable[str]) -> str:
    """Ask whether an unknown field was meant to be the missing one, if their names are alike."""
    return "".join(f"did you mean it by {name!r}?" for name in nearest(*names, among=unknown))


def allowance_problems(error: ValidationError, raw: object, file: str, index: int) -> list[Problem]:
    """A problem for each thing that pydantic found wrong with an allowance."""
    place = Place(file, f"{ALLOW}[{index}]", spot=Spot(ALLOW, index))
    if not isinstance(raw, Mapping):
        message = f"{shown(raw)} is not an object with {', '.join(Allowance.model_fields)}"
        return [Problem(message, place=place, value=raw)]
    return [_allowance_problem(found, raw, place) for found in error.errors(include_url=False)]


def _allowance_problem(found: Any, raw: Mapping[Any, Any], place: Place) -> Problem:
    field, value, known = str(found["loc"][0]), found["input"], Allowance.model_fields
    at = replace(place, field=field)
    if isinstance(value, Unusable):
        return Problem(value.message, value.help, at, value.value)
    if found["type"] == "extra_forbidden":
        help = joined(f"an allowance has {', '.join(known)}", did_you_mean(field, among=known))
        return Problem("is not known here", help, at, value)
    if found["type"] == "missing":
        unknown = [key for key in raw if isinstance(key, str) and key not in known]
        return Problem("missing", joined(known[field].description or "", _meant_by([field], unknown)), at)
    return Problem(*_said(field, found), at, value)


def settings_problems(error: ValidationError, file: str, kind: Kind = Kind.OTHER) -> list[Problem]:
    """A problem for each thing that pydantic found wrong with the settings."""
    return [_setting_problem(found, file, kind) for found in error.errors(include_url=False)]


def _setting_problem(found: Any, file: str, kind: Kind) -> Problem:
    name, value, known = ".".join(str(part) for part in found["loc"]), found["input"], Settings.model_fields
    place = Place(file, "settings", name)
    if not name:
        return Problem(f"{shown(value)} is not an object with settings", "", place, value, kind)
    if found["type"] in ("extra_forbidden", "invalid_key"):
        help = joined(f"there are {', '.join(known)}", did_you_mean(name, among=known))
        return Problem("is no setting", help, place, value, kind)
    if found["type"] == "string_too_short":
        return Problem("is empty", "leave it out, or write null, for no separator", place, value, kind)
    return Problem(*_said(name, found), place, value, kind)


def _said(field: str, found: Any) -> Said:
    value = found["input"]
    if field in _WORDS:
        return one_of(value, _WORDS[field])
    match found["type"]:
        case "value_error":
            error = found["ctx"]["error"]
            return (error.message, error.help) if isinstance(error, BadValueError) else (str(error), "")
        case "string_type":
            return f"{shown(value)} is not text", "put it in quotes"
        case "string_unicode":
            return f"{shown(value)} has half of a surrogate pair in it, which is no character", ""
    return f"{shown(value)}: {found['msg']}", ""
