"""When two literals are the same text, as matching compares them."""

from typing import Final

from attribution.terms import LiteralCase

_ASCII_LOWER: Final = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


def compared(text: str, literal_case: LiteralCase) -> str:
    """Equal for literals that match the same used codes: only letters of ASCII ever lose their case."""
    if literal_case is LiteralCase.SENSITIVE:
        return text
    return text.lower() if text.isascii() else text.translate(_ASCII_LOWER)
