"""Which promo codes a use nearly matches, by comparing it with each of them, one after the other.

Written from the manual page of nearly-matched; what it takes from there is a list of differences, the nearest first.
Nothing of the package is used.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from itertools import product

import regex

from tests import oracle
from tests.oracle import Row
from tests.validation.usage.recount import Group, Recount, Use

ALIKE = str.maketrans({"0": "O", "1": "l", "I": "l"})
LONG_ENOUGH = {"SAVE\\d+": True, "SUMMER": True, "(?i)friend.*": True, "[A-Z]+\\d": False, "A\\d{2}": True}
"""Patterns of these tests, and whether whatever they match has three characters or more."""

DISTANCE = {
    "CASE": 0,
    "WHITE_SPACE": 1,
    "LOOK_ALIKE": 2,
    "NOT_YET": 3,
    "ENDED": 3,
    "STATE": 5,
    "PART": 6,
    "TYPO": 7,
    "PROGRAM": 8,
}

Differences = tuple[str, ...]


def near(recount: Recount) -> tuple[list[Group], list[Group]]:
    """The tables `near` and `near_money`."""
    nearest = [(use, found[0]) for use in recount.misses if (found := near_of(use, recount))]
    counts = Counter((index, use.used_code, how) for use, (index, how) in nearest)
    money = recount.tally(((index,), use.conversion) for use, (index, _) in nearest)
    return [(index, used_code, list(how), number) for (index, used_code, how), number in counts.items()], money


def near_of(use: Use, recount: Recount) -> list[tuple[int, Differences]]:
    """Index of each near promo code and what keeps it apart, the nearest first."""
    found = []
    in_order = oracle.in_precedence(
        [{**k, "index": i, "promo_code_id": k["id"], "code_position": 1} for i, k in enumerate(recount.codes)]
    )
    for place, k in enumerate(in_order):
        text, beyond, gap = apart(use, k, recount.settings)
        if text is None or not (text or beyond) or (text == ("TYPO",) and beyond):
            continue
        how = tuple(sorted((*text, *beyond), key=DISTANCE.__getitem__))
        farthest_first = sorted(map(DISTANCE.__getitem__, how), reverse=True)
        found.append((bool(text) + len(beyond), farthest_first, gap, place, k["index"], how))
    return [(index, how) for *_, index, how in sorted(found)]


def apart(use: Use, k: Row, settings: Row) -> tuple[Differences | None, Differences, timedelta]:
    """What keeps the texts apart (None: too much), what else does, and how much time lies between."""
    u, t, gap = use.used_code, use.conversion["event_time"], timedelta(0)
    kind = literal if k["match_mode"] == "LI" else pattern
    text = () if oracle.text_matches(k, u, settings) else next(kind(u, k, settings), None)
    beyond = () if oracle.same_program(k, use.conversion) else ("PROGRAM",)
    if oracle.is_active({**k, "start_date": None, "end_date": None, "state": None}, t) and not oracle.is_active(k, t):
        how, gap = dates(k, t)
        beyond = (how, *beyond)
    return text, beyond, gap


def dates(k: Row, t: object) -> tuple[str, timedelta]:
    if not k["end_date"] and k["state"] in ("EXPIRED", "INACTIVE"):
        return "STATE", timedelta(0)
    if not k["start_date"] and k["state"] == "FUTUREDATE":
        return "STATE", timedelta(0)
    if k["start_date"] and t < k["start_date"]:
        return "NOT_YET", k["start_date"] - t
    return "ENDED", t - k["end_date"]


def literal(u: str, k: Row, settings: Row) -> Iterator[Differences]:
    fold, bare, code = oracle.ascii_folded, squeezed, k["code"]
    insensitive = settings["literal_case"] == "insensitive"
    if fold(u) == fold(code):
        yield ("CASE",)
    if bare(code) and (bare(fold(u)) == bare(fold(code)) if insensitive else bare(u) == bare(code)):
        yield ("WHITE_SPACE",)
    if bare(code) and bare(fold(u)) == bare(fold(code)):
        yield "CASE", "WHITE_SPACE"
    looks = (squeezed(u).translate(ALIKE), squeezed(u).upper().translate(ALIKE))
    if looks[0] == squeezed(code).translate(ALIKE) or looks[1] == squeezed(code).upper().translate(ALIKE):
        yield ("LOOK_ALIKE",)
    if typo(bare(fold(u)), bare(fold(code))):
        yield ("TYPO",)


def pattern(u: str, k: Row, settings: Row) -> Iterator[Differences]:
    parts = (False, True) if LONG_ENOUGH[k["code"]] else (False,)
    for part, space, case in product(parts, (False, True), (False, True)):
        lenient = {**k, "code": f"(?i){k['code']}"} if case else k
        how = {**settings, "regex_match": "search"} if part else settings
        if oracle.text_matches(lenient, squeezed(u) if space else u, how):
            yield ("CASE",) * case + ("WHITE_SPACE",) * space + ("PART",) * part


def squeezed(text: str) -> str:
    return regex.sub(r"[\p{White_Space}\u200b\ufeff]", "", text)


def typo(one: str, other: str) -> bool:
    """Whether one slip, tried everywhere, makes one text of the other."""
    return min(len(one), len(other)) >= 5 and one != other and (other in set(slips(one)) or one in set(slips(other)))


def slips(text: str) -> Iterator[str]:
    letters = "abcdefghijklmnopqrstuvwxyz-"
    for at in range(len(text) + 1):
        before, after = text[:at], text[at:]
        for letter in letters:
            yield before + letter + after
            if after and not after[0].isdigit():
                yield before + letter + after[1:]
        if after and not after[0].isdigit():
            yield before + after[1:]
        if len(after) > 1 and not (after[0].isdigit() and after[1].isdigit()):
            yield before + after[1] + after[0] + after[2:]
