"""How texts are compared: what is stripped from a used code, and which letters are folded."""

from typing import Final

from attribution.terms import WHITE_SPACE

_LOWER: Final = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


def stripped(text: str) -> str:
    """The text without surrounding white space (`terms.WHITE_SPACE`)."""
    return text.strip(WHITE_SPACE)


def fold_ascii(text: str) -> str:
    """The text with A to Z in lower case and every other character as it is: the Kelvin sign stays one."""
    return text.lower() if text.isascii() else text.translate(_LOWER)
