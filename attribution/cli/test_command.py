"""`attribution test`: run a program's own test cases, or record them from today's behaviour."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import typer

from attribution.cases.case import CaseHead
from attribution.cases.case_record import LIMIT, record_cases
from attribution.cases.case_report import CaseReport, Status
from attribution.cases.case_wording import AT_ODDS, counts, coverage_in_words, failure, headline, suites
from attribution.cases.run import run_cases
from attribution.cli.command_inputs import ProgramFiles
from attribution.cli.faults import FAULT, FINDINGS, remark
from attribution.cli.printing import print_json, print_lines, width
from attribution.cli.progress import progress
from attribution.events.event_errors import OutputError
from attribution.text import counted
from attribution.validation.junit_xml import junit_xml

SIGNS: Final[Mapping[Status, str]] = {Status.PASSED: ".", Status.FAILED: "F", Status.AT_ODDS: "!"}
"""What a case is in a line of cases."""


@dataclass(frozen=True, slots=True)
class Running:
    """The options of a run, as they were given."""

    cases: list[str] | None = None
    select: str | None = None
    junit: str | None = None
    coverage: bool = False
    fail_under: float | None = None
    verbose: bool = False

    def options(self) -> Mapping[str, object]:
        """By their names on the command line."""
        return {
            "CASES": self.cases, "-k": self.select, "--junit": self.junit, "--coverage": self.coverage,
            "--fail-under": self.fail_under, "--verbose": self.verbose,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Recording:
    """The options of a recording, as they were given; no `path`: nothing is recorded."""

    path: str | None = None
    conversions: list[str] | None = None
    clicks: list[str] | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    ids: list[str] | None = None
    every: bool = False
    limit: int | None = None
    force: bool = False

    def options(self) -> Mapping[str, object]:
        """By their names on the command line."""
        return {
            "--conversions": self.conversions, "--clicks": self.clicks, "--map": self.columns, **self.choice(),
            "--force": self.force,
        }  # fmt: skip

    def choice(self) -> Mapping[str, object]:
        """Those that say which conversions, of which one may be given."""
        return {"--id": self.ids, "--all": self.every, "--limit": self.limit}

    @property
    def which(self) -> Sequence[str] | int | None:
        """Which conversions, as the library takes it."""
        return self.ids or (None if self.every else self.limit or LIMIT)


def run(files: ProgramFiles, running: Running, recording: Recording, *, as_json: bool) -> None:
    """Run cases, or record some; leaves with 1 or 3 as `_run` says."""
    if recording.path is None:
        _refuse(recording.options(), "is of no use without --record")
        if not running.cases:
            raise typer.BadParameter("give files of cases, or record one with --record", param_hint="CASES")
        _run(files, running, as_json=as_json)
        return
    _refuse(running.options(), "is of no use with --record")
    choice = [name for name, value in recording.choice().items() if value]
    if len(choice) > 1:
        raise typer.BadParameter(f"give one of {' and '.join(choice)}", param_hint=choice[0])
    if not files.paths:
        raise typer.BadParameter("--record needs the program's files", param_hint="--program")
    if not recording.conversions:
        raise typer.BadParameter("--record needs conversions", param_hint="--conversions")
    _record(files, recording.path, recording.conversions, recording, as_json=as_json)


def _refuse(options: Mapping[str, object], why: str) -> None:
    for name, value in options.items():
        if value or isinstance(value, float):  # 0 percent was given, too
            raise typer.BadParameter(why, param_hint=name)


def _run(files: ProgramFiles, running: Running, *, as_json: bool) -> None:
    """Leaves with 1 if a case failed or too little is covered, with 3 if the two evaluators differ."""
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


def _record(files: ProgramFiles, path: str, conversions: list[str], recording: Recording, *, as_json: bool) -> None:
    head = CaseHead(tuple(files.paths), files.partner_id, files.preset, tuple(files.settings.items()))
    with progress() as stage:
        stage("recording")
        found = record_cases(
            path,
            head,
            conversions,
            recording.clicks,
            columns=recording.columns,
            which=recording.which,
            force=recording.force,
        )
    if as_json:
        print_json(found.to_dict())
        return
    shown = f"{found.shown:,} of the {found.things:,} reasons, and rules met and not met, that occur"
    print_lines([f"{counted(found.cases, 'case')} recorded; they show {shown}."])
    if found.rejected:
        remark(f"{counted(found.rejected, 'bad row')} left out")
    remark(f"written: {found.path}")
