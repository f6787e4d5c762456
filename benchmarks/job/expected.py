"""The counts of the whole job's answers, by (clicks, conversions, literals, regexes)."""

from collections.abc import Mapping
from typing import Final

EXPECTED: Final[Mapping[tuple[int, int, int, int], Mapping[str, int]]] = {}
