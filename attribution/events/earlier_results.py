"""Tells what an earlier run has written in a directory of results from files that only have such a name.

A name proves nothing: `credits.csv` may be anybody's. A file is the result of a run if its columns are those of the
table; only the head of a file is read to find out.
"""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import polars as pl

from attribution.events.event_errors import OutputError
from attribution.events.schema import CREDITS, REJECTED, VERDICTS
from attribution.events.table_files import Format

Columns = Sequence[str]

KNOWN_TABLES: Final[Mapping[str, Columns]] = {
    "credits": CREDITS.names(),
    "verdicts": VERDICTS.names(),
    "rejected": REJECTED.names(),
}
"""Tables of earlier runs that a run replaces or removes, besides its own, with their columns."""

_HEAD: Final = 2**20  # characters that a header, or the first record, may have


def places(
    directory: Path, names: Iterable[str] = (), known: Iterable[str] = KNOWN_TABLES
) -> Iterator[tuple[Path, str, Format]]:
    """Where a run could have put these tables or the known ones, or made room for others: path, table, format."""
    for name in dict.fromkeys([*names, *known]):
        for form in Format:
            path = directory / f"{name}.{form}"
            yield path, name, form
            yield previous(path), name, form


def previous(path: Path) -> Path:
    """Where a result of the run before stands while the new ones are put in their places."""
    return path.with_name(f"{path.name}.previous")


def earlier_results(
    directory: Path, tables: Mapping[str, Columns], format: Format, replaces: Mapping[str, Columns] = KNOWN_TABLES
) -> list[Path]:
    """What earlier runs left of these tables and the known ones, in every format.

    `OutputError` where something else stands at a place that tables of this format need; elsewhere it is let be.
    """
    found = []
    for path, name, form in places(directory, tables, replaces):
        known = [list(columns[name]) for columns in (tables, replaces) if name in columns]
        needed = (name in tables and form is format) or path.name.endswith(".previous")
        if path.is_file() and _is_result(path, form, known):
            found.append(path)
        elif needed and path.is_dir():
            raise OutputError(path, "is a directory; a table goes there")
        elif needed and path.exists():
            raise OutputError(path, "is there and no result of an earlier run; give another output directory")
    return found


def _is_result(path: Path, form: Format, known: Sequence[list[str]]) -> bool:
    try:
        if form is Format.NDJSON and not path.stat().st_size:
            return True  # a table without rows
        return _COLUMNS[form](path) in known
    except (OSError, ValueError, csv.Error, StopIteration, RecursionError, pl.exceptions.PolarsError):
        return False


def _of_parquet(path: Path) -> list[str]:
    return list(pl.read_parquet_schema(path))


def _of_csv(path: Path) -> list[str]:
    return next(csv.reader([_first_line(path)]))


def _of_ndjson(path: Path) -> list[str]:
    record = json.loads(_first_line(path))
    return list(record) if isinstance(record, dict) else []


def _first_line(path: Path) -> str:
    with path.open(encoding="utf-8") as file:
        return file.readline(_HEAD)


_COLUMNS: Final[Mapping[Format, Callable[[Path], list[str]]]] = {
    Format.PARQUET: _of_parquet,
    Format.CSV: _of_csv,
    Format.NDJSON: _of_ndjson,
}
