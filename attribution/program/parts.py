"""Documents to the parts of one program that are right, together with everything that is wrong.

The right parts are promo codes without a problem and with distinct ids (of several with one id the first stays), and
allowances and settings without a problem. A load refuses a program with problems; validation goes on with the rest.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from pydantic import ValidationError

from attribution.program.allowance import Allowance
from attribution.program.documents import Document
from attribution.program.problem import Kind, Place, Problem
from attribution.program.problem_wording import allowance_problems, id_of, promo_code_problems, settings_problems
from attribution.program.promo_code import PromoCode
from attribution.program.settings import PRESETS, Settings
from attribution.text import one_of, shown

GIVEN: Final = "the arguments"
"""Stands for a file in problems of the arguments of a load."""


class Origin(NamedTuple):
    """Which element of the list of which document; both are indices."""

    document: int
    element: int


@dataclass(frozen=True, slots=True)
class Gathered:
    """What documents give together: the fields of a program, each of them right, and right together.

    With everything that is wrong, and where the promo codes and allowances came from.
    """

    preset: str | None
    settings: Settings
    promo_codes: tuple[PromoCode, ...]
    allow: tuple[Allowance, ...]
    documents: Sequence[Document]
    problems: tuple[Problem, ...]
    origins: Sequence[Origin]
    allow_origins: Sequence[Origin]


def gather(
    documents: Sequence[Document],
    *,
    partner_id: str | int | None = None,
    preset: str | None = None,
    settings: Mapping[str, Any] | Settings | None = None,
) -> Gathered:
    """What the documents give together; problems in the order of the files.

    `partner_id` is the partner of the promo codes that name none; `preset` and `settings` override what the
    documents say.
    """
    problems = [problem for read in documents for problem in read.problems]
    given = Document(GIVEN, preset=preset, settings=settings)
    name = _preset(documents, given, problems)
    rules = _settings(name, documents, given, problems)
    context = {"timezone": rules.timezone, "partner_id": _partner(partner_id, problems)}
    promo_codes, origins = _promo_codes(documents, context, problems)
    allow, allow_origins = _allow(documents, context, problems)
    if not problems and not promo_codes:
        place = Place(field="promo_codes")
        problems.append(Problem("there is none", "a program needs at least one promo code", place))
    order = {name: index for index, name in enumerate([GIVEN, *(read.file for read in documents)])}
    in_order = tuple(sorted(problems, key=lambda problem: order.get(problem.place.file, -1)))
    return Gathered(name, rules, tuple(promo_codes), tuple(allow), documents, in_order, origins, allow_origins)


def _preset(documents: Sequence[Document], given: Document, problems: list[Problem]) -> str | None:
    """The preset that was given when loading, else the one that the documents agree on."""
    named: dict[str, str] = {}
    for read in (given, *documents):
        if read.preset is None:
            continue
        if not isinstance(read.preset, str) or read.preset not in PRESETS:
            kind = Kind.ARGUMENTS if read is given else Kind.OTHER
            place = Place(read.file, field="preset")
            problems.append(Problem(*one_of(read.preset, PRESETS), place, read.preset, kind))
        else:
            named.setdefault(read.preset, read.file)
    if GIVEN in named.values():
        return given.preset if isinstance(given.preset, str) else None
    for name, file in list(named.items())[1:]:
        first, first_file = next(iter(named.items()))
        message = f"{shown(name)} differs from {shown(first)} in {first_file}"
        problems.append(Problem(message, place=Place(file, field="preset"), value=name))
    return next(iter(named), None)


def _settings(name: str | None, documents: Sequence[Document], given: Document, problems: list[Problem]) -> Settings:
    """Preset, overridden by what the documents agree on, overridden by what was given when loading."""
    explicit: dict[str, Any] = {}
    said_in: dict[str, str] = {}
    for read in documents:
        for key, value in _explicit(read, problems).items():
            if key in explicit and explicit[key] != value:
                message = f"{shown(str(value))} differs from {shown(str(explicit[key]))} in {said_in[key]}"
                problems.append(Problem(message, place=Place(read.file, "settings", key), value=value))
            explicit.setdefault(key, value)
            said_in.setdefault(key, read.file)
    return Settings.model_validate({**PRESETS.get(name or "", {}), **explicit, **_explicit(given, problems)})


def _explicit(read: Document, problems: list[Problem]) -> dict[str, Any]:
    """The settings that one source gives, typed; those that are wrong left out."""
    if read.settings is None:
        return {}
    said = read.settings
    try:
        typed = Settings.model_validate(said)
    except ValidationError as error:
        kind = Kind.ARGUMENTS if read.file == GIVEN else Kind.OTHER
        problems += settings_problems(error, read.file, kind)
        if not isinstance(said, Mapping):
            return {}
        wrong = {found["loc"][0] for found in error.errors(include_url=False) if found["loc"]}
        names = [key for key in said if isinstance(key, str) and key not in wrong]
        typed = Settings.model_validate({name: said[name] for name in names})
    return {key: getattr(typed, key) for key in typed.model_fields_set}


def _partner(partner_id: object, problems: list[Problem]) -> str | None:
    if partner_id is None or (isinstance(partner_id, str) and partner_id):
        return partner_id
    if isinstance(partner_id, int) and not isinstance(partner_id, bool):
        return str(partner_id)
    message, place = f"{shown(partner_id)} is not a partner's id", Place(GIVEN, field="partner_id")
    problems.append(Problem(message, "", place, partner_id, Kind.ARGUMENTS))
    return "?"  # so that not every promo code is reported as well


def _promo_codes(
    documents: Iterable[Document], context: dict[str, Any], problems: list[Problem]
) -> tuple[list[PromoCode], list[Origin]]:
    """The promo codes that are right, and their origins."""
    found: dict[str, PromoCode] = {}
    origins: list[Origin] = []
    first_places: dict[object, tuple[Document, int]] = {}
    for number, read in enumerate(documents):
        for index, raw in enumerate(read.promo_codes):
            try:
                promo_code = PromoCode.model_validate(raw, context=context)
            except ValidationError as error:
                problems += promo_code_problems(error, raw, read, index)
                name = id_of(raw)
            else:
                name = promo_code.id
                if name not in found:
                    found[name] = promo_code
                    origins.append(Origin(number, index))
            first, at = first_places.setdefault(name, (read, index))
            if name is not None and (first is not read or at != index):
                where = " in ".join(part for part in (first.position(at), first.file) if part)
                message = f"{shown(name)} is the id of another promo code too: {where}"
                place = read.place(index, "id")
                problems.append(Problem(message, "", place, name, Kind.DUPLICATE_ID, promo_code=name))
    return list(found.values()), origins


def _allow(
    documents: Iterable[Document], context: dict[str, Any], problems: list[Problem]
) -> tuple[list[Allowance], list[Origin]]:
    """The allowances that are right, and their origins."""
    found: list[Allowance] = []
    origins: list[Origin] = []
    for number, read in enumerate(documents):
        for index, raw in enumerate(read.allow):
            try:
                found.append(Allowance.model_validate(raw, context=context))
            except ValidationError as error:
                problems += allowance_problems(error, raw, read.file, index)
            else:
                origins.append(Origin(number, index))
    return found, origins
