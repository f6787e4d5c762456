"""Which promo code a use that matches nothing is nearest to, by comparing it with each of them, one after the other.

Written from the manual page of nearly-matched; what it takes from there is a list of ways to be near, the nearest
first. Nothing of the package is used.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import regex

from tests import oracle
from tests.oracle import Row
from tests.validation.usage.recount import Group, Recount, Use

ALIKE = str.maketrans({"0": "O", "1": "l", "I": "l"})
SPELLED_OUT = {"SAVE\\d+": True, "SUMMER": True, "(?i)friend.*": True, "[A-Z]+\\d": False, "A\\d{2}": False}
"""Patterns of these tests, and whether they spell out four characters in a row."""


def near(recount: Recount) -> tuple[list[Group], list[Group]]:
    """The tables `near` and `near_money`."""
    nearest = [(use, found) for use in recount.misses if (found := nearest_of(use, recount)) is not None]
    counts = Counter((index, use.used_code, how) for use, (index, how) in nearest)
    money = recount.tally(((index,), use.conversion) for use, (index, _) in nearest)
    return [(*key, number) for key, number in counts.items()], money


def nearest_of(use: Use, recount: Recount) -> tuple[int, str] | None:
    """Index of the promo code, and how near it is."""
    found = []
    in_order = oracle.in_precedence(
        [{**k, "index": i, "promo_code_id": k["id"], "code_position": 1} for i, k in enumerate(recount.codes)]
    )
    for place, k in enumerate(in_order):
        how, gap = apart(use, k, recount.settings)
        if how:
            found.append((RANKS[how], gap, place, k["index"], how))
    return min(found)[3:] if found else None


RANKS = {
    "CASE": 0,
    "WHITE_SPACE": 1,
    "CASE_AND_WHITE_SPACE": 2,
    "LOOK_ALIKE": 3,
    "NOT_YET": 4,
    "ENDED": 4,
    "STATE": 6,
    "PART": 7,
    "TYPO": 8,
    "OTHER_PROGRAM": 9,
}


def apart(use: Use, k: Row, settings: Row) -> tuple[str | None, timedelta]:
    """The one thing that keeps a use and a promo code apart, and by how much time; None if nothing, or several do."""
    u, t, none = use.used_code, use.conversion["event_time"], timedelta(0)
    if k["start_date"] and k["end_date"] and k["start_date"] > k["end_date"]:
        return None, none
    things: list[tuple[str, timedelta]] = []
    if not oracle.text_matches(k, u, settings):
        how = next(literal(u, k["code"], settings) if k["match_mode"] == "LI" else pattern(u, k, settings), None)
        if how is None:
            return None, none
        things.append((how, none))
    if not oracle.same_program(k, use.conversion):
        things.append(("OTHER_PROGRAM", none))
    if oracle.is_active({**k, "start_date": None, "end_date": None, "state": None}, t) and not oracle.is_active(k, t):
        things.append(dates(k, t))
    return things[0] if len(things) == 1 else (None, none)


def dates(k: Row, t: object) -> tuple[str, timedelta]:
    if not k["end_date"] and k["state"] in ("EXPIRED", "INACTIVE"):
        return "STATE", timedelta(0)
    if not k["start_date"] and k["state"] == "FUTUREDATE":
        return "STATE", timedelta(0)
    if k["start_date"] and t < k["start_date"]:
        return "NOT_YET", k["start_date"] - t
    return "ENDED", t - k["end_date"]


def literal(u: str, code: str, settings: Row) -> Iterator[str]:
    fold, bare = oracle.ascii_folded, squeezed
    insensitive = settings["literal_case"] == "insensitive"
    if fold(u) == fold(code):
        yield "CASE"
    if bare(code) and (bare(fold(u)) == bare(fold(code)) if insensitive else bare(u) == bare(code)):
        yield "WHITE_SPACE"
    if bare(code) and bare(fold(u)) == bare(fold(code)):
        yield "CASE_AND_WHITE_SPACE"
    looks = (squeezed(u).translate(ALIKE), squeezed(u).upper().translate(ALIKE))
    if looks[0] == squeezed(code).translate(ALIKE) or looks[1] == squeezed(code).upper().translate(ALIKE):
        yield "LOOK_ALIKE"
    if typo(bare(fold(u)), bare(fold(code))):
        yield "TYPO"


def pattern(u: str, k: Row, settings: Row) -> Iterator[str]:
    lenient = {**k, "code": f"(?i){k['code']}"}
    if oracle.text_matches(lenient, u, settings):
        yield "CASE"
    if oracle.text_matches(k, squeezed(u), settings):
        yield "WHITE_SPACE"
    if oracle.text_matches(lenient, squeezed(u), settings):
        yield "CASE_AND_WHITE_SPACE"
    if SPELLED_OUT[k["code"]] and oracle.text_matches(k, u, {**settings, "regex_match": "search"}):
        yield "PART"


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
