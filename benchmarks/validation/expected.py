"""The counts of validation's answers, by (kind, literals, patterns): overlapping pairs, findings by check."""

from collections.abc import Mapping
from typing import Final

EXPECTED: Final[Mapping[tuple[str, int, int], Mapping[str, int]]] = {
    ("mixed", 10_000, 2_000): {"pairs": 604_286, "O001": 1_663, "O003": 1},
    ("inner", 0, 500): {"pairs": 124_750, "O001": 499},
    ("mixed", 100, 20): {"pairs": 63, "O001": 15},
    ("inner", 0, 5): {"pairs": 10, "O001": 4},
}
