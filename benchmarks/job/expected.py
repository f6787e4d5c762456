"""The counts of the whole job's answers, by (conversions, literals, regexes): the length of the log changes nothing."""

from collections.abc import Mapping
from typing import Final

EXPECTED: Final[Mapping[tuple[int, int, int], Mapping[str, int]]] = {
    (200_000, 100_000, 0): {
        "LAST_CLICK/NO_CODE_MATCHED": 83_680,
        "PROMO_CODE/RULE_ALWAYS": 14_337,
        "PROMO_CODE/RULE_INVOLVED": 2_559,
        "PROMO_CODE/RULE_WINNER": 2_082,
        "UNATTRIBUTED/NO_CLICKS": 73_145,
        "WITHHELD/NOT_INVOLVED": 11_799,
        "WITHHELD/NOT_WINNER": 12_398,
        "verdicts": 43_175,
    },
    (200_000, 100_000, 1_000): {
        "LAST_CLICK/NO_CODE_MATCHED": 75_232,
        "PROMO_CODE/RULE_ALWAYS": 19_568,
        "PROMO_CODE/RULE_INVOLVED": 3_315,
        "PROMO_CODE/RULE_WINNER": 2_630,
        "UNATTRIBUTED/NO_CLICKS": 65_857,
        "WITHHELD/NOT_INVOLVED": 16_391,
        "WITHHELD/NOT_WINNER": 17_007,
        "verdicts": 58_911,
    },
    (2_000_000, 100_000, 0): {
        "LAST_CLICK/NO_CODE_MATCHED": 838_888,
        "PROMO_CODE/RULE_ALWAYS": 143_808,
        "PROMO_CODE/RULE_INVOLVED": 25_087,
        "PROMO_CODE/RULE_WINNER": 20_479,
        "UNATTRIBUTED/NO_CLICKS": 729_611,
        "WITHHELD/NOT_INVOLVED": 118_812,
        "WITHHELD/NOT_WINNER": 123_315,
        "verdicts": 431_501,
    },
    (2_000_000, 100_000, 1_000): {
        "LAST_CLICK/NO_CODE_MATCHED": 753_014,
        "PROMO_CODE/RULE_ALWAYS": 196_574,
        "PROMO_CODE/RULE_INVOLVED": 32_686,
        "PROMO_CODE/RULE_WINNER": 25_896,
        "UNATTRIBUTED/NO_CLICKS": 655_141,
        "WITHHELD/NOT_INVOLVED": 166_081,
        "WITHHELD/NOT_WINNER": 170_608,
        "verdicts": 591_845,
    },
    (2_000, 1_000, 0): {
        "LAST_CLICK/NO_CODE_MATCHED": 844,
        "PROMO_CODE/RULE_ALWAYS": 149,
        "PROMO_CODE/RULE_INVOLVED": 21,
        "PROMO_CODE/RULE_WINNER": 16,
        "UNATTRIBUTED/NO_CLICKS": 721,
        "WITHHELD/NOT_INVOLVED": 116,
        "WITHHELD/NOT_WINNER": 133,
        "verdicts": 435,
    },
    (2_000, 1_000, 10): {
        "LAST_CLICK/NO_CODE_MATCHED": 757,
        "PROMO_CODE/RULE_ALWAYS": 211,
        "PROMO_CODE/RULE_INVOLVED": 28,
        "PROMO_CODE/RULE_WINNER": 19,
        "UNATTRIBUTED/NO_CLICKS": 657,
        "WITHHELD/NOT_INVOLVED": 153,
        "WITHHELD/NOT_WINNER": 175,
        "verdicts": 586,
    },
    (20_000, 1_000, 0): {
        "LAST_CLICK/NO_CODE_MATCHED": 8_409,
        "PROMO_CODE/RULE_ALWAYS": 1_462,
        "PROMO_CODE/RULE_INVOLVED": 192,
        "PROMO_CODE/RULE_WINNER": 160,
        "UNATTRIBUTED/NO_CLICKS": 7_234,
        "WITHHELD/NOT_INVOLVED": 1_289,
        "WITHHELD/NOT_WINNER": 1_254,
        "verdicts": 4_357,
    },
    (20_000, 1_000, 10): {
        "LAST_CLICK/NO_CODE_MATCHED": 7_493,
        "PROMO_CODE/RULE_ALWAYS": 2_007,
        "PROMO_CODE/RULE_INVOLVED": 205,
        "PROMO_CODE/RULE_WINNER": 209,
        "UNATTRIBUTED/NO_CLICKS": 6_546,
        "WITHHELD/NOT_INVOLVED": 1_748,
        "WITHHELD/NOT_WINNER": 1_792,
        "verdicts": 5_961,
    },
}

REGULARS: Final[Mapping[tuple[int, int, int], Mapping[str, int]]] = {
    (2_000_000, 100_000, 1_000): {
        "LAST_CLICK/NO_CODE_MATCHED": 568_643,
        "PROMO_CODE/RULE_ALWAYS": 397_226,
        "PROMO_CODE/RULE_INVOLVED": 62_566,
        "PROMO_CODE/RULE_WINNER": 38_612,
        "UNATTRIBUTED/NO_CLICKS": 231_357,
        "WITHHELD/NOT_INVOLVED": 343_355,
        "WITHHELD/NOT_WINNER": 358_241,
        "verdicts": 1_200_000,
    },
    (20_000, 1_000, 10): {
        "LAST_CLICK/NO_CODE_MATCHED": 5_676,
        "PROMO_CODE/RULE_ALWAYS": 4_535,
        "PROMO_CODE/RULE_INVOLVED": 155,
        "PROMO_CODE/RULE_WINNER": 299,
        "UNATTRIBUTED/NO_CLICKS": 2_324,
        "WITHHELD/NOT_INVOLVED": 3_392,
        "WITHHELD/NOT_WINNER": 3_619,
        "verdicts": 12_000,
    },
}
"""Of a shop of regulars, by (conversions, literals, regexes)."""

GUESTS: Final[Mapping[tuple[int, int], Mapping[str, int]]] = {
    (1_000_000, 100_000): {
        "LAST_CLICK/NO_CODE_MATCHED": 144_948,
        "PROMO_CODE/RULE_ALWAYS": 29_407,
        "PROMO_CODE/RULE_INVOLVED": 13_137,
        "PROMO_CODE/RULE_WINNER": 2_860,
        "UNATTRIBUTED/NO_CLICKS": 66_531,
        "WITHHELD/NOT_INVOLVED": 16_519,
        "WITHHELD/NOT_WINNER": 26_598,
        "verdicts": 88_521,
    },
    (10_000, 1_000): {
        "LAST_CLICK/NO_CODE_MATCHED": 1_444,
        "PROMO_CODE/RULE_ALWAYS": 318,
        "PROMO_CODE/RULE_INVOLVED": 117,
        "PROMO_CODE/RULE_WINNER": 21,
        "UNATTRIBUTED/NO_CLICKS": 666,
        "WITHHELD/NOT_INVOLVED": 166,
        "WITHHELD/NOT_WINNER": 268,
        "verdicts": 890,
    },
}
"""Of a guest whom thousands share, by the guest's (clicks, orders); the orders of all others are counted too."""
