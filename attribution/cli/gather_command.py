"""`attribution gather`: gather a history, write it, say what is in it."""

from dataclasses import dataclass

import typer

from attribution.cli.command_inputs import Tables
from attribution.cli.faults import FINDINGS, remark
from attribution.cli.output_directory import refuse_to_replace
from attribution.cli.printing import print_json, print_lines
from attribution.cli.progress import progress
from attribution.crediting.gather import BadRows
from attribution.crediting.history import History
from attribution.events.history_files import NAMES
from attribution.events.output import prepare_directory
from attribution.text import counted


@dataclass(frozen=True, slots=True)
class Gathering:
    """How a history is gathered."""

    lookback: str
    bad_rows: BadRows
    timezone: str
    code_separator: str | None


def run(tables: Tables, how: Gathering, output: str, *, as_json: bool) -> None:
    """Leaves with 1 if rows were set aside."""
    with progress() as stage:
        refuse_to_replace(output, NAMES, tables.paths)
        place = prepare_directory(output)
        stage("gathering")
        history = History.gather(
            tables.conversions,
            tables.clicks,
            lookback=how.lookback,
            columns=tables.columns,
            bad_rows=how.bad_rows,
            timezone=how.timezone,
            code_separator=how.code_separator,
        )
        stage("writing")
        written = [str(path) for path in history.write(place)]
    if as_json:
        print_json({**history.to_dict(), "written": written})
    else:
        _print(history)
        remark(f"written: {', '.join(written)}")
    if history.gathered.rejected.height:
        raise typer.Exit(FINDINGS)


def _print(history: History) -> None:
    found = history.to_dict()
    read, rejected = found["conversions_read"], found["conversions_rejected"]
    lines = [f"{counted(read, 'conversion')} read = {read - rejected:,} gathered + {rejected:,} rejected."]
    if history.gathered.clicks.given:
        clicks = found["clicks"]
        kept = f"{counted(found['referrals'], 'click')} kept, within {found['lookback']} of an order of their customer"
        lines.append(f"{counted(clicks['read'], 'click')} read, {clicks['bad']:,} bad; {kept}.")
    else:
        lines.append("No click table was given.")
    print_lines(lines)
