"""Findings of what loading refuses: the program cannot be used until they are mended.

A file in which no promo code names a partner is an export of a partner's own codes, and that is one finding, not one
for every promo code.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from attribution.program import Problem
from attribution.program.problem_wording import id_of
from attribution.program.program_problems import Kind, shown
from attribution.validation.check import Check
from attribution.validation.finding import Finding, Place
from attribution.validation.placing import problem_place, whole_file
from attribution.validation.program_reading import Reading
from attribution.validation.source_texts import SourceFile

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


_VERBS: Final = ("is ", "has ", "looks ")
"""Beginnings of facts that lack a subject."""


def unusable(reading: Reading, checks: Mapping[str, Check]) -> Iterator[Finding]:
    """A finding for each problem of loading."""
    by_name: dict[str, SourceFile] = {}
    for each in reading.files:
        by_name.setdefault(each.document.file, each)
    for group in _groups(reading.problems, by_name):
        problem = group[0]
        check = checks[CODES.get(problem.kind, INVALID)]
        file = by_name.get(problem.file)
        ids = tuple(name for one in group for name in _ids(one, file))
        message, help = _sentences(problem, check.code, ids) if len(group) == 1 else _of_nobody(len(group))
        facts = {"field": problem.field, "value": _plain(problem.value)}
        place = _place(reading, problem, file)
        yield Finding(check.code, check.slug, check.severity, ids, place, message, help, facts)


def _groups(problems: Sequence[Problem], files: Mapping[str, SourceFile]) -> Iterator[list[Problem]]:
    """Each problem alone, but those of a file without any partner together, in the place of the first."""
    missing: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.kind is Kind.NO_PARTNER:
            missing.setdefault(problem.file, []).append(problem)
    whole = {
        name: group
        for name, group in missing.items()
        if name in files and 1 < len(group) == len(files[name].document.promo_codes)
    }
    for problem in problems:
        if problem.kind is not Kind.NO_PARTNER or problem.file not in whole:
            yield [problem]
        elif problem is whole[problem.file][0]:
            yield whole[problem.file]


def _of_nobody(number: int) -> tuple[str, str]:
    return (
        f"none of the {number:,} promo codes names a partner",
        "an export of a partner's own codes leaves the partner out; give it with --partner-id (partner_id=)",
    )


def _plain(value: object) -> object:
    """A value as JSON has it; of lists, objects and the like as a message shows it."""
    return value if value is None or isinstance(value, str | bool | int) else shown(value)


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


def _said(problem: Problem, about: str, fact: str) -> str:
    """The sentence: some facts are words of their own, others (`is empty`) say something of the file or a line."""
    if not problem.field and fact.startswith(_VERBS):
        return f"{about or 'the file'} {fact}"
    return ": ".join(part for part in (about, problem.field, fact) if part)


def _sentences(problem: Problem, code: str, ids: tuple[str, ...]) -> tuple[str, str]:
    """Message and help: what a problem says behind its first semicolon is the way out."""
    place = "" if problem.spot.column else problem.position.partition(" (")[0]  # a column is the place's to say
    about = f"promo code {shown(ids[0])}" if ids else place
    if problem.kind is Kind.NO_PARTNER:
        return f"{about or 'the promo code'} names no partner", _HELP[code]
    fact, _, advice = (problem.brief or problem.message).partition("; ")
    if problem.kind is Kind.DUPLICATE_ID:
        return fact, _HELP[code]
    return _said(problem, about, fact), advice or _HELP[code]
