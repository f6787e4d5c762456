"""The counts of the whole job's answers, by (conversions, literals, regexes): the length of the log changes nothing."""

from collections.abc import Mapping
from typing import Final

EXPECTED: Final[Mapping[tuple[int, int, int], Mapping[str, int]]] = {}
