"""Reads CSV as text, every line of it: only a line with nothing on it is no row.

To Polars a blank line and `,,` are the same row of nulls. Where such a row turns up, and only then, the lines
themselves are looked at; a log without one is read once. (Not where a
file among them is `.zst`, for want of a reader outside Polars: there a blank line is a row too, and a bad one.)
"""

import gzip
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import Final

import polars as pl

from attribution.events.event_errors import UnreadableFileError, reading

_PLACE: Final = "__place"
_RENAMED: Final = re.compile(r"(.*)_duplicated_[0-9]+", re.DOTALL)


def scan_rows(paths: Sequence[Path], columns: Mapping[str, str], row: str | None) -> pl.LazyFrame:
    """The rows of files with the same header as canonical columns (canonical name -> theirs), lazily, as text.

    With `row`, a further column of that name counts the rows, and the blank lines among them, from 1.
    """
    frame = pl.scan_csv(list(paths), infer_schema=False, glob=False, row_index_name=_PLACE)
    wanted = [pl.col(theirs).alias(name) for name, theirs in columns.items()]
    nothing = pl.all_horizontal(pl.col(*columns).is_null())
    doubtful = pl.when(nothing).then(_PLACE)
    rows = frame.select(_PLACE, *wanted).filter(
        doubtful.map_batches(_Blanks(paths).are_rows, return_dtype=pl.Boolean, is_elementwise=True)
    )
    counted = [] if row is None else [(pl.col(_PLACE) + 1).alias(row)]
    return rows.select(*counted, *columns)


class _Blanks:
    """Where the blank lines of files are, found out when it is first asked."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = tuple(paths)
        self._lock = Lock()
        self._places: pl.Series | None = None

    def are_rows(self, doubtful: pl.Series) -> pl.Series:
        """Whether rows are rows: those that are null here are, those with a place are unless a blank line is there."""
        sure = doubtful.is_null()
        if sure.all():
            return sure
        with self._lock:
            if self._places is None:
                self._places = pl.Series(_blank_places(self._paths), dtype=pl.UInt64)
        return sure | ~doubtful.cast(pl.UInt64).is_in(self._places.implode())


def _blank_places(paths: Sequence[Path]) -> list[int]:
    """The places of blank lines among the rows of all files, from 0; neither the header counts nor what is above it."""
    places: list[int] = []
    end = 0
    if any(path.suffix.lower() == ".zst" for path in paths):
        return places
    for path in paths:
        in_header = True
        for blank in _records(path):
            if in_header:
                in_header = blank
                continue
            if blank:
                places.append(end)
            end += 1
    return places


def _records(path: Path) -> Iterator[bool]:
    """For each record of a file, whether it is a blank line. A line end within quotes ends no record."""
    # Not by way of Polars: it is waiting for the answer, with all of its threads.
    quoted = False
    with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as lines:
        for line in lines:
            if not quoted:
                yield line in {b"\n", b"\r\n"}
            quoted ^= line.count(b'"') % 2 == 1


def check_text(path: Path, names: Sequence[str]) -> None:
    """Refuses what Polars takes for a header and is none: other line ends, another encoding."""
    if any("\r" in name for name in names):
        raise UnreadableFileError(path, "its lines end in a carriage return alone; save it with line feeds")
    if any("\0" in name or "\ufffd" in name for name in names):
        raise UnreadableFileError(path, "is not UTF-8 (is it UTF-16?); save it as UTF-8")


def check_header(path: Path, names: Sequence[str], used: Sequence[str]) -> None:
    """Refuses a header with a column of `used` more than once, of which Polars would take the first."""
    suspects = {name: form[1] for name in names if (form := _RENAMED.fullmatch(name)) and form[1] in used}
    if not suspects:
        return
    with reading(path):
        spelled = pl.scan_csv(path, has_header=False, infer_schema=False, glob=False).head(1).collect().row(0)
    for name, once in suspects.items():
        if name not in spelled:
            raise UnreadableFileError(path, f"its header has column {once!r} more than once")
