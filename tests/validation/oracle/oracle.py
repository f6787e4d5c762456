"""What promo codes match, by trying every used code up to a length; slow and obviously right.

Nothing here knows of automata. Used codes are stripped and never empty. Sets of used codes are integers, one bit for
each of `USED_CODES`, so that an intersection is an `&` and the first in common is the lowest bit: shortest first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from itertools import product
from typing import Final

import regex

Row = dict[str, str | None]

ALPHABET: Final = "Aak1- \né\u212asſ"
"""Both letter cases, two pairs that only full case folding equates (k and Kelvin, s and ſ), and what strips."""
STRIPPED: Final = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000\u200b\ufeff" + "".join(
    chr(point) for point in range(0x2000, 0x200B)
)
INSTANTS: Final = tuple(datetime(2026, 3, day, 12, tzinfo=UTC) for day in range(1, 7))


def used_codes(length: int, alphabet: str = ALPHABET) -> Iterator[str]:
    """Every used code of at most so many characters, shorter ones first."""
    for size in range(1, length + 1):
        for letters in product(alphabet, repeat=size):
            text = "".join(letters)
            if text == text.strip(STRIPPED):
                yield text


USED_CODES: Final = (*used_codes(3), *(text for text in used_codes(4, "Aa1- k") if len(text) == 4))
ONE_LINE: Final = sum(1 << at for at, text in enumerate(USED_CODES) if "\n" not in text)


def folded(text: str) -> str:
    """The text with ASCII letters in lower case, and no others."""
    return "".join(letter.lower() if letter.isascii() else letter for letter in text)


@lru_cache(maxsize=20_000)
def compiled(pattern: str) -> "regex.Pattern[str]":
    """The pattern; a global flag after a leading `^` holds for all of it."""
    moved = regex.sub(r"\A\^(\(\?[a-z]+\))", r"\1^", pattern)
    return regex.compile(moved, regex.V0, cache_pattern=False)


def matches(code: str, mode: str, settings: Row, used: str) -> bool:
    """Whether the text of a promo code matches a used code."""
    if mode == "LI":
        return folded(code) == folded(used) if settings.get("literal_case") == "insensitive" else code == used
    search = settings.get("regex_match") == "search"
    found = compiled(code).search(used) if search else compiled(code).fullmatch(used)
    return found is not None


@lru_cache(maxsize=20_000)
def _language(code: str, mode: str, insensitive: bool, search: bool) -> int:
    settings: Row = {
        "literal_case": "insensitive" if insensitive else None,
        "regex_match": "search" if search else None,
    }
    return sum(1 << at for at, used in enumerate(USED_CODES) if matches(code, mode, settings, used))


def language(code: str, mode: str, settings: Row) -> int:
    """Which of `USED_CODES` it matches."""
    insensitive = mode == "LI" and settings.get("literal_case") == "insensitive"
    return _language(code, mode, insensitive, mode == "RE" and settings.get("regex_match") == "search")


def shortest(found: int) -> str | None:
    """A shortest used code of a set."""
    return USED_CODES[(found & -found).bit_length() - 1] if found else None


@dataclass(frozen=True)
class Code:
    """One promo code of a small world, with its place in the order of precedence spelt out."""

    row: Row
    settings: Row

    def __getattr__(self, name: str) -> str:
        value = self.row[name]
        return "" if value is None else value

    @property
    def language(self) -> int:
        return language(self.code, self.match_mode, self.settings)

    def matches(self, used: str) -> bool:
        return matches(self.code, self.match_mode, self.settings, used)

    @property
    def open_at(self) -> frozenset[int]:
        """The numbers of `INSTANTS` at which it is active."""
        if (self.state in {"EXPIRED", "INACTIVE"} and not self.end_date) or (
            self.state == "FUTUREDATE" and not self.start_date
        ):
            return frozenset()
        first = datetime.fromisoformat(self.start_date or "0001-01-01T00:00+00:00")
        last = datetime.fromisoformat(self.end_date or "9999-01-01T00:00+00:00")
        return frozenset(number for number, at in enumerate(INSTANTS) if first <= at <= last)

    def before(self, other: "Code") -> str | None:
        """The field by which it precedes the other; None if it does not."""
        for field, mine, others in (
            ("match_mode", self.match_mode == "LI", other.match_mode == "LI"),
            ("start_date", self.start_date, other.start_date),
            ("created_date", self.created_date, other.created_date),
        ):
            if mine != others:
                return field if mine > others else None  # type: ignore[operator]  # both are of one kind in each row
        return "id" if self.id < other.id else None

    def meets_program(self, other: "Code") -> bool:
        return not self.program_id or not other.program_id or self.program_id == other.program_id


def in_precedence(codes: Sequence[Code]) -> list[Code]:
    """The promo codes, the one that precedes all others first."""
    return sorted(codes, key=lambda one: sum(other.before(one) is not None for other in codes))
