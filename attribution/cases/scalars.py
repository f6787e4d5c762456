"""Texts as YAML scalars that are read back as they are: plain where nothing can be mistaken, else in quotes."""

import re
from typing import Final

_PLAIN: Final = re.compile(r"[A-Za-z0-9_.(^/\\](?:[A-Za-z0-9_.+()^?*|$\\/ -])*(?<! )")
_PLAIN_OUTSIDE: Final = re.compile(r"[A-Za-z0-9_.(^/\\](?:[A-Za-z0-9_.+()^?*|$\\/,{}\[\] -]|:(?=[^ ]))*(?<! )")
"""Outside of brackets, where commas, brackets and colons inside a text cannot be mistaken."""

_NULLS: Final = ("null", "~", "")


def scalar(text: str | None, *, in_list: bool = False) -> str:
    """The text on one line; None as `null`. `in_list`: between brackets."""
    if text is None:
        return "null"
    plain = _PLAIN if in_list else _PLAIN_OUTSIDE
    if text not in _NULLS and plain.fullmatch(text):
        return text
    if text.isprintable():
        return f"'{text.replace(chr(39), 2 * chr(39))}'"
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    if char.isprintable():
        return char
    number = ord(char)
    return f"\\x{number:02x}" if number < 256 else f"\\u{number:04x}" if number < 65536 else f"\\U{number:08x}"
