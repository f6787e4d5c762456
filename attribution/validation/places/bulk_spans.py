"""Spans of cells in the bulk CSV: a path is a line and a header, or a line alone for the whole record."""

import re
from typing import Final

from attribution.program.bulk import bulk_header
from attribution.validation.places.span import Lines, Path, Span

_CELL: Final = re.compile(r'"(?:[^"]|"")*"|[^,\r\n]*')


class BulkSpans:
    """The spans of one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = Lines(text)
        self._header = bulk_header(text)

    def find(self, path: Path) -> Span | None:
        """Where the cell stands; None for an unknown header and for a record that ends before the cell."""
        line, *names = path
        start = self._lines.start(int(line))
        if start is None:
            return None
        if not names:
            return Span(start, start + len(self._lines.text(int(line))))
        if names[0] not in self._header:
            return None
        return self._cell(start, self._header.index(str(names[0])))

    def _cell(self, start: int, index: int) -> Span | None:
        found = _CELL.match(self._text, start)
        for _ in range(index):
            if found is None or self._text[found.end() : found.end() + 1] != ",":
                return None
            found = _CELL.match(self._text, found.end() + 1)
        return None if found is None else Span(*found.span())
