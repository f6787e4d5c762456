"""Places of findings: the file, the position in its list, and the line and column of the field that is meant.

A field that the promo code does not have is placed at its code, else at its id, else at the promo code as a whole; a
date that it has from its deal is placed there.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from attribution.program.documents import ALLOW
from attribution.program.problem import Place, Problem
from attribution.program.spellings import name_in, sayings
from attribution.validation.places.span import Path, Span
from attribution.validation.places.written import written_span
from attribution.validation.source_texts import SourceFile

LONGEST_LINE: Final = 160
"""Characters of a line that a place shows; of a longer one those around the caret."""

_AHEAD: Final = 60
"""How many of them stand before the caret."""


def promo_code_place(
    file: SourceFile, element: int, field: str, value: object, span: tuple[int, int] | None = None
) -> Place:
    """Where a promo code of a file says something for a native field, or a part of that text."""
    raw = file.document.promo_codes[element]
    for native in _fields(field, raw):
        meant = value if native == field else None
        place = _spelled_place(file, element, name_in(raw, native, meant), meant, span)
        if place is not None:
            return place
    return _at(file, file.document.position(element), "", file.find(_start(file, element)))


def allowance_place(file: SourceFile, element: int, field: str) -> Place:
    """Where an allowance of a file says something for a field, else where it stands."""
    start = _in_list(ALLOW, element)
    return _at(file, f"{ALLOW}[{element}]", field, file.find((*start, field)) or file.find(start))


def problem_place(file: SourceFile, problem: Problem) -> Place:
    """Where a problem of loading is."""
    place, spot = problem.place, problem.place.spot
    if spot.index is not None and spot.list_name == ALLOW:
        return allowance_place(file, spot.index, place.field)
    if spot.index is not None:
        spelled = None
        if place.field:
            spelled = _spelled_place(file, spot.index, place.field, problem.value, _character(problem))
        return spelled or promo_code_place(file, spot.index, place.field, None)
    if place.line is not None:
        return _in_text(file, place.position, place.line, place.column)
    outside = (place.position,) if place.position == "settings" else ()
    found = file.find((*outside, place.field)) if place.field else None
    if found is None and outside:
        found = file.find(outside)
    return _at(file, place.position, place.field, found)


def _character(problem: Problem) -> tuple[int, int] | None:
    """The character of a value that is meant; behind its last one, where something is missing."""
    at, value = problem.place.spot.character, problem.value
    return None if at is None or not isinstance(value, str) else (at, min(at + 1, len(value)))


def whole_file(file: SourceFile) -> Place:
    """The place of what is about no line of a file."""
    return Place(file=file.name)


def setting_place(files: Sequence[SourceFile], name: str) -> Place:
    """Where a setting is said, else the first file."""
    for file in files:
        if not file.is_bulk and (found := file.find(("settings", name))) is not None:
            return _at(file, "settings", name, found)
    return whole_file(files[0])


def _spelled_place(
    file: SourceFile, element: int, name: str, value: object, span: tuple[int, int] | None
) -> Place | None:
    """Where a promo code has the field of this spelling, or a part of its text; None where it has it not."""
    raw = file.document.promo_codes[element]
    steps = (name,) if isinstance(raw, Mapping) and name in raw else tuple(name.split("."))
    found = file.find((*_start(file, element), *steps))
    if found is None:
        return None
    part = _part(file, found, value, span) if span and isinstance(value, str) else None
    return _at(file, file.document.position(element), name, part or found)


def _start(file: SourceFile, element: int) -> Path:
    """The path of a promo code."""
    document = file.document
    return (document.lines[element],) if document.lines else _in_list(document.list_name, element)


def _in_list(name: str, element: int) -> Path:
    return (name, element) if name else (element,)


def _fields(field: str, raw: object) -> Iterator[str]:
    """The native fields at which to place what is said of one, in order."""
    yield field
    if field in ("start_date", "end_date") and _has_deal_dates(raw):
        yield f"deal.{field}"
    yield from ("code", "id")


def _has_deal_dates(raw: object) -> bool:
    said = sayings(raw, "deal.synch_ads_promo_codes").values()
    return any(value is True or str(value).lower() == "true" for value in said)


def _part(file: SourceFile, found: Span, value: str, span: tuple[int, int]) -> Span | None:
    """The part of a value's text that is meant, where it can be told."""
    raw = (file.text or "")[found.start : found.end]
    part = written_span(raw, value, span, csv=file.is_bulk)
    return None if part is None else Span(found.start + part.start, found.start + part.end)


def _at(file: SourceFile, position: str, field: str, span: Span | None) -> Place:
    if span is None:
        return Place(file=file.name, position=position, field=field)
    line = file.lines.line_of(span.start)
    column = span.start - (file.lines.start(line) or 0)
    return _shown(file, position, field, line, column, span.end - span.start)


def _in_text(file: SourceFile, position: str, line: int, column: int | None) -> Place:
    """A line, or a character of it, that loading has named."""
    if file.text is None or file.lines.start(line) is None:
        return Place(file.name, position, "", line, column)
    length = len(file.lines.text(line)) if column is None else 1
    return _shown(file, position, "", line, (column or 1) - 1, length)


def _shown(file: SourceFile, position: str, field: str, line: int, column: int, length: int) -> Place:
    """A place with its line, of a long line what is around it."""
    text = file.lines.text(line)
    first = 0 if len(text) <= LONGEST_LINE else max(0, column - _AHEAD)
    last = min(len(text), first + LONGEST_LINE)
    before, after = "…" * (first > 0), "…" * (last < len(text))
    start = len(before) + min(column, len(text)) - first  # lines that end in CR are none to the reader of JSON
    end = max(start + 1, min(start + length, len(before) + last - first))  # a value may go on below
    shown = f"{before}{text[first:last]}{after}"
    return Place(file.name, position, field, line, column + 1, shown, (start, end))
