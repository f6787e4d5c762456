"""Reads files of cases: the program that each names, its partners' names, its cases; every problem at once."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import yaml

from attribution.cases.case import Case, CaseHead
from attribution.cases.case_orders import read_cases, read_defaults
from attribution.cases.expected import NOBODY, Setting
from attribution.cases.nodes import CasesError, Fields, Report, is_null, items_of, root_node, text_of, words_of
from attribution.program import Program
from attribution.program.documents import PROMO_CODE_LISTS
from attribution.program.parts import GIVEN
from attribution.program.problem import Problem
from attribution.program.program_error import ProgramError
from attribution.text import did_you_mean

CasePaths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]

_FILE: Final = dict.fromkeys(("program", "partner_id", "preset", "settings", "partners", "defaults", "cases"), ())


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One file of cases, read. `path` is the path as it was given."""

    path: str
    head: CaseHead
    program: Program
    partners: dict[str, str]
    cases: tuple[Case, ...]


def read_files(paths: CasePaths, given: CaseHead) -> list[CaseFile]:
    """The files in the order given; `CasesError` with everything that is wrong with any of them.

    What is `given` of the program replaces what each file says. Each program is loaded once.
    """
    load = cache(CaseHead.load)
    problems: list[Problem] = []
    found = []
    for path in [paths] if isinstance(paths, str | os.PathLike) else paths:
        report = Report(os.fspath(path))
        file = _read(Path(path), report, given, load)
        problems += sorted(report.problems, key=lambda one: (one.place.line or 0, one.place.column or 0))
        if file is not None:
            found.append(file)
    if problems:
        raise CasesError(problems)
    return found


def _read(path: Path, report: Report, given: CaseHead, load: Callable[[CaseHead], Program]) -> CaseFile | None:
    text = _text(path, report)
    root = None if text is None else root_node(text, report)
    if root is None or not isinstance(root, yaml.MappingNode):
        if not report.problems:
            what = "is empty" if root is None else f"{words_of(root)} is no file of cases"
            report.add(what, "it is a mapping with program and cases")
        return None
    if _is_program(root):
        report.add("is a program and no file of cases", "a file of cases names it: program: and this path")
        return None
    fields = Fields(root, "a file of cases", _FILE, report)
    head = _head(fields, path.parent, report).under(given)
    program = _program(head, load, fields, report)
    partners = _partners(fields, program, report)
    setting = Setting(report, "UTC" if program is None else program.settings.timezone, partners)
    defaults = read_defaults(fields.get("defaults"), setting)
    cases = read_cases(fields.get("cases"), defaults, setting, fields.key("cases"))
    if program is None:
        return None
    _refuse_without_program_id(cases, program, report)
    if partners:
        _refuse_unknown_partners(cases, program, partners, report)
    return CaseFile(report.file, head, program, partners, cases)


def _is_program(root: yaml.MappingNode) -> bool:
    """Whether a mapping has promo codes and no cases."""
    names = {key.value for key, _ in root.value if isinstance(key, yaml.ScalarNode)}
    return "cases" not in names and not names.isdisjoint(PROMO_CODE_LISTS)


def _text(path: Path, report: Report) -> str | None:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        report.add("no such file")
    except IsADirectoryError:
        report.add("is a directory", "give the files in it")
    except OSError as error:
        report.add(f"cannot be read: {error.strerror}")
    except UnicodeDecodeError as error:
        report.add(f"is not UTF-8 text, at byte {error.start}")
    return None


def _head(fields: Fields, directory: Path, report: Report) -> CaseHead:
    names = [text_of(item, "path of a program file", report) for item in items_of(fields.get("program"))]
    return CaseHead(
        tuple(os.path.normpath(directory / name) for name in names if name),
        fields.text("partner_id"),
        fields.text("preset"),
        tuple(_texts(fields.get("settings"), "settings", report).items()),
    )


def _texts(node: yaml.Node | None, what: str, report: Report) -> dict[str, str | None]:
    """A mapping of texts, or of nulls, by text."""
    if node is None or is_null(node):
        return {}
    if not isinstance(node, yaml.MappingNode):
        report.at(node, f"{words_of(node)} is no mapping of {what}")
        return {}
    pairs = [(text_of(key, f"name in {what}", report), value) for key, value in node.value]
    return {name: text_of(value, "value", report) for name, value in pairs if name is not None}


def _program(head: CaseHead, load: Callable[[CaseHead], Program], fields: Fields, report: Report) -> Program | None:
    place = fields.key("program")
    if not head.programs:
        report.at(place, "names no program", "write program: and a path that is relative to this file")
        return None
    try:
        return load(head)
    except ProgramError as error:
        elsewhere = []
        for problem in error.problems:
            node = _said_here(problem, fields)
            if node is None:
                elsewhere.append(problem)
            else:
                report.at(node, f"{problem.place.field}: {problem.message}", problem.help)
        if elsewhere:
            first, *others = ProgramError(elsewhere).lines()
            report.at(place, f"the program cannot be used: {first}", illustration=tuple(others))
        return None


def _said_here(problem: Problem, fields: Fields) -> yaml.Node | None:
    """Where the file of cases itself says what is wrong with its program, in `preset` or `settings`."""
    said = problem.place
    if said.file != GIVEN:
        return None
    settings = fields.get("settings")
    if said.position == "settings" and isinstance(settings, yaml.MappingNode):
        return next((value for key, value in settings.value if key.value == said.field), None)
    return fields.get(said.field) if said.field == "preset" else None


def _partners(fields: Fields, program: Program | None, report: Report) -> dict[str, str]:
    """The file's own names for partners. A name must not be that of another partner: nobody could tell who is meant."""
    node = fields.get("partners")
    found = {name: ident for name, ident in _texts(node, "partners", report).items() if ident}
    known = set() if program is None else {code.partner_id for code in program.promo_codes}
    for key, _ in node.value if isinstance(node, yaml.MappingNode) else ():
        name = str(key.value)
        if name == NOBODY:
            report.at(key, f"{NOBODY!r} is not the name of a partner here")
        elif name not in found:
            report.at(key, f"{name!r} is given no partner id")
        elif name in known and found[name] != name:
            report.at(key, f"{name!r} is the id of another partner of the program")
    return found


def _refuse_without_program_id(cases: Sequence[Case], program: Program, report: Report) -> None:
    """A conversion without a program is a bad row where the promo codes name several."""
    several = program.program_ids
    if len(several) < 2:
        return
    for case in cases:
        for order in case.orders:
            if order.conversion.program_id is None:
                named = ", ".join(several[:5]) + (", ..." if len(several) > 5 else "")
                message = f"the promo codes name several programs ({named})"
                report.add(message, "give program_id, here or in defaults", order.line)


def _refuse_unknown_partners(
    cases: Sequence[Case], program: Program, partners: Mapping[str, str], report: Report
) -> None:
    """A file that names partners names all that have no promo code: a slip in a click would let a case pass."""
    known = {code.partner_id for code in program.promo_codes} | set(partners.values())
    for case in cases:
        expected = [one.fields for order in case.orders for one in order.expected]
        named: set[object] = {click.partner_id for click in case.clicks}
        named |= {fields.get(name) for fields in expected for name in ("partner_id", "winner_partner_id")}
        for partner in sorted({str(one) for one in named if one is not None} - known):
            message = f"partner {partner!r} is not in partners, and has no promo code"
            report.add(message, did_you_mean(partner, among=partners), case.line)
