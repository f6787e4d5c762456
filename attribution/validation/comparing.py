"""When two literals are the same text, as matching compares them."""

from typing import assert_never

from attribution.terms import LiteralCase
from attribution.text import fold_ascii


def compared(text: str, literal_case: LiteralCase) -> str:
    """Equal for literals that match the same used codes: only letters of ASCII ever lose their case."""
    match literal_case:
        case LiteralCase.SENSITIVE:
            return text
        case LiteralCase.INSENSITIVE:
            return fold_ascii(text)
    assert_never(literal_case)
