"""What one file, or one object in memory, says: a preset, settings, promo codes; not yet whether they are right.

Three shapes are understood: `{"preset": ..., "settings": {...}, "promo_codes": [...], "allow": [...]}`, each part
optional; a list response of the platform's API, `{"@page": ..., "PromoCodes": [...]}`; a bare list of promo codes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeGuard

from attribution.program.program_problems import Problem, Spot, did_you_mean, shown
from attribution.program.spellings import FLAT

ALLOW: Final = "allow"
_NATIVE: Final = ("preset", "settings", "promo_codes", ALLOW)
PROMO_CODE_LISTS: Final = ("promo_codes", "PromoCodes")


@dataclass(frozen=True, slots=True)
class Document:
    """One source of configuration. `lines`: where each promo code stands, for a file that is read by the line."""

    file: str = ""
    preset: object = None
    settings: object = None
    promo_codes: Sequence[Any] = ()
    list_name: str = ""
    lines: Sequence[int] = ()
    allow: Sequence[Any] = ()
    problems: Sequence[Problem] = field(default=())

    def position(self, index: int) -> str:
        """Where a promo code stands, as `promo_codes[3]`, counted from 0, or `line 4`."""
        return f"line {self.lines[index]}" if self.lines else f"{self.list_name}[{index}]"

    def spot(self, index: int) -> Spot:
        """The same for whoever looks it up in the text."""
        return Spot(self.list_name, index, self.lines[index] if self.lines else None)


def document(data: object, file: str = "") -> Document:
    """The document that parsed data is; its `problems` say what has the wrong shape."""
    if isinstance(data, Mapping):
        return _from_object(data, file)
    if _is_list(data):
        return Document(file, promo_codes=data)
    message = f"{shown(data)} is no program: an object with promo_codes, an API list response, or a list of promo codes"
    return Document(file, problems=(Problem(file, "", "", data, message),))


def _from_object(data: Mapping[Any, Any], file: str) -> Document:
    lists = [name for name in PROMO_CODE_LISTS if name in data]
    problems = list(_unknown_keys(data, file, strict="PromoCodes" not in data))
    if len(lists) > 1:
        problems.append(Problem(file, "", "PromoCodes", None, "given beside promo_codes; one file has one list"))
    name = lists[0] if lists else "promo_codes"
    promo_codes = _listed(data, name, "promo codes", file, problems)
    allow = _listed(data, ALLOW, "allowances", file, problems)
    if not problems and not any(data.get(key) is not None for key in (*PROMO_CODE_LISTS, *_NATIVE)):
        problems.append(Problem(file, "", "", None, "has no promo_codes, no settings and no preset"))
    return Document(file, data.get("preset"), data.get("settings"), promo_codes, name, (), allow, tuple(problems))


def _listed(data: Mapping[Any, Any], name: str, what: str, file: str, problems: list[Problem]) -> Sequence[Any]:
    found = data.get(name)
    if found is None or _is_list(found):
        return found or ()
    problems.append(Problem(file, "", name, found, f"{shown(found)} is not a list of {what}"))
    return ()


def _unknown_keys(data: Mapping[Any, Any], file: str, *, strict: bool) -> list[Problem]:
    """Keys that a native file must not have. In an API response only a near miss of a native key is refused."""
    unknown = [key for key in data if key not in (*_NATIVE, *PROMO_CODE_LISTS) and not str(key).startswith("@")]
    if strict and any(key in FLAT for key in unknown):
        return [Problem(file, "", "", None, "looks like a single promo code; put it in a list: promo_codes: [...]")]
    return [
        Problem(file, "", str(key), data[key], f"is not known here; a program has {', '.join(_NATIVE)}{near}")
        for key in unknown
        if (near := did_you_mean(key, _NATIVE)) or strict
    ]


def _is_list(data: object) -> TypeGuard[Sequence[Any]]:
    return isinstance(data, Sequence) and not isinstance(data, str | bytes)
