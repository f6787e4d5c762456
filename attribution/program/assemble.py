"""Documents to the parts of one program, with all problems of all documents in one report."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError

from attribution.program.documents import Document
from attribution.program.explain import id_of, promo_code_problems, settings_problems
from attribution.program.problems import Problem, ProgramError, one_of, shown
from attribution.program.promo_code import PromoCode
from attribution.program.settings import PRESETS, Settings

GIVEN: Final = "the arguments"
"""Stands for a file in problems of the arguments of a load."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The fields of a program, each of them right, and right together."""

    preset: str | None
    settings: Settings
    promo_codes: tuple[PromoCode, ...]


def assemble(
    documents: Sequence[Document],
    *,
    partner_id: str | int | None = None,
    preset: str | None = None,
    settings: Mapping[str, Any] | Settings | None = None,
) -> Parts:
    """The parts that all documents give together; ProgramError with every problem.

    `partner_id` is the partner of the promo codes that name none; `preset` and `settings` override what the
    documents say.
    """
    problems = [problem for read in documents for problem in read.problems]
    given = Document(GIVEN, preset=preset, settings=settings)
    name = _preset(documents, given, problems)
    rules = _settings(name, documents, given, problems)
    partner = _partner(partner_id, problems)
    promo_codes = _promo_codes(documents, {"timezone": rules.timezone, "partner_id": partner}, problems)
    if not problems and not promo_codes:
        problems.append(Problem("", "", "promo_codes", None, "there is none; a program needs at least one promo code"))
    if problems:
        order = {name: index for index, name in enumerate([GIVEN, *(read.file for read in documents)])}
        raise ProgramError(sorted(problems, key=lambda problem: order.get(problem.file, -1)))
    return Parts(name, rules, promo_codes)


def _preset(documents: Sequence[Document], given: Document, problems: list[Problem]) -> str | None:
    """The preset that was given when loading, else the one that the documents agree on."""
    named: dict[str, str] = {}
    for read in (given, *documents):
        if read.preset is None:
            continue
        if not isinstance(read.preset, str) or read.preset not in PRESETS:
            problems.append(Problem(read.file, "", "preset", read.preset, one_of(read.preset, PRESETS)))
        else:
            named.setdefault(read.preset, read.file)
    if GIVEN in named.values():
        return given.preset if isinstance(given.preset, str) else None
    for name, file in list(named.items())[1:]:
        first, first_file = next(iter(named.items()))
        problems.append(Problem(file, "", "preset", name, f"{shown(name)} differs from {shown(first)} in {first_file}"))
    return next(iter(named), None)


def _settings(name: str | None, documents: Sequence[Document], given: Document, problems: list[Problem]) -> Settings:
    """Preset, overridden by what the documents agree on, overridden by what was given when loading."""
    explicit: dict[str, Any] = {}
    said_in: dict[str, str] = {}
    for read in documents:
        for key, value in _explicit(read, problems).items():
            if key in explicit and explicit[key] != value:
                message = f"{shown(str(value))} differs from {shown(str(explicit[key]))} in {said_in[key]}"
                problems.append(Problem(read.file, "settings", key, value, message))
            explicit.setdefault(key, value)
            said_in.setdefault(key, read.file)
    return Settings.model_validate({**PRESETS.get(name or "", {}), **explicit, **_explicit(given, problems)})


def _explicit(read: Document, problems: list[Problem]) -> dict[str, Any]:
    """The settings that one source gives, typed; none of them when one is wrong."""
    if read.settings is None:
        return {}
    try:
        typed = Settings.model_validate(read.settings)
    except ValidationError as error:
        problems += settings_problems(error, read.file)
        return {}
    return {key: getattr(typed, key) for key in typed.model_fields_set}


def _partner(partner_id: object, problems: list[Problem]) -> str | None:
    if partner_id is None or (isinstance(partner_id, str) and partner_id):
        return partner_id
    if isinstance(partner_id, int) and not isinstance(partner_id, bool):
        return str(partner_id)
    problems.append(Problem(GIVEN, "", "partner_id", partner_id, f"{shown(partner_id)} is not a partner's id"))
    return "?"  # so that not every promo code is reported as well


def _promo_codes(
    documents: Iterable[Document], context: dict[str, Any], problems: list[Problem]
) -> tuple[PromoCode, ...]:
    found: list[PromoCode] = []
    first_places: dict[object, tuple[Document, int]] = {}
    for read in documents:
        for index, raw in enumerate(read.promo_codes):
            try:
                promo_code = PromoCode.model_validate(raw, context=context)
            except ValidationError as error:
                problems += promo_code_problems(error, raw, read.file, read.position(index))
                name = id_of(raw)
            else:
                found.append(promo_code)
                name = promo_code.id
            first, at = first_places.setdefault(name, (read, index))
            if name is not None and (first is not read or at != index):
                where = " in ".join(part for part in (first.position(at), first.file) if part)
                message = f"{shown(name)} is the id of another promo code too: {where}"
                problems.append(Problem(read.file, read.position(index), "id", name, message))
    return tuple(found)
