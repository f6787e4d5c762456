"""Results on stdout: tables, wrapped lines, JSON. As wide as the terminal, 100 columns where there is none."""

import json
import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

import typer
from rich.console import Console
from rich.table import Table

from attribution.times import iso

NO_TERMINAL = 100
WIDEST = 120


def width() -> int:
    """Columns to print in."""
    return min(shutil.get_terminal_size(fallback=(NO_TERMINAL, 24)).columns, WIDEST)


def print_lines(lines: Iterable[str]) -> None:
    """Lines of text, wrapped between words; what is wrapped goes two further in than its line."""
    for line in lines:
        text = line.lstrip(" ")
        indent = " " * (len(line) - len(text))
        wrapped = textwrap.wrap(
            text,
            width(),
            initial_indent=indent,
            subsequent_indent=f"{indent}  ",
            break_long_words=False,
            break_on_hyphens=False,
        )
        for part in wrapped or [""]:
            typer.echo(part)


def print_table(headers: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> None:
    """A table without lines; the columns with an index in `right` are numbers."""
    console = Console(file=sys.stdout, width=width(), markup=False, highlight=False, emoji=False)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for index, header in enumerate(headers):
        numbers = index in right
        table.add_column(header, justify="right" if numbers else "left", overflow="fold", no_wrap=numbers)
    for row in rows:
        table.add_row(*row)
    with console.capture() as capture:
        console.print(table)
    for line in capture.get().splitlines():
        typer.echo(line.rstrip())


def print_json(value: object) -> None:
    """One JSON document."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def money(value: Fraction, digits: int, *, thousands: str = "") -> str:
    """An amount with so many decimal places, rounded half to even."""
    units = round(abs(value) * 10**digits)
    whole, cents = divmod(units, 10**digits)
    sign = "-" if value < 0 and units else ""
    return f"{sign}{whole:,}.{cents:0{digits}}".replace(",", thousands)


def is_rounded(value: Fraction, digits: int) -> bool:
    """Whether `money` prints another value than this."""
    return bool((value * 10**digits).denominator != 1)


def json_time(moment: datetime | None) -> str | None:
    """An instant as text."""
    return None if moment is None else iso(moment)


def json_fields(record: Any, *names: str) -> dict[str, Any]:
    """Some attributes of a record by name."""
    values = ((name, getattr(record, name)) for name in names)
    return {name: json_time(value) if isinstance(value, datetime) else value for name, value in values}
