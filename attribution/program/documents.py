"""What one file, or one object in memory, says: a preset, settings, promo codes; not yet whether they are right.

Three shapes are understood: `{"preset": ..., "settings": {...}, "promo_codes": [...], "allow": [...]}`, each part
optional; a list response of the platform's API, `{"@page": ..., "PromoCodes": [...]}`; a bare list of promo codes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeGuard

from attribution.program.problem import Place, Problem, Spot
from attribution.program.spellings import FLAT
from attribution.text import did_you_mean, joined, shown

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

    def place(self, index: int, field: str = "", character: int | None = None) -> Place:
        """Where a promo code stands in the file, and its field as the file spells it."""
        line = self.lines[index] if self.lines else None
        return Place(self.file, self.position(index), field, line, spot=Spot(self.list_name, index, character))


def document(data: object, file: str = "") -> Document:
    """The document that parsed data is; its `problems` say what has the wrong shape."""
    if isinstance(data, Mapping):
        return _from_object(data, file)
    if _is_list(data):
        return Document(file, promo_codes=data)
    message = f"{shown(data)} is no program: an object with promo_codes, an API list response, or a list of promo codes"
    return Document(file, problems=(Problem(message, place=Place(file), value=data),))


def _from_object(data: Mapping[Any, Any], file: str) -> Document:
    lists = [name for name in PROMO_CODE_LISTS if name in data]
    problems = list(_unknown_keys(data, file, strict="PromoCodes" not in data))
    if len(lists) > 1:
        place = Place(file, field="PromoCodes")
        problems.append(Problem("given beside promo_codes", "one file has one list", place))
    name = lists[0] if lists else "promo_codes"
    promo_codes = _listed(data, name, "promo codes", file, problems)
    allow = _listed(data, ALLOW, "allowances", file, problems)
    if not problems and not any(data.get(key) is not None for key in (*PROMO_CODE_LISTS, *_NATIVE)):
        message = "has no promo_codes, no settings and no preset"
        problems.append(Problem(message, place=Place(file), subject="the file"))
    return Document(file, data.get("preset"), data.get("settings"), promo_codes, name, (), allow, tuple(problems))


def _listed(data: Mapping[Any, Any], name: str, what: str, file: str, problems: list[Problem]) -> Sequence[Any]:
    found = data.get(name)
    if found is None or _is_list(found):
        return found or ()
    problems.append(Problem(f"{shown(found)} is not a list of {what}", place=Place(file, field=name), value=found))
    return ()


def _unknown_keys(data: Mapping[Any, Any], file: str, *, strict: bool) -> list[Problem]:
    """Keys that a native file must not have. In an API response only a near miss of a native key is refused."""
    unknown = [key for key in data if key not in (*_NATIVE, *PROMO_CODE_LISTS) and not str(key).startswith("@")]
    if strict and any(key in FLAT for key in unknown):
        help = "put it in a list: promo_codes: [...]"
        return [Problem("looks like a single promo code", help, Place(file), subject="the file")]
    known = f"a program has {', '.join(_NATIVE)}"
    return [
        Problem("is not known here", joined(known, near), Place(file, field=str(key)), data[key])
        for key in unknown
        if (near := did_you_mean(key, among=_NATIVE)) or strict
    ]


def _is_list(data: object) -> TypeGuard[Sequence[Any]]:
    return isinstance(data, Sequence) and not isinstance(data, str | bytes)
