"""Findings of what loading refuses: the program cannot be used until they are mended.

A file in which no promo code names a partner is an export of a partner's own codes, and that is one finding, not one
for every promo code.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, assert_never

from attribution.program import Problem
from attribution.program.problem import Kind, Place
from attribution.text import Said, shown
from attribution.validation.check import Check
from attribution.validation.finding import Finding
from attribution.validation.placing import problem_place, whole_file
from attribution.validation.program_reading import Reading
from attribution.validation.source_texts import SourceFile

INVALID: Final = "F001"
CODES: Final[Mapping[Kind, str]] = {
    Kind.DUPLICATE_ID: "F002",
    Kind.NO_PARTNER: "F003",
    Kind.PATTERN: "P001",
    Kind.OTHER: INVALID,
}
"""The check of each kind of problem that is a finding."""

LOADING: Final = frozenset(CODES.values())
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
    by_name = {each.document.file: each for each in reversed(reading.files)}
    for group in _groups(reading.problems, by_name):
        problem = group[0]
        check = checks[CODES[problem.kind]]
        file = by_name.get(problem.place.file)
        ids = tuple(one.promo_code for one in group if one.promo_code is not None)
        message, help = _sentences(problem, check.code) if len(group) == 1 else _of_nobody(len(group))
        facts = {"field": problem.place.field, "value": _plain(problem.value)}
        place = _place(reading, problem, file)
        yield Finding(check.code, check.slug, check.severity, ids, place, message, help, facts)


def _groups(problems: Sequence[Problem], files: Mapping[str, SourceFile]) -> Iterator[list[Problem]]:
    """Each problem alone, but those of a file without any partner together, in the place of the first."""
    missing: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.kind is Kind.NO_PARTNER:
            missing.setdefault(problem.place.file, []).append(problem)
    whole = {
        name: group
        for name, group in missing.items()
        if name in files and 1 < len(group) == len(files[name].document.promo_codes)
    }
    for problem in problems:
        if problem.kind is not Kind.NO_PARTNER or problem.place.file not in whole:
            yield [problem]
        elif problem is whole[problem.place.file][0]:
            yield whole[problem.place.file]


def _of_nobody(number: int) -> Said:
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


def _sentences(problem: Problem, code: str) -> Said:
    """Message and help of one problem, as a sentence about its promo code, its field or its file."""
    name, place = problem.promo_code, problem.place
    about = place.position if name is None else f"promo code {shown(name)}"
    match problem.kind:
        case Kind.NO_PARTNER:
            return f"{about or 'the promo code'} names no partner", _HELP[code]
        case Kind.DUPLICATE_ID:
            return problem.message, _HELP[code]
        case Kind.PATTERN | Kind.OTHER | Kind.NO_FILE | Kind.ARGUMENTS:
            help = problem.help or _HELP[code]
        case _:
            assert_never(problem.kind)
    if problem.subject:
        return f"{problem.subject} {problem.message}", help
    return ": ".join(part for part in (about, place.field, problem.message) if part), help
