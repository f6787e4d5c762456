"""Patterns that are the same but for the letters of their words, so that what is slow for one is for the others.

`^(?!TEST)SUMMER([A-Z]|[A-Z]-?)+` and `^(?!TEST)WONDER([A-Z]|[A-Z]-?)+` are not: two letters of the first word are
equal, and that may matter (as in `(SUM|SUMSUM)+`). Letters count as the same if they stand in the same places of the
words, are of the same sort (upper, lower, digit) and occur nowhere else in the pattern.
"""

import re
from dataclasses import dataclass

from attribution.patterns.shapes import all_runs

_RANGE = re.compile(r"[A-Za-z0-9]-[A-Za-z0-9]")
_WHOLE_RANGES = re.compile("A-Z|a-z|0-9")


@dataclass(frozen=True, slots=True)
class Renaming:
    """A pattern without the identity of its letters, and those letters in order of their first place."""

    key: object
    letters: str


def renaming(pattern: str) -> Renaming:
    """What the pattern shares with others; itself alone where its classes may tell letters of one sort apart."""
    shape = all_runs(pattern)
    if not shape.runs or _RANGE.search(_WHOLE_RANGES.sub("", shape.text)):
        return Renaming(pattern, "")
    folded = "(?" in pattern and "i" in shape.text
    fixed = set(shape.text) | (set(shape.text.swapcase()) if folded else set())
    numbers: dict[str, int] = {}
    runs = tuple(
        tuple(
            char if char in fixed else (_sort(char), numbers.setdefault(char, len(numbers)))
            for char in (run.upper() if folded else run)
        )
        for run in shape.runs
    )
    return Renaming((shape.text, runs), "".join(numbers))


def reworded(text: str, old: Renaming, new: Renaming) -> str:
    """A used code made for the one pattern, with the other's letters."""
    pairs = list(zip(old.letters, new.letters, strict=True))
    lower = {ord(before.lower()): after.lower() for before, after in pairs}
    return text.translate({**lower, **{ord(before): after for before, after in pairs}})


def _sort(char: str) -> int:
    """The sort of a letter, digit or underscore."""
    return char.isupper() + 2 * char.islower() + 4 * char.isdigit()
