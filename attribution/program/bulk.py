"""The bulk CSV of the platform: `Promo Code,Campaign Id,Media Id,Type,Credit Rule,Match Mode,...`, a line each.

A promo code's id is its line number, or `file name:line` when the program comes from several files. Headers are
understood in any case and spacing, and under the field names of the API as well; other columns are kept. All cells
are text. `Type` tells restrictions and the like, and the match mode has a column of its own.
"""

import csv
import io
from collections.abc import Iterator
from typing import Any, Final

from attribution.program.documents import Document
from attribution.program.problem import Place, Problem
from attribution.program.spellings import FLAT, TIMEZONE, TYPE, names_of
from attribution.text import did_you_mean, joined, plain_name

_REQUIRED: Final = {"code": "Promo Code", "match_mode": "Match Mode", "credit_rule": "Credit Rule"}

# later names win: of `CampaignId` and `Campaign Id`, which read the same, a message names the bulk file's
_HEADERS: Final = {plain_name(name): name for name in (TYPE, TIMEZONE, *FLAT)}


def bulk_header(text: str) -> list[str]:
    """The headers of a bulk file, those that are understood by one name each."""
    return _header(csv.reader(io.StringIO(text, newline=""), strict=True))


def _header(rows: Iterator[list[str]]) -> list[str]:
    return [_HEADERS.get(plain_name(cell), cell.strip()) for cell in next(rows, [])]


def bulk_document(text: str, file: str, id_prefix: str = "") -> Document:
    """The promo codes of a bulk file; a wrong header is one problem, not one for every line."""
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = _header(rows)
        if problems := _header_problems(header, file):
            return Document(file, problems=tuple(problems))
        lines, promo_codes = [], []
        for line, cells in _records(rows):
            if len(cells) > len(header) and any(cells[len(header) :]):
                problems.append(_too_many(cells, len(header), file, line))
                continue
            lines.append(line)
            promo_codes.append(_promo_code(header, cells, f"{id_prefix}{line}"))
    except csv.Error as error:
        line = rows.line_num
        problem = Problem(f"is not CSV: {error}", place=_line(file, line), subject=f"line {line}")
        return Document(file, problems=(problem,))
    return Document(file, promo_codes=promo_codes, lines=lines, problems=tuple(problems))


def _records(rows: Any) -> Iterator[tuple[int, list[str]]]:
    """Each record that is not blank, with the line on which it starts: a quoted cell may hold line breaks."""
    start = rows.line_num + 1
    for cells in rows:
        if any(cells):
            yield start, cells
        start = rows.line_num + 1


def _line(file: str, line: int, field: str = "") -> Place:
    return Place(file, f"line {line}", field, line)


def _too_many(cells: list[str], columns: int, file: str, line: int) -> Problem:
    message, help = f"has {len(cells)} cells, and the header {columns}", "a code with a comma needs quotes"
    return Problem(message, help, _line(file, line), ",".join(cells), subject=f"line {line}")


def _promo_code(header: list[str], cells: list[str], line_id: str) -> dict[str, Any]:
    given = dict(zip(header, cells, strict=False))
    given.pop("", None)
    # Match Mode is there even if empty, so that a Type such as TRACKING is not taken for one
    return {"Match Mode": "", **given, "Id": given.get("Id") or line_id}


def _header_problems(header: list[str], file: str) -> list[Problem]:
    problems = []
    for name in dict.fromkeys(name for name in header if name and header.count(name) > 1):
        problems.append(Problem("is the header of two columns", place=_line(file, 1, name)))
    for field, name in _REQUIRED.items():
        if not set(names_of(field)).intersection(header):
            help = joined(f"the columns are {', '.join(header) or 'none'}", did_you_mean(name, among=header))
            problems.append(Problem("no such column", help, _line(file, 1, name)))
    return problems
