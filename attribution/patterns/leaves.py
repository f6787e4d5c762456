"""Which characters a leaf of the tree stands for, as `regex` itself says.

A set over ASCII is an integer of 128 bits, bit `c` for `chr(c)`. `regex` is asked about each of the 128 characters,
once per distinct leaf; only literals without case and the dot have a shortcut.
"""

from functools import lru_cache
from typing import Final

import regex

from attribution.patterns.tree import Leaf, Literal

ALL_ASCII: Final = (1 << 128) - 1


@lru_cache(maxsize=8192)
def ascii_set(leaf: Leaf | Literal) -> int:
    """The ASCII characters the leaf matches, as bits."""
    match leaf:
        case Literal(char, flags) if "i" not in flags:
            return 1 << ord(char) if char.isascii() else 0
        case Leaf(".", flags):
            return ALL_ASCII if "s" in flags else ALL_ASCII & ~(1 << ord("\n"))
    matches = compiled(leaf).fullmatch
    return sum(1 << code for code in range(128) if matches(chr(code)))


def contains(leaf: Leaf | Literal, char: str) -> bool:
    """Whether the leaf matches the character, ASCII or not."""
    if char.isascii():
        return bool(ascii_set(leaf) >> ord(char) & 1)
    return compiled(leaf).fullmatch(char) is not None


@lru_cache(maxsize=1024)
def compiled(leaf: Leaf | Literal, quantifier: str = "") -> "regex.Pattern[str]":
    """The leaf as a pattern of its own."""
    source = regex.escape(leaf.char) if isinstance(leaf, Literal) else leaf.source
    flags = f"(?{leaf.flags})" if leaf.flags else ""
    return regex.compile(f"{flags}(?:{source}){quantifier}", regex.VERSION0, cache_pattern=False)
