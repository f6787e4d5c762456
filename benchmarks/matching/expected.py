"""The counts of the matching answers, by (set, patterns, used codes)."""

from collections.abc import Mapping
from typing import Final

EXPECTED: Final[Mapping[tuple[str, int, int], Mapping[str, int]]] = {
    ("prefix", 1_000, 100_000): {"pairs": 33_007, "codes matched": 33_007},
    ("prefix", 1_000, 500_000): {"pairs": 158_943, "codes matched": 158_943},
    ("prefix", 10_000, 100_000): {"pairs": 33_495, "codes matched": 33_471},
    ("prefix", 10_000, 500_000): {"pairs": 166_492, "codes matched": 166_424},
    ("mixed", 1_000, 100_000): {"pairs": 32_975, "codes matched": 32_971},
    ("mixed", 1_000, 500_000): {"pairs": 162_777, "codes matched": 162_744},
    ("mixed", 10_000, 100_000): {"pairs": 33_331, "codes matched": 33_217},
    ("mixed", 10_000, 500_000): {"pairs": 168_671, "codes matched": 167_789},
    ("near-miss", 1_000, 100_000): {"pairs": 32_894, "codes matched": 32_894},
    ("near-miss", 1_000, 500_000): {"pairs": 165_584, "codes matched": 165_584},
    ("near-miss", 10_000, 100_000): {"pairs": 32_730, "codes matched": 32_730},
    ("near-miss", 10_000, 500_000): {"pairs": 163_673, "codes matched": 163_673},
    ("no-literal", 100, 100_000): {"pairs": 128_844, "codes matched": 33_122},
    ("no-literal", 100, 500_000): {"pairs": 833_582, "codes matched": 165_349},
    ("literals", 100, 100_000): {"pairs": 6, "codes matched": 6},
    ("literals", 1_000_000, 100_000): {"pairs": 33_085, "codes matched": 33_085},
    ("prefix", 10, 1_000): {"pairs": 325, "codes matched": 325},
    ("prefix", 10, 5_000): {"pairs": 1_596, "codes matched": 1_596},
    ("prefix", 100, 1_000): {"pairs": 334, "codes matched": 334},
    ("prefix", 100, 5_000): {"pairs": 1_693, "codes matched": 1_693},
    ("mixed", 10, 1_000): {"pairs": 308, "codes matched": 308},
    ("mixed", 10, 5_000): {"pairs": 1_561, "codes matched": 1_561},
    ("mixed", 100, 1_000): {"pairs": 353, "codes matched": 353},
    ("mixed", 100, 5_000): {"pairs": 1_621, "codes matched": 1_621},
    ("near-miss", 10, 1_000): {"pairs": 351, "codes matched": 351},
    ("near-miss", 10, 5_000): {"pairs": 1_608, "codes matched": 1_608},
    ("near-miss", 100, 1_000): {"pairs": 333, "codes matched": 333},
    ("near-miss", 100, 5_000): {"pairs": 1_665, "codes matched": 1_665},
    ("no-literal", 1, 1_000): {"pairs": 331, "codes matched": 331},
    ("no-literal", 1, 5_000): {"pairs": 1_638, "codes matched": 1_638},
    ("literals", 1, 1_000): {"pairs": 0, "codes matched": 0},
    ("literals", 10_000, 1_000): {"pairs": 344, "codes matched": 344},
}
