"""What can go wrong while used codes are matched."""

from attribution.errors import AttributionError
from attribution.text import quoted_use


class PatternTimeoutError(AttributionError):
    """A pattern that only backtracking can decide did not come to a decision in time.

    `place` is that of its promo code among all that are matched.
    """

    def __init__(self, place: int, promo_code_id: str, pattern: str, used_code: str, seconds: float) -> None:
        self.place = place
        self.promo_code_id = promo_code_id
        self.pattern = pattern
        self.used_code = used_code
        self.seconds = seconds
        super().__init__(place, promo_code_id, pattern, used_code, seconds)

    def __str__(self) -> str:
        """Which promo code, which used code, and the way out."""
        return (
            f"promo code {self.promo_code_id!r}: matching used code {quoted_use(self.used_code)} came to no end "
            f"within {self.seconds:g} s\n    {self.pattern}\n"
            f"    rewrite the pattern of promo code {self.promo_code_id!r} without one repeat inside another, "
            "and without look-around, back-references or possessive parts"
        )
