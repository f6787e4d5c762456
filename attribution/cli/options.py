"""The options that commands share, and the reading of `name=value` ones."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Annotated

import typer

from attribution.events.column_names import CLICKS, CONVERSIONS


def not_empty(given: str | list[str] | None) -> str | list[str] | None:
    """Refuse an empty path, which a shell makes of an unset variable, and which would mean the current directory."""
    if given is not None and ("" in (given if isinstance(given, list) else [given])):
        raise typer.BadParameter("the path is empty")
    return given


Programs = Annotated[
    list[str],
    typer.Argument(
        metavar="PROGRAM", help="Program files: JSON, YAML or bulk CSV; several make one program.", callback=not_empty
    ),
]
Conversions = Annotated[
    list[str],
    typer.Option(
        "--conversions",
        metavar="PATH",
        help="Conversions: a file, a glob or a directory. Repeatable.",
        callback=not_empty,
    ),
]
Clicks = Annotated[
    list[str] | None,
    typer.Option(
        "--clicks", metavar="PATH", help="Clicks: a file, a glob or a directory. Repeatable.", callback=not_empty
    ),
]
GivenConversions = Annotated[
    list[str] | None,
    typer.Option(
        "--conversions",
        metavar="PATH",
        help="Conversions: a file, a glob or a directory. Repeatable.",
        callback=not_empty,
    ),
]
History = Annotated[
    str | None,
    typer.Option(
        "--history",
        metavar="DIR",
        help="A gathered history, in place of --conversions and --clicks.",
        callback=not_empty,
    ),
]
PartnerId = Annotated[
    str | None, typer.Option("--partner-id", metavar="ID", help="The partner of promo codes that name none.")
]
Preset = Annotated[str | None, typer.Option("--preset", metavar="NAME", help="A set of settings: impact.com.")]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="Override a setting, such as lookback=14d. Repeatable."),
]
Map = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="COLUMN=NAME", help="Name a column: clicks.partner_id=Publisher. Repeatable."),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]


class BadRows(StrEnum):
    """What to do with bad rows."""

    STOP = "stop"
    REJECT = "reject"


class FindingsFormat(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"
    JUNIT = "junit"


class FailOn(StrEnum):
    """How bad a finding must be for the command to fail; the words are those of a finding's severity."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


def names(given: Sequence[str] | None) -> list[str]:
    """Repeatable and comma-separated names in one list."""
    return [name for text in given or () for name in text.split(",")]


def pairs(given: Sequence[str] | None, option: str, example: str) -> dict[str, str]:
    """`name=value` texts as a mapping; the same name twice is misuse, as is what has no `=`."""
    found: dict[str, str] = {}
    for text in given or ():
        name, equals, value = text.partition("=")
        name = name.strip()
        if not equals or not name:
            raise typer.BadParameter(f"{text!r} is not NAME=VALUE, such as {example}", param_hint=option)
        if name in found:
            raise typer.BadParameter(f"{name!r} is given twice", param_hint=option)
        found[name] = value
    return found


def settings(given: Sequence[str] | None) -> Mapping[str, str]:
    """`--set` as `Program.load` takes it."""
    return pairs(given, "--set", "lookback=14d")


def columns(
    given: Sequence[str] | None, clicks: Sequence[str] | None, conversions: Sequence[str] | None = ()
) -> Mapping[str, str]:
    """`--map` as `Engine.credit` takes it: every name with its table, which may be left out where only one has it.

    A name for a column of clicks is misuse where no `clicks` are read; likewise of conversions where they are None.
    """
    named: dict[str, str] = {}
    for name, theirs in pairs(given, "--map", "clicks.partner_id=Publisher").items():
        if not theirs:
            raise typer.BadParameter(f"{name!r} is given no column name", param_hint="--map")
        tables = [table.name for table in (CONVERSIONS, CLICKS) if name in table.aliases]
        if len(tables) > 1:
            both = " or ".join(f"{table}.{name}" for table in tables)
            raise typer.BadParameter(f"{name!r} is a column of both tables; write {both}", param_hint="--map")
        full = f"{tables[0]}.{name}" if tables else name
        if full in named:
            raise typer.BadParameter(f"{full!r} is given twice", param_hint="--map")
        for table, paths in ((CLICKS, clicks), (CONVERSIONS, conversions)):
            if paths is None and full.startswith(f"{table.name}."):
                raise typer.BadParameter(f"{full!r} is of no use without --{table.name}", param_hint="--map")
        if conversions is None and clicks is None:
            raise typer.BadParameter(f"{full!r} is of no use without --conversions or --clicks", param_hint="--map")
        named[full] = theirs
    return named


def refuse_beside_history(
    history: str | None, conversions: Sequence[str] | None, clicks: Sequence[str] | None
) -> None:
    """A history stands for both tables; without one, conversions are needed."""
    if history is not None and (conversions or clicks):
        given = "--conversions" if conversions else "--clicks"
        raise typer.BadParameter("stands for both tables; leave one of them out", param_hint=f"--history, {given}")
    if history is None and not conversions:
        raise typer.BadParameter("missing; give the conversions, or a --history", param_hint="--conversions")
