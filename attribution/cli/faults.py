"""What goes wrong in a command, as one message on stderr and an exit code."""

import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from attribution.errors import AttributionError

FINDINGS = 1
FAULT = 3
INTERRUPTED = 130

_NOT_OURS = (typer.Exit, typer.Abort, typer.BadParameter, SystemExit, GeneratorExit)


@contextmanager
def faults(context: typer.Context) -> Iterator[None]:
    """Turn exceptions into messages and exit codes. The traceback of what is unexpected is shown with `--debug`."""
    try:
        yield
    except _NOT_OURS:
        raise
    except AttributionError as error:
        remark(f"error: {error}")
        raise typer.Exit(error.exit_code) from None
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
    except BaseException as error:  # also what Polars panics with, which is no Exception
        if context.obj:
            traceback.print_exc(file=sys.stderr)
        said = str(error).strip().split("\n", 1)[0]
        advice = "" if context.obj else " (run `attribution --debug ...` for the traceback)"
        remark(f"internal error: {type(error).__name__}: {said}; a fault of attribution, please report it{advice}")
        raise typer.Exit(FAULT) from None


def remark(text: str) -> None:
    """Say something that is no result."""
    typer.echo(text, err=True)
