"""The subcommands that look at a program before it goes live, with their options."""

from typing import Annotated

import typer

from attribution.cli import options
from attribution.cli.faults import faults
from attribution.cli.options import FailOn, FindingsFormat


def validate(  # noqa: PLR0913, PLR0917 -- typer: an option is an argument
    context: typer.Context,
    program: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PROGRAM",
            help="Program files: JSON, YAML or bulk CSV; several make one program.",
            callback=options.not_empty,
            show_default=False,
        ),
    ] = None,
    format: Annotated[FindingsFormat, typer.Option("--format", help="How findings are printed.")] = FindingsFormat.TEXT,
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="Leave with 1 on findings of this severity or worse.")
    ] = FailOn.WARNING,
    select: Annotated[
        list[str] | None,
        typer.Option("--select", metavar="CHECKS", help="Run these: codes, slugs, beginnings of codes. Repeatable."),
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", metavar="CHECKS", help="Do not run these. Repeatable.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="TIME", help="The time of the export; without it, now.")
    ] = None,
    conversions: Annotated[
        list[str] | None,
        typer.Option(
            "--conversions",
            metavar="PATH",
            help="Conversions, for the checks that look at data. Repeatable.",
            callback=options.not_empty,
        ),
    ] = None,
    clicks: options.Clicks = None,
    partner_id: options.PartnerId = None,
    preset: options.Preset = None,
    settings: options.Settings = None,
    mapping: options.Map = None,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=0, help="Findings of each check that text shows; 0: all.")
    ] = 20,
    explain: Annotated[
        str | None, typer.Option("--explain", metavar="CHECK", help="Print the manual page of a check.")
    ] = None,
) -> None:
    """Find what is wrong, or probably not meant, in a program.

    Leaves with 1 if there are findings as bad as --fail-on.

    \b
    Example:
      attribution validate program.json --format github --fail-on error
    """
    with faults(context):
        if explain is None and not program:
            raise typer.BadParameter("missing; give the files of a program", param_hint="PROGRAM")
        overrides, columns = options.settings(settings), options.columns(mapping, clicks, conversions)
        from attribution.cli import validate_command as command  # noqa: PLC0415 -- not loaded for --help
        from attribution.cli.command_inputs import ProgramFiles, Tables  # noqa: PLC0415 -- likewise
        from attribution.validation.finding import Severity  # noqa: PLC0415 -- likewise

        if explain is not None:
            command.explain(explain)
            return
        command.run(
            ProgramFiles(program or [], partner_id, preset, overrides),
            Tables(conversions or [], clicks, columns),
            command.Choice(options.names(select), options.names(ignore), as_of),
            format=format,
            fail_on=Severity(fail_on.value),
            limit=limit,
        )


def run_cases(  # noqa: PLR0913, PLR0917 -- typer: an option is an argument
    context: typer.Context,
    cases: Annotated[
        list[str] | None,
        typer.Argument(metavar="CASES", help="Files of cases: YAML.", callback=options.not_empty),
    ] = None,
    select: Annotated[
        str | None,
        typer.Option("-k", metavar="TEXT", help="Run the cases with TEXT in their names, in any letter case."),
    ] = None,
    program: Annotated[
        list[str] | None,
        typer.Option(
            "--program",
            metavar="PATH",
            help="A program file, instead of those that the cases name. Repeatable.",
            callback=options.not_empty,
        ),
    ] = None,
    partner_id: options.PartnerId = None,
    preset: options.Preset = None,
    settings: options.Settings = None,
    junit: Annotated[
        str | None,
        typer.Option("--junit", metavar="FILE", help="Write JUnit XML, for CI servers.", callback=options.not_empty),
    ] = None,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Name the promo codes, rules and reasons that no case exercises.")
    ] = False,
    fail_under: Annotated[
        float | None,
        typer.Option("--fail-under", metavar="PERCENT", min=0, max=100, help="Leave with 1 if less is covered."),
    ] = None,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Name every case.")] = False,
    record: Annotated[
        str | None,
        typer.Option(
            "--record",
            metavar="FILE",
            help="Write cases from --conversions and today's credits, instead of running any.",
            callback=options.not_empty,
        ),
    ] = None,
    conversions: Annotated[
        list[str] | None,
        typer.Option(
            "--conversions",
            metavar="PATH",
            help="With --record: a file, a glob or a directory. Repeatable.",
            callback=options.not_empty,
        ),
    ] = None,
    clicks: options.Clicks = None,
    mapping: options.Map = None,
    ids: Annotated[
        list[str] | None, typer.Option("--id", metavar="ID", help="With --record: this conversion. Repeatable.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="With --record: every conversion.")] = False,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit",
            metavar="N",
            min=1,
            help="With --record: at most N conversions, chosen to show as much as they can; 100 unless told otherwise.",
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="With --record: replace FILE also if somebody wrote or changed it.")
    ] = False,
    as_json: options.Json = False,
) -> None:
    """Run a program's own test cases.

    Each case of CASES, a file beside the program, has an order, its clicks and the credits expected; it is decided in
    a table and by itself. Leaves with 1 if a case fails. With --record, writes such a file instead: what the program
    does today with real conversions.

    \b
    Example:
      attribution test samples/quickstart/cases.yaml --coverage
      attribution test --record recorded.yaml --program program.json \\
        --conversions conversions.csv --clicks clicks.csv
    """
    with faults(context):
        overrides, columns = options.settings(settings), options.columns(mapping, clicks)
        from attribution.cases.case_record import LIMIT  # noqa: PLC0415 -- likewise
        from attribution.cli import test_command as command  # noqa: PLC0415 -- not loaded for --help
        from attribution.cli.command_inputs import ProgramFiles, Tables  # noqa: PLC0415 -- likewise

        command.check(context)
        files = ProgramFiles(program or [], partner_id, preset, overrides)
        if record is None:
            running = command.Running(cases, select, junit, coverage, fail_under, verbose)
            command.run(files, running, as_json=as_json)
        else:
            which = ids or (None if every else limit or LIMIT)
            tables = Tables(conversions or [], clicks, columns)
            command.record(files, record, tables, which, force=force, as_json=as_json)
