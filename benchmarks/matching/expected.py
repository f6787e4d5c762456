"""The counts of the matching answers, by (set, patterns, used codes)."""

from collections.abc import Mapping
from typing import Final

EXPECTED: Final[Mapping[tuple[str, int, int], Mapping[str, int]]] = {}
