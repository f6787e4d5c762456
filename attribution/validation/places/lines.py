"""Offsets in a text to lines and columns, and back. Lines end as editors have it: LF, CR LF or CR."""

import re
from bisect import bisect_right
from functools import cached_property
from typing import Final

_BREAK: Final = re.compile(r"\r\n?|\n")


class Lines:
    """The lines of one text, counted from 1."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _breaks(self) -> list[tuple[int, int]]:
        """The first character of each line break, and the one after it."""
        return [found.span() for found in _BREAK.finditer(self._text)]

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(end for _, end in self._breaks)]

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
