"""pydantic's findings about one promo code or one group of settings, in the words of the file they come from."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from pydantic import ValidationError

from attribution.program.problems import Problem, did_you_mean, one_of, shown
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


def _place(raw: object, position: str) -> str:
    """The position of a promo code, with its id where that says more."""
    said = id_of(raw)
    return position if said is None or position.startswith("line") else f"{position} (id {said[:40]})"


def promo_code_problems(error: ValidationError, raw: object, file: str, position: str) -> list[Problem]:
    """A problem for each thing that pydantic found wrong with a promo code."""
    if not isinstance(raw, Mapping):
        return [Problem(file, position, "", raw, f"{shown(raw)} is not an object with the fields of a promo code")]
    where = _place(raw, position)
    return [_promo_code_problem(found, raw, file, where) for found in error.errors(include_url=False)]


def _promo_code_problem(found: Any, raw: Mapping[Any, Any], file: str, where: str) -> Problem:
    field = ".".join(str(part) for part in found["loc"])
    value = found["input"]
    if isinstance(value, Unusable):
        return Problem(file, where, value.name or name_in(raw, field, value.value), value.value, value.message)
    if found["type"] == "missing":
        return Problem(file, where, name_in(raw, field, None), None, _missing(field, raw))
    return Problem(file, where, name_in(raw, field, value), value, _message(field, found))


def _missing(field: str, raw: Mapping[Any, Any]) -> str:
    if field == "partner_id":
        return _NO_PARTNER
    *others, last = names_of(field)
    unknown = [key for key in raw if isinstance(key, str) and key not in FLAT and key != TYPE]
    near = next((hint for name in names_of(field) if (hint := did_you_mean(name, unknown))), "")
    return f"missing; it is spelled {', '.join(others)} or {last}{near.replace('you mean', 'you mean it by')}"


def settings_problems(error: ValidationError, file: str) -> list[Problem]:
    """A problem for each thing that pydantic found wrong with the settings."""
    return [_setting_problem(found, file) for found in error.errors(include_url=False)]


def _setting_problem(found: Any, file: str) -> Problem:
    name = ".".join(str(part) for part in found["loc"])
    value = found["input"]
    if not name:
        return Problem(file, "settings", "", value, f"{shown(value)} is not an object with settings")
    if found["type"] == "extra_forbidden":
        known = Settings.model_fields
        message = f"is no setting; there are {', '.join(known)}{did_you_mean(name, known)}"
    elif found["type"] == "string_too_short":
        message = "is empty; leave it out, or write null, for no separator"
    else:
        message = _message(name, found)
    return Problem(file, "settings", name, value, message)


def _message(field: str, found: Any) -> str:
    if field in _WORDS:
        return one_of(found["input"], _WORDS[field])
    if found["type"] == "value_error":
        return str(found["ctx"]["error"])
    if found["type"] == "string_type":
        return f"{shown(found['input'])} is not text; put it in quotes"
    return f"{shown(found['input'])}: {found['msg']}"
