"""Stretches of a file's text: spans, what finds one, and lines."""

import re
from bisect import bisect_right
from typing import Final, NamedTuple, Protocol

_BREAK: Final = re.compile(r"\r\n?|\n")

Path = tuple[str | int, ...]
"""Keys and list indices from the top of a document; in a bulk file the line, then the header."""


class Span(NamedTuple):
    """Characters of a text: the first, and the one after the last."""

    start: int
    end: int


class Finder(Protocol):
    """Knows the form of a text."""

    def find(self, path: Path) -> Span | None:
        """Where the value at this path stands; None for a path that leads nowhere."""


class Lines:
    """The lines of one text, counted from 1. They end as editors have it: LF, CR LF or CR."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._breaks = [found.span() for found in _BREAK.finditer(text)]
        self._starts = [0, *(end for _, end in self._breaks)]

    def line_of(self, offset: int) -> int:
        """The line that a character is in."""
        return bisect_right(self._starts, offset)

    def start(self, line: int) -> int | None:
        """The offset of a line's first character; None beyond the last line."""
        return self._starts[line - 1] if 0 < line <= len(self._starts) else None

    def text(self, line: int) -> str:
        """A line without its end."""
        end = self._breaks[line - 1][0] if line <= len(self._breaks) else len(self._text)
        return self._text[self._starts[line - 1] : end]
