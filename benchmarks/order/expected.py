"""The counts of the decisions on single orders, by (kind, orders, literals, regexes)."""

from collections.abc import Mapping
from typing import Final

EXPECTED: Final[Mapping[tuple[str, int, int, int], Mapping[str, int]]] = {
    ("literal", 10_000, 100_000, 1_000): {
        "LAST_CLICK/NO_CODE_MATCHED": 951,
        "PROMO_CODE/RULE_ALWAYS": 3_032,
        "PROMO_CODE/RULE_INVOLVED": 457,
        "PROMO_CODE/RULE_WINNER": 79,
        "WITHHELD/NOT_INVOLVED": 2_566,
        "WITHHELD/NOT_WINNER": 2_915,
        "verdicts": 9_049,
    },
    ("regex", 10_000, 100_000, 1_000): {
        "PROMO_CODE/RULE_ALWAYS": 3_383,
        "PROMO_CODE/RULE_INVOLVED": 561,
        "PROMO_CODE/RULE_WINNER": 57,
        "WITHHELD/NOT_INVOLVED": 2_794,
        "WITHHELD/NOT_WINNER": 3_205,
        "verdicts": 10_000,
    },
    ("unknown", 10_000, 100_000, 1_000): {
        "LAST_CLICK/NO_CODE_MATCHED": 10_000,
        "verdicts": 0,
    },
    ("literal", 100, 1_000, 10): {
        "LAST_CLICK/NO_CODE_MATCHED": 8,
        "PROMO_CODE/RULE_ALWAYS": 34,
        "PROMO_CODE/RULE_INVOLVED": 8,
        "PROMO_CODE/RULE_WINNER": 1,
        "WITHHELD/NOT_INVOLVED": 28,
        "WITHHELD/NOT_WINNER": 21,
        "verdicts": 92,
    },
    ("regex", 100, 1_000, 10): {
        "PROMO_CODE/RULE_ALWAYS": 43,
        "PROMO_CODE/RULE_INVOLVED": 4,
        "PROMO_CODE/RULE_WINNER": 1,
        "WITHHELD/NOT_INVOLVED": 22,
        "WITHHELD/NOT_WINNER": 30,
        "verdicts": 100,
    },
    ("unknown", 100, 1_000, 10): {
        "LAST_CLICK/NO_CODE_MATCHED": 100,
        "verdicts": 0,
    },
}
