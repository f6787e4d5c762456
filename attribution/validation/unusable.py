"""Findings of what loading refuses: the program cannot be used until they are mended."""

from collections.abc import Iterator, Mapping
from typing import Final

from attribution.program import Problem
from attribution.program.explain import id_of
from attribution.program.problems import Kind, shown
from attribution.validation.check import Check
from attribution.validation.files import SourceFile
from attribution.validation.finding import Finding, Place
from attribution.validation.placing import problem_place, whole_file
from attribution.validation.reading import Reading

INVALID: Final = "F001"
CODES: Final[Mapping[Kind, str]] = {
    Kind.DUPLICATE_ID: "F002",
    Kind.NO_PARTNER: "F003",
    Kind.PATTERN: "P001",
}
"""The check of a kind of problem; F001 has all others."""

LOADING: Final = frozenset({INVALID, *CODES.values()})
"""The checks that loading makes."""

_HELP: Final[Mapping[str, str]] = {
    INVALID: "correct it; until then the program cannot be used",
    "F002": "give each promo code an id of its own; until then only the first one is looked at",
    "F003": "give the partner of an export of a partner's own codes with --partner-id (partner_id=), "
    "or add partner_id to the promo code",
    "P001": "correct the pattern; until then the program cannot be used",
}


def unusable(reading: Reading, checks: Mapping[str, Check]) -> Iterator[Finding]:
    """A finding for each problem of loading."""
    by_name: dict[str, SourceFile] = {}
    for each in reading.files:
        by_name.setdefault(each.document.file, each)
    for problem in reading.problems:
        check = checks[CODES.get(problem.kind, INVALID)]
        file = by_name.get(problem.file)
        place = _place(reading, problem, file)
        ids = _ids(problem, file)
        message, help = _sentences(problem, check.code, ids)
        facts = {"field": problem.field, "value": None if problem.value is None else shown(problem.value)}
        yield Finding(check.code, check.slug, check.severity, ids, place, message, help, facts)


def _place(reading: Reading, problem: Problem, file: SourceFile | None) -> Place:
    if file is not None:
        return problem_place(file, problem)
    return whole_file(reading.files[0]) if reading.files else Place()


def _ids(problem: Problem, file: SourceFile | None) -> tuple[str, ...]:
    """The id of the promo code that it is about, where it has one."""
    spot = problem.spot
    if file is None or spot.index is None or spot.list_name != file.document.list_name:
        return ()
    name = id_of(file.document.promo_codes[spot.index])
    return () if name is None else (name,)


def _sentences(problem: Problem, code: str, ids: tuple[str, ...]) -> tuple[str, str]:
    """Message and help: what a problem says behind its first semicolon is the way out."""
    about = f"promo code {shown(ids[0])}" if ids else problem.position.partition(" (")[0]
    if problem.kind is Kind.NO_PARTNER:
        return f"{about or 'the promo code'} names no partner", _HELP[code]
    fact, _, advice = (problem.brief or problem.message).partition("; ")
    if problem.kind is Kind.DUPLICATE_ID:
        return fact, _HELP[code]
    said = ": ".join(part for part in (about, problem.field, fact) if part)
    return said, advice or _HELP[code]
