"""What one used code matches and nearly matches, as a result."""

from dataclasses import dataclass
from typing import Any, Final

from attribution.explaining.near import NearMiss
from attribution.explaining.phrases import near_miss_in_words
from attribution.json_values import json_fields
from attribution.program import PromoCode

_PROMO_CODE: Final = (
    "id", "code", "match_mode", "credit_rule", "partner_id", "partner_name", "program_id", "start_date", "end_date",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MatchAnswer:
    """The promo codes that a used code matches, in precedence order, and its near misses, the nearest first."""

    code: str
    matches: tuple[PromoCode, ...]
    near_misses: tuple[NearMiss, ...]

    def to_dict(self) -> dict[str, Any]:
        """The answer in the values of JSON: times as text in UTC, and with each near miss `why` in words."""
        return {
            "code": self.code,
            "matches": [json_fields(promo_code, *_PROMO_CODE) for promo_code in self.matches],
            "near_misses": [
                {
                    **json_fields(miss.promo_code, *_PROMO_CODE),
                    **json_fields(miss, "differences"),
                    "why": near_miss_in_words(miss),
                }
                for miss in self.near_misses
            ],
        }
