"""`attribution validate`: findings in the form that was asked for, and the pages of checks."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, assert_never

import typer
from rich.console import Console
from rich.text import Text

from attribution.cli.command_inputs import ProgramFiles, Tables
from attribution.cli.faults import FINDINGS, remark
from attribution.cli.options import FindingsFormat
from attribution.cli.printing import print_document, print_json
from attribution.cli.progress import progress
from attribution.validation.checks import CHECKS
from attribution.validation.finding import Severity
from attribution.validation.formats.as_text import Line, summary, text_lines, without_styles
from attribution.validation.formats.findings_junit import junit
from attribution.validation.formats.github import github
from attribution.validation.formats.pages import plain_page
from attribution.validation.formats.sarif import sarif
from attribution.validation.select import named
from attribution.validation.validate import Review, review

_STYLES: Final[Mapping[str, str]] = {
    "error": "bold red",
    "warning": "bold yellow",
    "info": "bold cyan",
    "place": "bold",
    "message": "",
    "check": "dim",
    "gutter": "dim",
    "help": "bold",
    "summary": "bold",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """Which checks run, and as of when."""

    select: Sequence[str]
    ignore: Sequence[str]
    as_of: str | None


def run(
    files: ProgramFiles, tables: Tables, choice: Choice, *, format: FindingsFormat, fail_on: Severity, limit: int
) -> None:
    """Leaves with 1 if there are findings as bad as `fail_on`."""
    with progress() as stage:
        stage("validating")
        found = review(
            list(files.paths),
            conversions=tables.conversions or None,
            clicks=tables.clicks or None,
            columns=tables.columns,
            partner_id=files.partner_id,
            preset=files.preset,
            settings=files.settings or None,
            select=choice.select,
            ignore=choice.ignore,
            as_of=choice.as_of,
        )
    match format:
        case FindingsFormat.TEXT:
            _print(text_lines(found, limit))
            if found.findings:
                remark(f"`attribution validate --explain {found.findings[0].check}` says more of a check")
        case FindingsFormat.JSON:
            print_json(found.to_dict())
        case FindingsFormat.SARIF:
            _print_document(sarif(found), found)
        case FindingsFormat.GITHUB:
            _print_document(github(found), found)
        case FindingsFormat.JUNIT:
            _print_document(junit(found, fail_on), found)
        case _:
            assert_never(format)
    if any(finding.severity.rank <= fail_on.rank for finding in found.findings):
        raise typer.Exit(FINDINGS)


def explain(name: str) -> None:
    """Prints the pages of a check, or of all whose codes begin so."""
    typer.echo("\n".join(plain_page(check) for check in named(CHECKS, name)), nl=False)


def _print_document(text: str, found: Review) -> None:
    print_document(text)
    remark(summary(found))


def _print(lines: Iterable[Line]) -> None:
    """Colours only where there is a terminal, and where NO_COLOR does not refuse them."""
    console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False, soft_wrap=True)
    for line in lines:
        if console.is_terminal:
            console.print(Text.assemble(*((part, _STYLES.get(style, "")) for part, style in line)))
        else:
            typer.echo(without_styles(line))
