"""The files of a program under validation: their documents as loaded, and their texts, read again for what is said.

Most files have no findings, and nothing is looked up in those. A pipe, for example, can be read only once;
places in it have no line.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import yaml

from attribution.program.documents import Document
from attribution.validation.places import span
from attribution.validation.places.bulk_spans import BulkSpans
from attribution.validation.places.json_spans import JsonSpans
from attribution.validation.places.span import Finder, Lines, Span
from attribution.validation.places.yaml_spans import YamlSpans

_FINDERS: Final[dict[str, type[JsonSpans] | type[YamlSpans] | type[BulkSpans]]] = {
    ".json": JsonSpans,
    ".yaml": YamlSpans,
    ".yml": YamlSpans,
    ".csv": BulkSpans,
}


@dataclass(frozen=True)
class SourceFile:
    """One file: its path as it was given, and the document that it is."""

    path: Path
    document: Document

    @property
    def name(self) -> str:
        """The path as text."""
        return self.path.as_posix()

    @property
    def is_bulk(self) -> bool:
        """Whether it is a bulk CSV, whose values have no names but lines and columns."""
        return self.path.suffix.lower() == ".csv"

    @cached_property
    def text(self) -> str | None:
        """The text; None if it cannot be read, or not a second time."""
        try:
            return self.path.read_bytes().decode("utf-8-sig") if self.path.is_file() else None
        except (OSError, ValueError):
            return None

    @cached_property
    def lines(self) -> Lines:
        """The lines of the text."""
        return Lines(self.text or "")

    def find(self, path: span.Path) -> Span | None:
        """Where the value at this path stands; None for a path that leads nowhere."""
        try:
            return None if self._finder is None else self._finder.find(path)
        except (ValueError, IndexError, RecursionError):  # the file has changed since it was loaded
            return None

    @cached_property
    def _finder(self) -> Finder | None:
        try:
            return None if self.text is None else _FINDERS[self.path.suffix.lower()](self.text)
        except (ValueError, RecursionError, yaml.YAMLError):
            return None
