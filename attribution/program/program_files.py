"""Program files to documents: JSON, YAML and bulk CSV, told apart by the extension of their names.

What cannot be read at all is one problem, with the place where reading stopped.
"""

import json
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import yaml

from attribution.program.bulk import bulk_document
from attribution.program.documents import Document, document
from attribution.program.problem import Kind, Place, Problem
from attribution.program.values import WrittenNumber
from attribution.program.yaml_text import read_yaml
from attribution.text import BadValueError, Said

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]


def read_json(text: str) -> Any:
    """The value of the text, its numbers as they are written; an object that has a key twice is an error."""
    return json.loads(text, parse_float=WrittenNumber, parse_constant=_refuse_constant, object_pairs_hook=_unique)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise BadValueError(f"an object has the key {twice!r} twice: {json.dumps(found, default=str)[:80]}")
    return found


def _refuse_constant(word: str) -> None:
    raise BadValueError(f"{word} is no JSON value", "put it in quotes")


_READERS: Final[dict[str, Callable[[str], object]]] = {".json": read_json, ".yaml": read_yaml, ".yml": read_yaml}
_EXTENSIONS: Final = (*_READERS, ".csv")


def files_of(paths: Paths) -> list[Path]:
    """One path, or several, as a list."""
    return [Path(paths)] if isinstance(paths, str | os.PathLike) else [Path(path) for path in paths]


def read_documents(paths: Paths) -> list[Document]:
    """One document for each path; what is wrong with a file is in its document's `problems`."""
    files = files_of(paths)
    names = _short_names(files)
    return [_read(path, name, many=len(files) > 1) for path, name in zip(files, names, strict=True)]


def _short_names(files: Sequence[Path]) -> list[str]:
    """The names of the files, or their paths as given where two have the same name."""
    names = [path.name for path in files]
    return names if len(set(names)) == len(names) else [path.as_posix() for path in files]


def _read(path: Path, name: str, *, many: bool) -> Document:
    extension = path.suffix.lower()
    if extension not in _EXTENSIONS and not path.is_dir():
        help = f"a program file's name ends in {', '.join(_EXTENSIONS)}"
        return Document(name, problems=(Problem("is of no known kind", help, Place(name), kind=Kind.NO_FILE),))
    try:
        text = path.read_bytes().decode("utf-8-sig")
        if not text.strip():
            return Document(name, problems=(_of_file("is empty", name),))
        if extension == ".csv":
            return bulk_document(text, name, f"{name}:" if many else "")
        return document(_READERS[extension](text), name)
    except OSError as error:
        message, help = _no_file(error, path)
        problem = Problem(message, help, Place(name), str(path), Kind.NO_FILE)
    except (ValueError, RecursionError, yaml.YAMLError) as error:
        problem = _no_text(error, name)
    return Document(name, problems=(problem,))


def _no_file(error: OSError, path: Path) -> Said:
    match error:
        case FileNotFoundError():
            return f"no such file: {path}", ""
        case IsADirectoryError():
            return f"{path} is a directory", "give the files in it"
    return f"cannot be read: {error.strerror}", ""


def _no_text(error: Exception, name: str) -> Problem:
    """What stopped the reading of a file that is there."""
    match error:
        case UnicodeDecodeError():
            position = f"byte {error.start}"
            return Problem("is not UTF-8 text", place=Place(name, position), subject=position)
        case json.JSONDecodeError():
            return _of_file(f"is not JSON: {error.msg}", name, error.lineno, error.colno)
        case RecursionError():
            return _of_file("is nested too deeply", name)
        case yaml.MarkedYAMLError(problem_mark=mark) if mark is not None:
            why = ", ".join(part for part in (error.context, error.problem) if part)
            return _of_file(f"is not YAML: {why}", name, mark.line + 1, mark.column + 1)
        case yaml.YAMLError():
            return _of_file(f"is not YAML: {error}", name)
    message, help = (error.message, error.help) if isinstance(error, BadValueError) else (str(error), "")
    return Problem(message, help, Place(name))


def _of_file(message: str, name: str, line: int | None = None, column: int | None = None) -> Problem:
    position = "" if line is None else f"line {line}, column {column}"
    return Problem(message, place=Place(name, position, line=line, column=column), subject="the file")
