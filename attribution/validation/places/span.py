"""A stretch of a file's text, and what finds one."""

from typing import NamedTuple, Protocol

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
