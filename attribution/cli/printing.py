"""Results on stdout: tables, wrapped lines, JSON. As wide as the terminal; 100 columns in a pipe or a file."""

import json
import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence

import typer
from rich.console import Console
from rich.table import Table

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


def print_json(document: object) -> None:
    """One JSON document, of what the `to_dict` of a result gives."""
    print_document(json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def print_document(text: str) -> None:
    """Print a text for programs in UTF-8, the encoding of JSON, on every terminal."""
    typer.echo(text.encode(errors="backslashreplace"), nl=False)
