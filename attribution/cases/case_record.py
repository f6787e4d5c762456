"""Records what a program does today with real conversions, as cases: a net under a change.

The first line of a recorded file holds a checksum of the rest. So a file that nobody has touched can be recorded anew,
and what somebody wrote or changed by hand is not overwritten.
"""

import hashlib
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from attribution.cases.case import CaseHead
from attribution.cases.case_writing import cases_text
from attribution.cases.choose import choose
from attribution.cases.real_conversions import real_cases
from attribution.engine import Engine
from attribution.events.event_errors import OutputError
from attribution.events.readers import Source
from attribution.events.table_files import find_files
from attribution.json_values import json_fields

LIMIT: Final = 100
"""Cases that are recorded at most, unless told otherwise."""

_HEADER: Final = "# Recorded by `attribution test --record`: what the program did with real orders. Checksum {}\n"
_HEADED: Final = re.compile(re.escape(_HEADER).replace(r"\{\}", "([0-9a-f]{12})"))


@dataclass(frozen=True, slots=True)
class Recording:
    """What was recorded. `shown` of `things` that occur (reasons, rules met and not met) are; `rejected` bad rows."""

    path: str
    cases: int
    things: int
    shown: int
    rejected: int

    def to_dict(self) -> dict[str, Any]:
        """The recording in the values of JSON."""
        return json_fields(self, "path", "cases", "things", "shown", "rejected")


def record_cases(
    path: str | os.PathLike[str],
    head: CaseHead,
    conversions: Source,
    clicks: Source | None = None,
    *,
    columns: Mapping[str, str] | None = None,
    which: Sequence[str] | int | None = LIMIT,
    force: bool = False,
) -> Recording:
    """Write a file of cases from real conversions and today's credits.

    `head` names the program; `which` are ids of conversions, or a number: at most so many that together show as much
    as they can, every outcome, reason, and rule of a promo code met and not met; None for all. Bad rows are left out.
    Raises `OutputError` where there is a file that was not recorded or was changed since, unless `force`, and where the
    file is one of those that are read.
    """
    place = Path(path)
    _refuse_to_replace(place, head, conversions, clicks)
    if not force:
        _refuse_to_overwrite(place)
    program = head.load()
    result = Engine(program).credit(conversions, clicks, columns=columns, bad_rows="reject")
    choice = choose(result, which)
    if not choice.conversion_ids:
        raise OutputError(place, "there is no conversion to record")
    real = real_cases(program, conversions, clicks, columns, result, choice.conversion_ids)
    text = cases_text(_from_there(head, place), program, real)
    _write(place, _HEADER.format(_checksum(text)) + text)
    return Recording(os.fspath(path), len(real), choice.things, choice.shown, result.rejected.height)


def _from_there(head: CaseHead, place: Path) -> CaseHead:
    """The head with paths that are relative to the file of cases."""
    return replace(head, programs=tuple(_relative(path, place.parent) for path in head.programs))


def _relative(path: str, directory: Path) -> str:
    try:
        return Path(os.path.relpath(path, directory)).as_posix()
    except ValueError:  # on another drive
        return Path(path).resolve().as_posix()


def _refuse_to_replace(place: Path, head: CaseHead, *sources: Source | None) -> None:
    """Cases never replace what they are recorded from, not even with `force`."""
    if not place.exists():
        return
    given = [one for source in sources for one in (source if isinstance(source, list | tuple) else [source])]
    tables = [file.path for one in given if isinstance(one, str | os.PathLike) for file in find_files(one)]
    if any(path.exists() and path.samefile(place) for path in (*map(Path, head.programs), *tables)):
        raise OutputError(place, "is read, and would be replaced by cases; give another path")


def _refuse_to_overwrite(place: Path) -> None:
    try:
        text = place.read_bytes().decode("utf-8").replace("\r\n", "\n")
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError):
        text = ""
    header = _HEADED.match(text)
    if header is None:
        raise OutputError(place, "is there and was not recorded; give another path, or --force (force=True)")
    if header[1] != _checksum(text[header.end() :]):
        raise OutputError(place, "was changed since it was recorded; give another path, or --force (force=True)")


def _checksum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _write(place: Path, text: str) -> None:
    """Whole or not at all."""
    unfinished = place.with_name(f".{place.name}.tmp")
    try:
        unfinished.write_text(text, encoding="utf-8", newline="\n")
        unfinished.replace(place)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise OutputError(place, f"cannot be written: {error.strerror}") from error
