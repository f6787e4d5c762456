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
from attribution.program.program_problems import Kind, Problem, Spot
from attribution.program.yaml_text import read_yaml

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]

_READERS: Final[dict[str, Callable[[str], object]]] = {".json": read_json, ".yaml": read_yaml, ".yml": read_yaml}
_EXTENSIONS: Final = (*_READERS, ".csv")


class _NoProgramFile(ValueError):
    """The name of a file says that it is no program."""


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
    try:
        if extension not in _EXTENSIONS and not path.is_dir():
            raise _NoProgramFile(f"is of no known kind; a program file's name ends in {', '.join(_EXTENSIONS)}")
        text = path.read_bytes().decode("utf-8-sig")
        if not text.strip():
            raise ValueError("is empty")
        if extension == ".csv":
            return bulk_document(text, name, f"{name}:" if many else "")
        return document(_READERS[extension](text), name)
    except OSError as error:
        problem = Problem(name, "", "", str(path), _no_file(error, path), Kind.NO_FILE)
    except _NoProgramFile as error:
        problem = Problem(name, "", "", None, str(error), Kind.NO_FILE)
    except (ValueError, RecursionError, yaml.YAMLError) as error:
        problem = _no_text(error, name)
    return Document(name, problems=(problem,))


def _no_file(error: OSError, path: Path) -> str:
    match error:
        case FileNotFoundError():
            return f"no such file: {path}"
        case IsADirectoryError():
            return f"{path} is a directory; give the files in it"
    return f"cannot be read: {error.strerror}"


def _no_text(error: Exception, name: str) -> Problem:
    """What stopped the reading of a file that is there."""
    match error:
        case UnicodeDecodeError():
            return Problem(name, f"byte {error.start}", "", None, "is not UTF-8 text")
        case json.JSONDecodeError():
            return _broken(name, error.lineno, error.colno, f"is not JSON: {error.msg}")
        case RecursionError():
            return Problem(name, "", "", None, "is nested too deeply")
        case yaml.MarkedYAMLError(problem_mark=mark) if mark is not None:
            why = ", ".join(part for part in (error.context, error.problem) if part)
            return _broken(name, mark.line + 1, mark.column + 1, f"is not YAML: {why}")
        case yaml.YAMLError():
            return Problem(name, "", "", None, f"is not YAML: {error}")
    return Problem(name, "", "", None, str(error))


def _broken(name: str, line: int, column: int, message: str) -> Problem:
    return Problem(name, f"line {line}, column {column}", "", None, message, spot=Spot(line=line, column=column))
