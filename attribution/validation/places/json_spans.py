"""Spans of values in JSON.

The standard decoder reads what is passed over, at the speed of C; only brackets, commas and keys on the way to what is
wanted are walked here. The text has been read before, so it is JSON.
"""

import re
from collections.abc import Iterator
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
        start: int | None = self._skip(0)
        for step in path:
            if start is None:
                return None
            start = self._children(start).get(step)
        return None if start is None else Span(start, self._decode(self._text, start)[1])

    def _children(self, start: int) -> dict[str | int, int]:
        """The starts of the values in the object or list that starts here."""
        if start not in self._known:
            walk = {"{": self._members, "[": self._elements}.get(self._text[start])
            self._known[start] = {} if walk is None else dict(walk(start))
        return self._known[start]

    def _members(self, start: int) -> Iterator[tuple[str | int, int]]:
        at = self._skip(start + 1)
        while self._text[at] != "}":
            key, at = self._decode(self._text, at)
            at = self._skip(self._skip(at) + 1)  # the colon
            yield str(key), at
            at = self._after(at)

    def _elements(self, start: int) -> Iterator[tuple[str | int, int]]:
        at = self._skip(start + 1)
        index = 0
        while self._text[at] != "]":
            yield index, at
            at = self._after(at)
            index += 1

    def _after(self, at: int) -> int:
        """Behind the value that starts here, and the comma behind that."""
        at = self._skip(self._decode(self._text, at)[1])
        return self._skip(at + 1) if self._text[at] == "," else at

    def _skip(self, at: int) -> int:
        space = _SPACE.match(self._text, at)
        return at if space is None else space.end()
