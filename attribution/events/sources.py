"""Opens whatever a table of events was given as: its canonical columns, lazily, in the types they have there.

A table is a sequence of parts. A part is a frame, or files in a row that have the same columns with the same
types, so that a directory of thousands of like files is one scan.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from os import PathLike
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, Final, Protocol, TypeAlias, runtime_checkable

import polars as pl

from attribution.events import comma_separated, ndjson
from attribution.events.column_names import CONVERSIONS, Table, check_mapping, find_columns
from attribution.events.column_types import Column, check_types
from attribution.events.event_errors import SourceError, UnreadableFileError, first_line, reading
from attribution.events.table_files import File, Format, Paths, find_files

ROW: Final = "__row"
"""The name of the column that counts rows from 1; no canonical column begins with `_`."""


@runtime_checkable
class ArrowStream(Protocol):
    """What speaks the Arrow PyCapsule interface: pyarrow, pandas, DuckDB and others."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """A capsule with a stream of record batches."""
        ...


Source: TypeAlias = Paths | pl.DataFrame | pl.LazyFrame | ArrowStream


@dataclass(frozen=True, slots=True)
class Part:
    """One frame, or files of one shape. `columns` says what each canonical column is there.

    `late` are columns that only later lines of NDJSON may have; `layout` all columns of CSV and Parquet files.
    """

    columns: Mapping[str, Column]
    frame: pl.LazyFrame | None = None
    paths: tuple[Path, ...] = ()
    format: Format | None = None
    late: Mapping[str, tuple[str, ...]] | None = None
    layout: tuple[tuple[str, pl.DataType], ...] = ()

    def scan(self) -> pl.LazyFrame:
        """All rows, canonical columns."""
        return self._open(list(self.paths), row=None)

    def each(self) -> Iterator[tuple[str | None, pl.LazyFrame]]:
        """Name and rows of each file (None for a frame), with a further column `ROW`."""
        if self.frame is not None:
            yield None, self._open([], row=ROW)
        for path in self.paths:
            yield str(path), self._open([path], row=ROW)

    def damage(self) -> tuple[str, str] | None:
        """After reading failed: the file and the line at fault, where the format has lines to look at."""
        if self.format is not Format.NDJSON:
            return None
        return ndjson.find_damage(self.paths, self._decoding, self.late or {})

    @property
    def _decoding(self) -> dict[str, tuple[str, pl.DataType]]:
        late = self.late or {}
        return {name: (one.theirs, one.dtype) for name, one in self.columns.items() if name not in late}

    def _open(self, paths: list[Path], row: str | None) -> pl.LazyFrame:
        if self.format is Format.NDJSON:
            return ndjson.scan_objects(paths, self._decoding, self.late or {}, row)
        if self.format is Format.CSV:
            theirs = {name: column.theirs for name, column in self.columns.items()}
            return comma_separated.scan_rows(paths, theirs, row)
        frame = self.frame if self.frame is not None else _scan(paths, self.format)
        if row is not None:
            frame = frame.with_row_index(row, offset=1)
        wanted = [pl.col(column.theirs).alias(name) for name, column in self.columns.items()]
        return frame.select(*([row] if row is not None else []), *wanted)


def _scan(paths: list[Path], form: Format | None) -> pl.LazyFrame:
    if form is Format.CSV:
        return pl.scan_csv(paths, infer_schema=False, glob=False)
    return pl.scan_parquet(paths, glob=False, hive_partitioning=False)


def open_parts(source: Source, table: Table, columns: Mapping[str, str] | None) -> list[Part]:
    """The parts of a table, in order; NDJSON files without a line are left out."""
    mapping = dict(columns or {})
    check_mapping(table, mapping)
    frame = _frame(source, table)
    if frame is not None:
        return [_frame_part(frame, table, mapping)]
    parts = [part for file in find_files(source) if (part := _file_part(file, table, mapping))]  # type: ignore[arg-type] # frames are dealt with
    return list(_merged(parts))


def _frame(source: Source, table: Table) -> pl.LazyFrame | None:
    if isinstance(source, pl.LazyFrame):
        return source
    if isinstance(source, pl.DataFrame):
        return source.lazy()
    if isinstance(source, ArrowStream):
        with reading(table.name):
            return _stream(source, table.name, in_memory=table is CONVERSIONS)
    if isinstance(source, (str, PathLike)):
        return None
    if isinstance(source, (list, tuple)) and all(isinstance(path, (str, PathLike)) for path in source):
        return None
    raise SourceError(table.name, f"{type(source).__name__} is neither a frame nor a path, nor a list of paths")


def _stream(source: ArrowStream, named: str, in_memory: bool) -> pl.LazyFrame:
    """An Arrow table as it lies in memory; a stream that can be read only once by way of a file without a name.

    The file goes when the last frame that reads it goes.
    """
    if in_memory or hasattr(source, "num_rows") or hasattr(source, "iloc"):  # tables of pyarrow, of pandas
        try:
            return pl.DataFrame(source).lazy()
        except (TypeError, ValueError) as error:  # what pyarrow raises for columns of mixed objects
            raise SourceError(named, f"the frame cannot be taken over: {first_line(error)}") from error
    with TemporaryFile() as file:  # the frame keeps it open for itself
        pl.scan_arrow_c_stream(source).sink_parquet(file, compression="lz4")
        file.seek(0)
        return pl.scan_parquet(file)


def _frame_part(frame: pl.LazyFrame, table: Table, mapping: Mapping[str, str]) -> Part:
    with reading(table.name):
        types = dict(frame.collect_schema())
    found = find_columns(table, list(types), mapping, table.name)
    columns = {name: Column(theirs, types[theirs]) for name, theirs in found.items()}
    check_types(table.name, columns)
    return Part(columns, frame=frame)


def _file_part(file: File, table: Table, mapping: Mapping[str, str]) -> Part | None:
    source = str(file.path)
    if file.format is Format.NDJSON:
        return _ndjson_part(file, table, mapping)
    if file.path.stat().st_size == 0:
        raise UnreadableFileError(source, "the file is empty, it has not even a header")
    with reading(source):
        types = dict(_scan([file.path], file.format).collect_schema())
    if file.format is Format.CSV:
        comma_separated.check_text(file.path, list(types))
    found = find_columns(table, list(types), mapping, source)
    if file.format is Format.CSV:
        comma_separated.check_header(file.path, list(types), list(found.values()))
    columns = {name: Column(theirs, types[theirs]) for name, theirs in found.items()}
    check_types(source, columns)
    return Part(columns, paths=(file.path,), format=file.format, layout=tuple(types.items()))


def _ndjson_part(file: File, table: Table, mapping: Mapping[str, str]) -> Part | None:
    source = str(file.path)
    sampled = table is not CONVERSIONS
    with reading(source, lambda: ndjson.find_damage([file.path], {}, {})):
        types = ndjson.infer_columns(file.path, ndjson.SAMPLE if sampled else None)
        missing = not all({mapping.get(n, n), *table.names(n)} & types.keys() for n in {*table.required, *mapping})
        if sampled and missing and types:
            types, sampled = ndjson.infer_columns(file.path, None), False
    if not types:
        return None
    found = find_columns(table, list(types), mapping, source)
    codes = found.get("promo_code")
    if codes is not None and types[codes] == pl.String and ndjson.holds_lists(file.path, codes):
        types[codes] = pl.List(pl.String())
    columns = {name: Column(theirs, ndjson.declared(name, types[theirs])) for name, theirs in found.items()}
    check_types(source, columns)
    late = ndjson.late_columns(table, found) if sampled else {}
    columns |= {name: Column(name, pl.String()) for name in late}
    return Part(columns, paths=(file.path,), format=file.format, late=late)


def _merged(parts: list[Part]) -> Iterator[Part]:
    def shape(part: Part) -> tuple[Any, ...]:
        return (part.format, tuple(part.columns.items()), tuple((part.late or {}).items()), part.layout)

    for _, alike in groupby(parts, shape):
        first, *others = alike
        paths = (*first.paths, *(path for part in others for path in part.paths))
        yield replace(first, paths=paths)
