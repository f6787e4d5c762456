"""Texts: how they are compared, how messages show them, and which known name an unknown one may mean.

A message and its help are two texts, (message, help), from the function that makes them to the one that prints them.
"""

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

from attribution.terms import WHITE_SPACE

LONGEST_CODE: Final = 80
"""Characters of a used code that a message shows."""

_LONGEST_VALUE: Final = 80
_CLOSE: Final = 0.7
"""How alike two plain names must be, as `difflib` measures it, for one to be taken for the other."""

_LOWER: Final = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}

Said = tuple[str, str]
"""A message, and its help: the way out, or "" if the message says enough."""


def stripped(text: str) -> str:
    """The text without surrounding white space (`terms.WHITE_SPACE`)."""
    return text.strip(WHITE_SPACE)


def fold_ascii(text: str) -> str:
    """The text with A to Z in lower case and every other character as it is: the Kelvin sign stays one."""
    return text.lower() if text.isascii() else text.translate(_LOWER)


def plain_name(name: str) -> str:
    """A name without what people vary in names: letter case, and everything but letters and digits."""
    return "".join(char for char in name.casefold() if char.isalnum())


def nearest(*wanted: object, among: Iterable[str], most: int = 1) -> list[str]:
    """The names that are most like the first of the wanted texts for which any is alike, the nearest first."""
    by_plain: dict[str, str] = {}
    for name in among:
        by_plain.setdefault(plain_name(name), str(name))
    by_plain.pop("", None)
    for one in wanted:
        plain = plain_name(one[:_LONGEST_VALUE]) if isinstance(one, str) else ""
        if found := get_close_matches(plain, by_plain, n=most, cutoff=_CLOSE):
            return [by_plain[near] for near in found]
    return []


def did_you_mean(*wanted: object, among: Iterable[str]) -> str:
    """`did you mean 'x'?` for the name nearest to the wanted texts; "" if none is alike."""
    found = nearest(*wanted, among=among)
    return f"did you mean {found[0]!r}?" if found else ""


def one_of(value: object, words: Iterable[str]) -> Said:
    """What to say of a value that is not one of these words."""
    known = list(words)
    return f"{shown(value)} is not one of {', '.join(known)}", did_you_mean(value, among=known)


def joined(*clauses: str) -> str:
    """The clauses that say something, as one sentence: `'x' is no check; did you mean 'y'?`."""
    return "; ".join(clause for clause in clauses if clause)


def shown(value: object) -> str:
    """A value as a message shows it: quoted when it is text, as JSON spells it otherwise, and never long."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    text = repr(value)
    return text if len(text) <= _LONGEST_VALUE else f"{text[: _LONGEST_VALUE - 3]}..."


def shortened(text: str, longest: int = LONGEST_CODE) -> str:
    """The text, at most so many characters of it; of a longer one the last is an ellipsis."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def escaped(text: str) -> str:
    """The text with escapes for what cannot be seen, such as a zero-width space."""
    return text if text.isprintable() else "".join(char if char.isprintable() else _escape(char) for char in text)


def quoted(text: str) -> str:
    """The text in quotes, as it is but for what cannot be seen."""
    return f"'{escaped(text)}'"


def quoted_use(code: str) -> str:
    """A used code in quotes; customers paste anything, so a long one is shortened, and its length said."""
    return quoted(shortened(code)) + (f" ({len(code):,} characters)" if len(code) > LONGEST_CODE else "")


def plain(text: str) -> str:
    """A name or an id as it is, with escapes for control characters, which would break a line or turn it round."""
    return "".join(
        char if char.isprintable() or unicodedata.category(char) == "Zs" else _escape(char) for char in text
    )


def _escape(char: str) -> str:
    return char.encode("unicode_escape").decode()


def counted(number: int, noun: str) -> str:
    """So many of a thing: `1 click`, `1,204 clicks`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


class BadValueError(ValueError):
    """A value cannot be understood: `message` says why, `help` what to write instead, or nothing."""

    def __init__(self, message: str, help: str = "") -> None:
        self.message = message
        self.help = help
        super().__init__(message, help)

    def __str__(self) -> str:
        """Message and help in one sentence."""
        return joined(self.message, self.help)
