"""How findings name what they are about: promo codes by id and code, instants as text."""

from datetime import datetime
from typing import Final

from attribution.explaining.phrases import instant
from attribution.program import PromoCode
from attribution.text import escaped, plain, shortened

_LONGEST: Final = 60
"""Characters of a code that a message shows."""


def code_text(code: str) -> str:
    """A code without quotes: what cannot be seen in it escaped, the end of a long one left out."""
    return escaped(shortened(code, _LONGEST))


def named(code: PromoCode) -> str:
    """`promo code 'A1' (SUMMER10)`."""
    return f"promo code {short(code)}"


def short(code: PromoCode) -> str:
    """`'A1' (SUMMER10)`, for a second promo code in one sentence."""
    return f"'{plain(code.id)}' ({code_text(code.code)})"


def partner(code: PromoCode) -> str:
    """`partner 'amy'`: ids are what is paid by."""
    return f"partner '{plain(code.partner_id)}'"


def moment(at: datetime) -> str:
    """An instant in a message; the end of a day, which is its last microsecond, as its last second."""
    return instant(at.replace(microsecond=0) if at.microsecond == 999_999 else at)
