"""Spans of values in JSON.

The standard decoder reads what is passed over, at the speed of C; only brackets, commas and keys on the way to what is
wanted are walked here. The text has been read before, so it is JSON.
"""

import re
from collections.abc import Iterator
from itertools import count
from json import JSONDecoder
from typing import Final

from attribution.validation.places.span import Path, Span

_SPACE: Final = re.compile(r"[ \t\n\r]*")


class JsonSpans:
    """The spans of one text. What was walked once is remembered: findings of one list are many."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._decode = JSONDecoder().raw_decode
        self._known: dict[int, dict[str | int, int]] = {}

    def find(self, path: Path) -> Span | None:
        """Where the value at this path stands; None for a path that leads nowhere."""
        start = self._skip(0)
        for step in path:
            children = self._children(start)
            if step not in children:
                return None
            start = children[step]
        return Span(start, self._decode(self._text, start)[1])

    def _children(self, start: int) -> dict[str | int, int]:
        """The starts of the values in the object or list that starts here."""
        if start not in self._known:
            self._known[start] = dict(self._walk(start)) if self._text[start] in "{[" else {}
        return self._known[start]

    def _walk(self, start: int) -> Iterator[tuple[str | int, int]]:
        at = self._skip(start + 1)
        for index in count():
            if self._text[at] in "}]":
                return
            key: str | int = index
            if self._text[start] == "{":
                key, at = self._decode(self._text, at)
                at = self._skip(self._skip(at) + 1)  # the colon
            yield key, at
            at = self._after(at)

    def _after(self, at: int) -> int:
        """Behind the value that starts here, and the comma behind that."""
        at = self._skip(self._decode(self._text, at)[1])
        return self._skip(at + 1) if self._text[at] == "," else at

    def _skip(self, at: int) -> int:
        space = _SPACE.match(self._text, at)
        return at if space is None else space.end()
