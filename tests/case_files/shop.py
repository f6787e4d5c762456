"""A small program and files of cases for it."""

from pathlib import Path
from typing import Any

from attribution.cases.case import Case, CaseHead, Expected
from attribution.cases.case_files import CaseFile, read_files
from attribution.cases.case_report import CaseReport
from attribution.cases.nodes import CasesError, located
from attribution.cases.run import run_cases

PROGRAM = """\
promo_codes:
  - {id: 1, code: SAVE10, match_mode: LI, credit_rule: WINNER, partner_id: bob}
  - {id: 2, code: AMY, match_mode: LI, credit_rule: ALWAYS, partner_id: amy}
  - {id: 3, code: TEAM, match_mode: LI, credit_rule: INVOLVED, partner_id: bob}
  - {id: 4, code: FALL.*, match_mode: RE, credit_rule: WINNER, partner_id: amy}
"""
HEAD = "program: program.yaml\ndefaults: {at: 2026-03-01 12:00}\ncases:\n"


def write(directory: Path, text: str, program: str = PROGRAM, name: str = "cases.yaml") -> Path:
    """The program, and a file of cases beside it."""
    (directory / "program.yaml").write_text(program, encoding="utf-8")
    path = directory / name
    path.write_text(text, encoding="utf-8")
    return path


def read(path: Path) -> CaseFile:
    """The file as it is read."""
    (file,) = read_files(path, CaseHead())
    return file


def a_case(directory: Path, body: str, program: str = PROGRAM) -> Case:
    """The case with these lines, which begin with its second key."""
    indented = "".join(f"    {line}\n" for line in body.splitlines())
    (case,) = read(write(directory, f"{HEAD}  - name: it\n{indented}", program)).cases
    return case


def expected(directory: Path, expect: str, program: str = PROGRAM) -> list[dict[str, Any]]:
    """The fields of what is expected of an order."""
    (order,) = a_case(directory, f"expect: {expect}", program).orders
    return [_fields(one) for one in order.expected]


def _fields(one: Expected) -> dict[str, Any]:
    return dict(one.fields)


def run(directory: Path, body: str, program: str = PROGRAM, **options: Any) -> CaseReport:
    """The report of cases that have these lines."""
    return run_cases(write(directory, HEAD + body, program), **options)


def problems(directory: Path, text: str, program: str = PROGRAM) -> list[str]:
    """What is wrong with a file: its lines, columns and messages."""
    path = write(directory, text, program)
    try:
        run_cases(path)
    except CasesError as error:
        return ["\n".join(located(problem)).removeprefix(f"{path}:") for problem in error.problems]
    return []


def outcome(report: CaseReport) -> list[str]:
    """What became of each case."""
    return [result.status.name for result in report.results]


def told(report: CaseReport) -> list[str]:
    """The differences of all cases."""
    return [
        " ".join(filter(None, (one.conversion_id, f"{one.field}: {one.expected} / {one.got}")))
        for result in report.results
        for one in result.differences
    ]
