"""The subcommands with their options. What they do is in the modules of their names, loaded when they run."""

from typing import Annotated

import typer

from attribution.cli import options
from attribution.cli.faults import faults
from attribution.cli.options import BadRows
from attribution.events.table_files import Format


def credit(  # noqa: PLR0913, PLR0917 -- typer: an option is an argument
    context: typer.Context,
    program: options.Programs,
    conversions: options.Conversions,
    output: Annotated[
        str,
        typer.Option(
            "--output", metavar="DIR", help="The directory that results are written to.", callback=options.not_empty
        ),
    ],
    clicks: options.Clicks = None,
    partner_id: options.PartnerId = None,
    preset: options.Preset = None,
    settings: options.Settings = None,
    mapping: options.Map = None,
    bad_rows: Annotated[
        BadRows, typer.Option("--bad-rows", help="Stop at bad rows, or set them aside in the table rejected.")
    ] = BadRows.STOP,
    format: Annotated[Format, typer.Option("--format", help="The format of the results.")] = Format.PARQUET,
    as_json: options.Json = False,
) -> None:
    """Write who is paid for each conversion, and why.

    Credits conversions against clicks. Writes the tables credits and verdicts into DIR, with --bad-rows reject also
    rejected; prints a summary. Leaves with 1 if rows were rejected.

    \b
    Example:
      attribution credit program.json --conversions conversions.csv \\
        --clicks clicks.csv --output credits
    """
    with faults(context):
        overrides, columns = options.settings(settings), options.columns(mapping, clicks)
        from attribution.cli.command_inputs import ProgramFiles, Tables  # noqa: PLC0415 -- likewise
        from attribution.cli.credit_command import run  # noqa: PLC0415 -- Polars and pydantic are not loaded for --help

        files = ProgramFiles(program, partner_id, preset, overrides)
        run(files, Tables(conversions, clicks, columns), output, bad_rows=bad_rows, format=format, as_json=as_json)


def explain(  # noqa: PLR0913, PLR0917 -- typer: an option is an argument
    context: typer.Context,
    program: options.Programs,
    conversions: options.Conversions,
    conversion_id: Annotated[str, typer.Option("--id", metavar="ID", help="The conversion to explain.")],
    clicks: options.Clicks = None,
    partner_id: options.PartnerId = None,
    preset: options.Preset = None,
    settings: options.Settings = None,
    mapping: options.Map = None,
    as_json: options.Json = False,
) -> None:
    """Explain the credit of one conversion.

    Shows its promo codes, its click path, who is credited and why, in words that can be sent to a partner.

    \b
    Example:
      attribution explain program.json --conversions conversions.csv \\
        --clicks clicks.csv --id A-1002
    """
    with faults(context):
        overrides, columns = options.settings(settings), options.columns(mapping, clicks)
        from attribution.cli.command_inputs import ProgramFiles, Tables  # noqa: PLC0415 -- likewise
        from attribution.cli.explain_command import run  # noqa: PLC0415 -- Polars and pydantic are not loaded for --help

        files = ProgramFiles(program, partner_id, preset, overrides)
        run(files, Tables(conversions, clicks, columns), conversion_id, as_json=as_json)


def match(  # noqa: PLR0913, PLR0917 -- typer: an option is an argument
    context: typer.Context,
    program: Annotated[
        str,
        typer.Argument(metavar="PROGRAM", help="A program file: JSON, YAML or bulk CSV.", callback=options.not_empty),
    ],
    code: Annotated[list[str], typer.Argument(metavar="CODE", help="Used codes, as customers enter them.")],
    further: Annotated[
        list[str] | None,
        typer.Option(
            "--program", metavar="PATH", help="A further program file. Repeatable.", callback=options.not_empty
        ),
    ] = None,
    at: Annotated[
        str | None, typer.Option("--at", metavar="TIME", help="When; without it, dates and states are left aside.")
    ] = None,
    program_id: Annotated[
        str | None, typer.Option("--program-id", metavar="ID", help="In which program; without it, in all of them.")
    ] = None,
    partner_id: options.PartnerId = None,
    preset: options.Preset = None,
    settings: options.Settings = None,
    as_json: options.Json = False,
) -> None:
    """Show which promo codes a used code matches.

    Also which it nearly matches, and what is in the way. Each CODE is one used code; it is not split at code_separator.
    Leaves with 1 if a code matches nothing.

    \b
    Example:
      attribution match program.json SUMMER25 summer25 --at 2026-07-01
    """
    with faults(context):
        overrides = options.settings(settings)
        from attribution.cli.command_inputs import ProgramFiles  # noqa: PLC0415 -- Polars and pydantic are not loaded for --help
        from attribution.cli.match_command import run  # noqa: PLC0415 -- likewise

        run(
            ProgramFiles([program, *(further or ())], partner_id, preset, overrides),
            code,
            at,
            program_id,
            as_json=as_json,
        )


def show_help(
    context: typer.Context,
    topic: Annotated[
        str | None,
        typer.Argument(metavar="TOPIC", help="A page, a command or a check; without it, all are listed."),
    ] = None,
) -> None:
    """Show a page of the manual.

    Pages are rendered on a terminal, and plain Markdown elsewhere. Topics are subjects such as settings, commands, and
    checks by code or slug.

    \b
    Example:
      attribution help program-files
    """
    with faults(context):
        from attribution.cli.help_command import run  # noqa: PLC0415 -- not loaded for --help

        run(topic)
