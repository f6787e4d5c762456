"""Program files to documents: JSON, YAML and bulk CSV, told apart by the extension of their names.

What cannot be read at all is one problem, with the place where reading stopped.
"""

import json
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

import yaml

from attribution.program.bulk import bulk_document
from attribution.program.documents import Document, document
from attribution.program.json_text import read_json
from attribution.program.problems import Problem
from attribution.program.yaml_text import read_yaml

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]

_READERS: Final[dict[str, Callable[[str], object]]] = {".json": read_json, ".yaml": read_yaml, ".yml": read_yaml}
_EXTENSIONS: Final = (*_READERS, ".csv")


def read_documents(paths: Paths) -> list[Document]:
    """One document for each path; what is wrong with a file is in its document's `problems`."""
    files = [Path(paths)] if isinstance(paths, str | os.PathLike) else [Path(path) for path in paths]
    names = _short_names(files)
    return [_read(path, name, many=len(files) > 1) for path, name in zip(files, names, strict=True)]


def _short_names(files: Sequence[Path]) -> list[str]:
    """The names of the files, or their paths as given where two have the same name."""
    names = [path.name for path in files]
    return names if len(set(names)) == len(names) else [path.as_posix() for path in files]


def _read(path: Path, name: str, *, many: bool) -> Document:
    extension = path.suffix.lower()
    try:
        if extension not in _EXTENSIONS and not path.is_dir():
            raise ValueError(f"is of no known kind; a program file's name ends in {', '.join(_EXTENSIONS)}")
        text = path.read_bytes().decode("utf-8-sig")
        if not text.strip():
            raise ValueError("is empty")
        if extension == ".csv":
            return bulk_document(text, name, f"{name}:" if many else "")
        return document(_READERS[extension](text), name)
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        return Document(name, problems=(Problem(name, *_said(error, path)),))


def _said(error: Exception, path: Path) -> tuple[str, str, object, str]:  # noqa: PLR0911 - one way out for each error
    """Position, field, value and message of what stopped the reading of a file."""
    match error:
        case FileNotFoundError():
            return "", "", str(path), f"no such file: {path}"
        case IsADirectoryError():
            return "", "", str(path), f"{path} is a directory; give the files in it"
        case OSError():
            return "", "", str(path), f"cannot be read: {error.strerror}"
        case UnicodeDecodeError():
            return f"byte {error.start}", "", None, "is not UTF-8 text"
        case json.JSONDecodeError():
            return f"line {error.lineno}, column {error.colno}", "", None, f"is not JSON: {error.msg}"
        case RecursionError():
            return "", "", None, "is nested too deeply"
        case yaml.MarkedYAMLError(problem_mark=mark) if mark is not None:
            why = ", ".join(part for part in (error.context, error.problem) if part)
            return f"line {mark.line + 1}, column {mark.column + 1}", "", None, f"is not YAML: {why}"
        case yaml.YAMLError():
            return "", "", None, f"is not YAML: {error}"
    return "", "", None, str(error)
