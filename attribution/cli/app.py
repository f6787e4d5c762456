"""The command `attribution`: its subcommands, and what belongs to all of them."""

import signal
import sys
from typing import Annotated

import typer

from attribution.cli import commands, gates

app = typer.Typer(
    name="attribution",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(commands.credit)
app.command()(commands.explain)
app.command()(commands.match)
app.command()(gates.validate)
app.command("test")(gates.run_cases)
app.command("help")(commands.show_help)


def _show_version(wanted: bool) -> None:
    if not wanted:
        return
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 -- a tenth of the start of --help

    try:
        typer.echo(f"attribution {version('attribution')}")
    except PackageNotFoundError:
        typer.echo("attribution (not installed)")
    raise typer.Exit


@app.callback()
def attribution(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001 -- its callback does it
        bool, typer.Option("--version", help="Show the version.", callback=_show_version, is_eager=True)
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", envvar="ATTRIBUTION_DEBUG", help="Show the traceback of unexpected errors.")
    ] = False,
) -> None:
    """Decide which partner is paid for an order when a promo code was used.

    \b
    Example:
      attribution credit samples/quickstart/program.json \\
        --conversions samples/quickstart/conversions.csv \\
        --clicks samples/quickstart/clicks.csv --output credits

    Exit codes: 0 done, 1 done with findings, 2 misused, 3 our fault, 130 interrupted.
    """
    context.obj = debug


def main() -> None:
    """Run the command line and leave with its exit code."""
    if hasattr(signal, "SIGPIPE"):
        # Leave quietly, as other commands do, when whoever reads our output has seen enough.
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A partner's name that the terminal cannot show is no reason to fail.
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(130)
