"""Which texts look alike: a text's skeleton is what is left of it when every character is replaced by its prototype.

The method is that of Unicode Technical Standard #39, section 4: characters that look alike share a prototype (O and 0;
I, l, 1 and |; A and the Cyrillic А; `rn` and m), and what nobody sees has none. Beyond the standard, white space goes
too, and compatibility forms (full-width letters, superscripts) become what they are forms of, so that two codes that
a customer would take for one have one skeleton.
"""

import unicodedata
from functools import lru_cache
from importlib.resources import files
from typing import Final

from attribution.terms import WHITE_SPACE


def _look_alikes() -> dict[str, str]:
    """What each character of `look_alikes.txt` looks like."""
    lines = files("attribution.explaining").joinpath("look_alikes.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if "\t" in line]
    return {chr(int(point, 16)): char for char, points in rows for point in points.split()}


_OF_ASCII: Final = {"0": "O", "1": "l", "I": "l", "|": "l", "m": "rn", '"': "''", "`": "'"}
LOOK_LIKE: Final = _look_alikes()
_PROTOTYPES: Final = str.maketrans(_OF_ASCII | LOOK_LIKE)
_BLANK: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Characters of other categories that show nothing: joiners, fillers, the empty pattern of Braille."""

ASCII_LOOKS: Final = _OF_ASCII | dict.fromkeys(map(chr, (*range(33), 127)), "")
"""What `prototype` does to characters of ASCII, where anything: control characters and the space go."""
_PLAIN: Final = str.maketrans({char: look or None for char, look in ASCII_LOOKS.items()})  # None is faster than ""


def is_unseen(char: str) -> bool:
    """Whether a character shows nothing, or nothing but white space other than the plain space."""
    if char.isascii():
        return char < " " or char == "\x7f"
    if char in _BLANK or char in WHITE_SPACE or unicodedata.category(char) in {"Cc", "Cf", "Zs", "Zl", "Zp"}:
        return True
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"  # variation selectors


def skeleton(text: str) -> str:
    """Equal for texts that look alike as they are written; 0.4 µs for a code in ASCII."""
    if text.isascii():
        return text.translate(_PLAIN)
    return "".join(map(prototype, text))


@lru_cache(maxsize=4096)
def prototype(char: str) -> str:
    """What a character looks like, in as many characters as that takes; nothing for what is not seen."""
    if char == " " or is_unseen(char):
        return ""
    return "".join(part.translate(_PROTOTYPES) for part in unicodedata.normalize("NFKD", char) if part != " ")


def name(char: str) -> str:
    """A character's name, for one that cannot be seen or told from another: `U+200B ZERO WIDTH SPACE`, `DIGIT ZERO`."""
    known = unicodedata.name(char, _CONTROLS.get(char, ""))
    return known if char.isascii() and known else f"U+{ord(char):04X} {known}".rstrip()


_CONTROLS: Final = {
    "\0": "NULL",
    "\t": "TAB",
    "\n": "LINE FEED",
    "\v": "VERTICAL TAB",
    "\f": "FORM FEED",
    "\r": "CARRIAGE RETURN",
    "\x1b": "ESCAPE",
    "\x7f": "DELETE",
    "\x85": "NEXT LINE",
}
"""Control characters have no names of their own; these are their aliases in Unicode."""
