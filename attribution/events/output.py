"""Writes a set of result tables into a directory, so that nobody sees half a table or two runs mixed.

Every table is written under a temporary name beside its place and flushed to the disk; nothing that an earlier run
left is touched before all of them are complete. Then the earlier run's tables, those in other formats and its
rejected rows included, step aside as `<file>.previous`, the first table first; the new ones are renamed into place, the
first table last; and what stepped aside is removed. So where the first table (`credits`) is there, all that is beside
it is of the same run, and a run that is killed in between has destroyed nothing. What no run of ours wrote, told by its
columns, is neither replaced nor removed. Temporary files of killed runs are
removed by the next; two runs at a time into one directory are not provided for.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from typing import Final

import polars as pl

from attribution.events.earlier_results import KNOWN_TABLES, Columns, earlier_results, previous
from attribution.events.event_errors import OutputError, first_line
from attribution.events.table_files import Format

_TEMPORARY: Final = (".attribution-", ".tmp")
_INSTANT: Final = "%Y-%m-%dT%H:%M:%S%.f"


def write_tables(
    directory: str | PathLike[str],
    tables: Mapping[str, pl.DataFrame],
    format: str = Format.PARQUET,
    *,
    metadata: Mapping[str, str] | None = None,
    replaces: Mapping[str, Columns] = KNOWN_TABLES,
) -> list[Path]:
    """Writes each table as `<name>.<format>` and returns their paths, in the order of `tables`.

    Instants in CSV and NDJSON are ISO 8601 in UTC (`2024-03-01T10:00:00Z`); decimals are exact, in NDJSON as
    strings; a null is an empty field in CSV, an empty text `""`. CSV has no lists. `metadata` goes into Parquet; the
    tables of earlier runs that go when these come are `replaces`, beside those of equal names. `OutputError` where it
    cannot be written, or where something stands that is no result.
    """
    form = output_format(format)
    place = prepare_directory(directory)
    finals = [place / f"{name}.{form}" for name in tables]
    with _refusals(place):
        earlier = earlier_results(place, {name: table.columns for name, table in tables.items()}, form, replaces)
        _remove_temporaries(place)
        try:
            with ThreadPoolExecutor() as side_by_side:
                tasks = [
                    side_by_side.submit(_write, table, path, form, metadata or {})
                    for table, path in zip(tables.values(), finals, strict=True)
                ]
                written = [task.result() for task in tasks]
            _publish(dict(zip(finals, written, strict=True)), earlier)
        finally:
            _remove_temporaries(place)
    return finals


def output_format(name: str) -> Format:
    """The format of that name, or `OutputError`."""
    try:
        return Format(name)
    except ValueError as error:
        raise OutputError(name, f"is no output format; there are {', '.join(Format)}") from error


def prepare_directory(directory: str | PathLike[str]) -> Path:
    """Makes the directory if need be and tries whether it can be written, before work is spent on what goes there."""
    place = Path(directory)
    if place.exists() and not place.is_dir():
        raise OutputError(place, "is a file; results are several files and need a directory")
    with _refusals(place):
        place.mkdir(parents=True, exist_ok=True)
        trial = _temporary(place / "trial")
        trial.touch()
        trial.unlink()
    return place


@contextmanager
def _refusals(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(
            error.filename or place, f"cannot be written: {error.strerror or first_line(error)}"
        ) from error
    except pl.exceptions.PolarsError as error:
        raise OutputError(place, f"cannot be written: {first_line(error)}") from error


def _temporary(path: Path) -> Path:
    before, after = _TEMPORARY
    return path.with_name(f"{before}{path.name}{after}")


def _remove_temporaries(place: Path) -> None:
    before, after = _TEMPORARY
    for path in place.glob(f"{before}*{after}"):
        path.unlink(missing_ok=True)


def _write(table: pl.DataFrame, final: Path, form: Format, metadata: Mapping[str, str]) -> Path:
    nested = [name for name, dtype in table.schema.items() if dtype.is_nested()]
    if form is Format.CSV and nested:
        raise OutputError(final, f"CSV has no lists; write {', '.join(nested)} as Parquet or NDJSON")
    path = _temporary(final)
    with path.open("xb") as file:
        _WRITERS[form](table, file.name, metadata)
        os.fsync(file.fileno())
    return path


def _as_text(table: pl.DataFrame) -> pl.DataFrame:
    """Instants in UTC, and decimals without zeros at the end beyond two decimal places, as text."""
    aware = [n for n, dtype in table.schema.items() if isinstance(dtype, pl.Datetime) and dtype.time_zone]
    instants = [pl.col(name).dt.convert_time_zone("UTC").dt.to_string(f"{_INSTANT}Z") for name in aware]
    exact = [name for name, dtype in table.schema.items() if isinstance(dtype, pl.Decimal)]
    digits = [pl.col(name).cast(pl.String).str.replace(r"(\.[0-9]{2}[0-9]*?)0+$", "$1") for name in exact]
    return table.with_columns(*instants, *digits)


_WRITERS: Final[Mapping[Format, Callable[[pl.DataFrame, str, Mapping[str, str]], object]]] = {
    # Level 1 is a quarter faster than the default and, on results, no larger.
    Format.PARQUET: lambda table, path, metadata: table.write_parquet(
        path, compression="zstd", compression_level=1, metadata=dict(metadata)
    ),
    Format.CSV: lambda table, path, _: _as_text(table).write_csv(path, check_extension=False),
    Format.NDJSON: lambda table, path, _: _as_text(table).write_ndjson(path, check_extension=False),
}


def _publish(written: Mapping[Path, Path], earlier: list[Path]) -> None:
    """Puts the finished tables in their places; what is beside the first one is never of another run."""
    first, *others = written
    standing = [path for path in earlier if path.suffix != ".previous"]
    if others or standing != [first]:  # else it is replaced in one step
        for path in sorted(standing, key=lambda path: path.stem != first.stem):
            os.replace(path, previous(path))
    for final in (*others, first):
        os.replace(written[final], final)
    for path in dict.fromkeys([*map(previous, standing), *earlier]):
        if path.suffix == ".previous":
            path.unlink(missing_ok=True)
    _flush_directory(first.parent)


def _flush_directory(place: Path) -> None:
    if os.name == "nt":
        return  # a directory cannot be opened there, and renaming needs no flush
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
