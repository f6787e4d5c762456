"""Turns a path, a glob, a directory or a list of them into files of one format.

The format is told by the name: `.parquet`/`.pq`, `.csv`, `.ndjson`/`.jsonl`/`.json`, the last two also with
`.gz` or `.zst`. In directories (read one level deep) and globs, names that begin with `.` or `_` are passed
over. Files of different formats, or none at all, are an error; different compression is none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from glob import glob, has_magic
from os import PathLike
from pathlib import Path
from typing import Final, TypeAlias

from attribution.events.event_errors import SourceError


class Format(StrEnum):
    """The formats of tables, in and out."""

    PARQUET = "parquet"
    CSV = "csv"
    NDJSON = "ndjson"


_SUFFIXES: Final = {
    ".parquet": Format.PARQUET,
    ".pq": Format.PARQUET,
    ".csv": Format.CSV,
    ".ndjson": Format.NDJSON,
    ".jsonl": Format.NDJSON,
    ".json": Format.NDJSON,
}
_KNOWN: Final = "known are .parquet, .csv, .ndjson, and .csv.gz, .csv.zst, .ndjson.gz, .ndjson.zst"

Paths: TypeAlias = str | PathLike[str] | Sequence[str | PathLike[str]]


@dataclass(frozen=True, slots=True)
class File:
    """One file of events."""

    path: Path
    format: Format


def find_files(source: "Paths") -> list[File]:
    """The files that `source` names, of one format, each once; sorted within a glob or a directory."""
    given = [source] if isinstance(source, (str, PathLike)) else list(source)
    if not given:
        raise SourceError("an empty list", "names no file")
    paths = dict.fromkeys(path for one in given for path in _expand(Path(one)))
    files = [File(path, _format(path)) for path in paths]
    if len(formats := {file.format: file.path for file in files}) > 1:
        examples = ", ".join(f"{path.name} is {name}" for name, path in formats.items())
        raise SourceError(given[0] if len(given) == 1 else "the files", f"mix formats: {examples}")
    return files


def _expand(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    if path.is_dir():
        found = [child for child in path.iterdir() if child.is_file() and not _hidden(child)]
        if not found:
            raise SourceError(path, "the directory has no files")
        return sorted(found)
    if path.exists():
        return [path]  # a pipe: whoever reads it finds out
    if has_magic(str(path)):
        found = [Path(name) for name in glob(str(path), recursive=True)]
        found = [child for child in found if child.is_file() and not _hidden(child)]
        if not found:
            raise SourceError(path, "no file matches")
        return sorted(found)
    raise SourceError(path, "no such file or directory")


def _hidden(path: Path) -> bool:
    return path.name.startswith((".", "_"))


def _format(path: Path) -> Format:
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
    compressed = bool(suffixes) and suffixes[-1] in {".gz", ".zst"}
    if compressed:
        suffixes.pop()
    found = _SUFFIXES.get(suffixes[-1]) if suffixes else None
    if found is None or (compressed and found is Format.PARQUET):
        raise SourceError(path, f"the name does not say which format it has; {_KNOWN}")
    return found
