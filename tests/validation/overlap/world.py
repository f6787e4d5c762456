"""Small programs, and what loops and `regex` say of them: slow, and written from the specification alone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from itertools import combinations, product
from typing import Any

import regex

from attribution.crediting import rules
from attribution.program import Program, PromoCode
from attribution.validation.overlaps import Overlap, Overlaps, find_overlaps
from tests.patterns.small import patterns

STRIPPED = "\t\n\v\f\r \x85\xa0\u1680\u2000\u200a\u2028\u2029\u202f\u205f\u3000\u200b\ufeff"
LETTERS = "ab"
SMALL = ("a", "b", "A", "1", "é", "\n", " ")


def strings(alphabet: Iterable[str], longest: int) -> list[str]:
    """All used codes of these characters: not empty, without white space at an end."""
    chars = tuple(alphabet)
    texts = ("".join(text) for size in range(1, longest + 1) for text in product(chars, repeat=size))
    return [text for text in texts if text[0] not in STRIPPED and text[-1] not in STRIPPED]


# `regex` repeats \\K without end, and takes all memory.
ODD = patterns(odd=True).filter(lambda pattern: r"\K" not in pattern)

UNIVERSE = tuple(
    dict.fromkeys(strings(SMALL, 3) + strings(LETTERS, 6) + strings("abA1", 4) + ["\u212a", "ſ", "\u0660"])
)


def program(codes: Sequence[Mapping[str, Any]], **settings: str) -> Program:
    """Promo codes of different partners, patterns unless they say otherwise."""
    usual = {"match_mode": "RE", "credit_rule": "ALWAYS"}
    filled = [{**usual, "id": f"{at:03}", "partner_id": f"p{at}", **code} for at, code in enumerate(codes)]
    return Program.model_validate({"settings": settings, "promo_codes": filled})


def overlaps_of(made: Program, **options: int) -> Overlaps:
    """What is under test."""
    return find_overlaps(made, **options)


def proven(found: Overlaps) -> list[Overlap]:
    """Every pair with its used code, by the one that comes second."""
    return found.prove([(first, second) for second, firsts in found.rivals.items() for first in firsts.tolist()])


def of_patterns(patterns: Iterable[str], **settings: str) -> Overlaps:
    """The overlaps of patterns, each of a partner of its own; an earlier one precedes."""
    return overlaps_of(program([{"code": pattern} for pattern in patterns], **settings))


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> "regex.Pattern[str]":
    return regex.compile(pattern, regex.VERSION0, cache_pattern=False)


def ascii_lower(text: str) -> str:
    """Folded as literals are."""
    return "".join(chr(ord(char) + 32) if "A" <= char <= "Z" else char for char in text)


def matches(code: PromoCode, used_code: str, made: Program) -> bool:
    """Section 2 of the specification, the text alone; flags of patterns stand in front."""
    if code.match_mode == "LI":
        if made.settings.literal_case == "insensitive":
            return ascii_lower(code.code) == ascii_lower(used_code)
        return code.code == used_code
    judge = _compiled(code.code)
    found = judge.search(used_code) if made.settings.regex_match == "search" else judge.fullmatch(used_code)
    return found is not None


def meet(one: PromoCode, two: PromoCode) -> bool:
    """Whether the two may match one conversion, whatever their texts."""
    programs = one.program_id is None or two.program_id is None or one.program_id == two.program_id
    dates = [date for code in (one, two) for date in (code.start_date, code.end_date) if date]
    instants = dates or [datetime(2026, 1, 1, tzinfo=UTC)]
    return programs and any(one.is_active(at) and two.is_active(at) for at in instants)


def ordered(made: Program) -> Iterator[tuple[int, int]]:
    """All pairs, the one that precedes first."""
    ranks = rules.precedence(made.promo_codes)
    for one, two in combinations(range(len(ranks)), 2):
        yield (one, two) if ranks[one] < ranks[two] else (two, one)


def readable(text: str) -> tuple[int, list[tuple[int, str]]]:
    """The order in which a witness is chosen: short, then upper case, digits, lower case, dashes, ASCII, space."""
    groups = ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789", "abcdefghijklmnopqrstuvwxyz", "-_")
    named = {char: place for place, group in enumerate(groups) for char in group}

    def kind(char: str) -> int:
        if char.isascii():
            return named.get(char, 5 if char == " " else 4 if char.isprintable() else 8)
        return 6 if char.isalnum() else 7 if char.isprintable() else 8

    return len(text), [(kind(char), char) for char in text]


def proofs(made: Program, universe: Iterable[str] = UNIVERSE) -> dict[tuple[int, int], str]:
    """(first, second) -> the best used code of the universe that satisfies both."""
    codes = made.promo_codes
    matched = {index: {text for text in universe if matches(code, text, made)} for index, code in enumerate(codes)}
    found = {}
    for first, second in ordered(made):
        one, two = codes[first], codes[second]
        if one.partner_id != two.partner_id and meet(one, two) and (both := matched[first] & matched[second]):
            found[first, second] = min(both, key=readable)
    return found
