"""`attribution test`: run a program's own test cases, or record them from today's behaviour."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import typer

from attribution.cases.case import CaseHead
from attribution.cases.case_record import record_cases
from attribution.cases.case_report import CaseReport, Status
from attribution.cases.case_wording import AT_ODDS, counts, coverage_in_words, failure, headline, suites
from attribution.cases.run import run_cases
from attribution.cli.command_inputs import ProgramFiles, Tables
from attribution.cli.faults import FAULT, FINDINGS, remark
from attribution.cli.printing import print_json, print_lines, width
from attribution.cli.progress import progress
from attribution.events.event_errors import OutputError
from attribution.text import counted
from attribution.validation.junit_xml import junit_xml

SIGNS: Final[Mapping[Status, str]] = {Status.PASSED: ".", Status.FAILED: "F", Status.AT_ODDS: "!"}
"""What a case is in a line of cases."""

_RUNNING: Final = {
    "cases": "CASES", "select": "-k", "junit": "--junit", "coverage": "--coverage", "fail_under": "--fail-under",
    "verbose": "--verbose",
}  # fmt: skip
_CHOICE: Final = {"ids": "--id", "every": "--all", "limit": "--limit"}
_TABLES: Final = {"conversions": "--conversions", "clicks": "--clicks", "mapping": "--map"}
_RECORDING: Final = {**_TABLES, **_CHOICE, "force": "--force"}
"""Options by the names of their arguments: of a run; of which conversions are recorded; of tables; of a recording."""


@dataclass(frozen=True, slots=True)
class Running:
    """The options of a run, as they were given."""

    cases: list[str] | None
    select: str | None
    junit: str | None
    coverage: bool
    fail_under: float | None
    verbose: bool


def check(context: typer.Context) -> None:
    """Refuse options that mean nothing together."""
    recording = context.params["record"] is not None
    useless = _given(context, _RUNNING if recording else _RECORDING)
    if useless:
        why = f"is of no use {'with' if recording else 'without'} --record"
        raise typer.BadParameter(why, param_hint=useless[0])
    choice = _given(context, _CHOICE)
    if len(choice) > 1:
        raise typer.BadParameter(f"give one of {' and '.join(choice)}", param_hint=choice[0])
    if recording and not context.params["program"]:
        raise typer.BadParameter("--record needs the program's files", param_hint="--program")
    if recording and not context.params["conversions"]:
        raise typer.BadParameter("--record needs conversions", param_hint="--conversions")
    if not recording and not context.params["cases"]:
        raise typer.BadParameter("give files of cases, or record one with --record", param_hint="CASES")


def _given(context: typer.Context, options: Mapping[str, str]) -> list[str]:
    values = [(option, context.params[name]) for name, option in options.items()]
    return [option for option, value in values if value or isinstance(value, float)]  # 0 percent was given, too


def run(files: ProgramFiles, running: Running, *, as_json: bool) -> None:
    """Run cases; leaves with 1 if one failed or too little is covered, with 3 if the two evaluators differ."""
    with progress() as stage:
        stage("running the cases")
        report = run_cases(
            running.cases or (),
            program=list(files.paths) or None,
            partner_id=files.partner_id,
            preset=files.preset,
            settings=files.settings,
            select=running.select,
        )
    if running.junit is not None:
        _write(running.junit, junit_xml(suites(report)))
    least = running.fail_under
    if not running.coverage and least is None:
        report = replace(report, coverage=())
    if as_json:
        print_json(report.to_dict())
    else:
        _print(report, verbose=running.verbose)
    if report.of(Status.AT_ODDS):
        remark(f"internal error: {AT_ODDS}")
        raise typer.Exit(FAULT)
    too_little = [one for one in report.coverage if least is not None and one.whole.percent < least]
    for one in too_little:
        remark(f"coverage of {', '.join(one.paths)} is {one.whole.percent:.1f}%, less than {least:g}%")
    if too_little or not report.passed:
        raise typer.Exit(FINDINGS)


def _write(path: str, text: str) -> None:
    try:
        Path(path).write_text(text, encoding="utf-8")
    except OSError as error:
        raise OutputError(path, f"cannot be written: {error.strerror}") from error


def _print(report: CaseReport, *, verbose: bool) -> None:
    if verbose:
        print_lines(headline(result) for result in report.results)
    else:
        signs = "".join(SIGNS[result.status] for result in report.results)
        print_lines(signs[start : start + width()] for start in range(0, len(signs), width()))
    for result in report.results:
        if result.status is not Status.PASSED:
            print_lines(["", headline(result), *failure(result)])
    print_lines(["", counts(report)])
    for one in report.coverage:
        print_lines(["", *coverage_in_words(one)])


def record(
    files: ProgramFiles, path: str, tables: Tables, which: Sequence[str] | int | None, *, force: bool, as_json: bool
) -> None:
    """Record cases, and say how many they are and what they show."""
    head = CaseHead(tuple(files.paths), files.partner_id, files.preset, tuple(files.settings.items()))
    with progress() as stage:
        stage("recording")
        given, clicks, columns = tables.conversions, tables.clicks, tables.columns
        found = record_cases(path, head, given, clicks, columns=columns, which=which, force=force)
    if as_json:
        print_json(found.to_dict())
        return
    shown = f"{found.shown:,} of the {found.things:,} reasons, and rules met and not met, that occur"
    print_lines([f"{counted(found.cases, 'case')} recorded; they show {shown}."])
    if found.rejected:
        remark(f"{counted(found.rejected, 'bad row')} left out")
    remark(f"written: {found.path}")
