"""`attribution test`: run a program's own test cases, or record them from today's behaviour."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import typer

from attribution.cli.faults import FAULT, FINDINGS, remark
from attribution.cli.inputs import ProgramFiles
from attribution.cli.printing import json_fields, print_json, print_lines, width
from attribution.cli.progress import progress
from attribution.events.problems import OutputError
from attribution.validation.cases import CaseReport, CaseResult, Coverage, Part, Status, run_cases
from attribution.validation.cases.wording import AT_ODDS, counts, coverage_in_words, failure, headline, suites
from attribution.validation.junit import junit_xml

_SIGNS: Mapping[Status, str] = {Status.PASSED: ".", Status.FAILED: "F", Status.AT_ODDS: "!"}


def run(
    paths: Sequence[str],
    files: ProgramFiles,
    select: str | None,
    *,
    junit: str | None,
    coverage: bool,
    fail_under: float | None,
    verbose: bool,
    as_json: bool,
) -> None:
    """Leaves with 1 if a case failed or too little is covered, with 3 if the two evaluators differ."""
    with progress() as stage:
        stage("running the cases")
        report = run_cases(
            list(paths),
            program=list(files.paths) or None,
            partner_id=files.partner_id,
            preset=files.preset,
            settings=files.settings,
            select=select,
        )
    if junit is not None:
        _write(junit, junit_xml(suites(report)))
    parts = report.coverage if coverage or fail_under is not None else ()
    if as_json:
        print_json(_as_json(report, parts))
    else:
        _print(report, parts, verbose=verbose)
    if report.of(Status.AT_ODDS):
        remark(f"internal error: {AT_ODDS}")
        raise typer.Exit(FAULT)
    too_little = [one for one in parts if fail_under is not None and one.whole.percent < fail_under]
    for one in too_little:
        remark(f"coverage of {', '.join(one.paths)} is {one.whole.percent:.1f}%, less than {fail_under:g}%")
    if too_little or not report.passed:
        raise typer.Exit(FINDINGS)


def _write(path: str, text: str) -> None:
    try:
        Path(path).write_text(text, encoding="utf-8")
    except OSError as error:
        raise OutputError(path, f"cannot be written: {error.strerror}") from error


def _print(report: CaseReport, parts: Sequence[Coverage], *, verbose: bool) -> None:
    if verbose:
        print_lines(headline(result) for result in report.results)
    else:
        signs = "".join(_SIGNS[result.status] for result in report.results)
        print_lines(signs[start : start + width()] for start in range(0, len(signs), width()))
    for result in report.results:
        if result.status is not Status.PASSED:
            print_lines(["", headline(result), *failure(result)])
    print_lines(["", counts(report)])
    for one in parts:
        print_lines(["", *coverage_in_words(one)])


def _as_json(report: CaseReport, parts: Sequence[Coverage]) -> dict[str, Any]:
    found: dict[str, Any] = {status.name.lower(): len(report.of(status)) for status in Status}
    found |= {"not_selected": report.left_out, "cases": [_case_json(result) for result in report.results]}
    return found | ({"coverage": [_coverage_json(one) for one in parts]} if parts else {})


def _case_json(result: CaseResult) -> dict[str, Any]:
    return {
        **json_fields(result.case, "name", "file", "line"),
        "status": result.status.name,
        "differences": [
            json_fields(one, "conversion_id", "field", "expected", "got") for one in result.differences
        ],
        "explanation": list(result.explanation),
    }


def _coverage_json(coverage: Coverage) -> dict[str, Any]:
    parts = {name: getattr(coverage, name) for name in ("promo_codes", "met", "not_met", "reasons")}
    return {
        "program": list(coverage.paths),
        "percent": round(coverage.whole.percent, 2),
        **{name: _part_json(part) for name, part in parts.items()},
        "never_match": coverage.left_out,
    }


def _part_json(part: Part) -> dict[str, Any]:
    return {
        **json_fields(part, "total", "exercised"), "percent": round(part.percent, 2), "missing": list(part.missing),
    }  # fmt: skip
