"""Small random programs in which promo codes collide: few texts, six instants, two or three partners.

Patterns are drawn from a grammar over the letters of the brute force, so that what tells two patterns apart is
nearly always among the used codes that are tried.
"""

from random import Random
from typing import Any, Final

import regex

from tests.validation.oracle.oracle import INSTANTS, Row, compiled

ATOMS: Final = ("A", "a", "k", "1", "-", "s", "é", " ", "A", "a", "1", "\u212a", "ſ", r"\n", r"\-", r"\x41", r"\.")
CLASSES: Final = ("[Aa]", "[^A]", "[A-Z]", "[a-k1]", "[^-1]", r"[\d-]", r"[^\s]", r"[^\W\d]", "[éA]", "[^ks]")
SHORTHANDS: Final = (".", ".", r"\w", r"\d", r"\s", r"\W", r"\S", r"\D", r"\p{Lu}", r"\P{L}", ".*", ".+")
REPEATS: Final = ("?", "*", "+", "{2}", "{1,2}", "{0,2}", "{2,}", "*?", "+?", "??", "{1,2}?", "{,1}")
IRREGULAR: Final = (
    "(?=A)", "(?!A)", "(?<=1)", "(?<!a)", r"\b", r"\B", "(?>A|Aa)", "a++", "A*+", "[Aa]?+", r"([Aa])\1", r"\X",
)  # fmt: skip
FLAGS: Final = ("(?i)", "(?i)", "(?s)", "(?is)", "(?m)", "^(?i)", "(?x)")
ANCHORS: Final = ("^", "$", r"\A", r"\Z")


def pattern(draw: Random, *, irregular: bool = True) -> str:
    """A pattern that compiles."""
    while True:
        text = _alternatives(draw, 2, irregular)
        if draw.random() < 0.3:
            text = draw.choice(("^", r"\A", "^^", "")) + text + draw.choice(("$", r"\Z", "$", ""))
        if draw.random() < 0.15:
            text = draw.choice(FLAGS) + text
        try:
            compiled(text)
        except regex.error:
            continue
        return text


def _alternatives(draw: Random, depth: int, irregular: bool) -> str:
    size = draw.choice((1, 1, 1, 2, 3))
    return "|".join(_sequence(draw, depth, irregular) for _ in range(size))


def _sequence(draw: Random, depth: int, irregular: bool) -> str:
    return "".join(_piece(draw, depth, irregular) for _ in range(draw.choice((1, 1, 2, 2, 3, 0))))


def _piece(draw: Random, depth: int, irregular: bool) -> str:
    kind = draw.random()
    if kind < 0.06:
        return draw.choice(ANCHORS)
    if irregular and kind < 0.09:
        return draw.choice(IRREGULAR)
    if kind < 0.55:
        text = draw.choice(ATOMS)
    elif kind < 0.68:
        text = draw.choice(CLASSES)
    elif kind < 0.83 or not depth:
        text = draw.choice(SHORTHANDS)
    else:
        text = draw.choice(("(", "(?:", "(?:", "(?i:", "(?s:")) + _alternatives(draw, depth - 1, irregular) + ")"
    single = text not in {".*", ".+"}
    return text + draw.choice(REPEATS) if single and draw.random() < 0.3 else text


def finite(draw: Random) -> str:
    """A pattern of which all that it matches is among the used codes that are tried: at most four of `Aa1-`."""
    whole = [draw.choice(("A", "a", "1", "[Aa]", "a?", "(?:A|1)", "-", "A??", "(a|)", "[Aa1]{1,2}"))]
    for _ in range(draw.choice((0, 1, 1, 2))):
        whole.append(draw.choice(("A", "a", "1", "-", "[Aa1]", "a?", "(?:A|-1)?", "A{0,1}")))
    text = "".join(whole[:2]) if draw.random() < 0.5 else "|".join(whole)
    return draw.choice(("", "^", r"\A")) + f"(?:{text})" + draw.choice(("", "$")) if draw.random() < 0.5 else text


def _text(draw: Random, kind: float, *, irregular: bool) -> str:
    if kind < 0.06:
        return draw.choice(("Aa", "^A1-$", "ſA", "(?i)a1", "éa"))
    return finite(draw) if kind < 0.25 else pattern(draw, irregular=irregular)


def promo_code(draw: Random, number: str, shared: Row) -> Row:
    """One promo code; `shared` has the choices of the world."""
    mode = draw.choice(("LI", "RE", "RE"))
    literals = ("A", "a", "A1", "a1", "-", "Aa", "k", "\u212a", "s", "é", "A A", " A", "A\nA", "1-")
    text = draw.choice(literals)
    if mode == "RE":
        text = _text(draw, draw.random(), irregular=bool(shared["irregular"]))
    dated = bool(shared["dated"])
    return {
        "id": number,
        "code": text or "A?",
        "match_mode": mode,
        "credit_rule": draw.choice(("ALWAYS", "ALWAYS", "INVOLVED", "WINNER")),
        "partner_id": draw.choice(("amy", "bob", "bob", "cat")),
        "program_id": draw.choice(("1", "2", None, None)) if shared["programs"] else None,
        "state": draw.choice(("ACTIVE", "EXPIRED", "INACTIVE", "FUTUREDATE", None)) if dated else None,
        "start_date": _instant(draw) if dated else None,
        "end_date": _instant(draw, late=True) if dated else None,
        "created_date": _instant(draw) if dated else None,
    }


def _instant(draw: Random, *, late: bool = False) -> str | None:
    number = draw.choice((None, None, 0, 1, 2, 3, 4, 5) if not late else (None, None, 5, 4, 3, 2, 1, 5))
    return None if number is None else INSTANTS[number].isoformat()


def program(seed: int) -> dict[str, Any]:
    """The program of a seed: three to six promo codes in a random order of ids."""
    draw = Random(seed)
    shared: Row = {name: draw.choice(("", "yes")) for name in ("irregular", "dated", "programs")}
    numbers = draw.sample(("9", "10", "a", "B", "b", "C"), draw.choice((3, 4, 5, 6)))
    settings = {
        "literal_case": draw.choice(("sensitive", "insensitive")),
        "regex_match": draw.choice(("full", "full", "search")),
        "resolution": draw.choice(("one", "one", "one", "split", "each")),
    }
    return {"settings": settings, "promo_codes": [promo_code(draw, number, shared) for number in numbers]}


def finite_program(seed: int) -> tuple[dict[str, Any], frozenset[str]]:
    """A program in which some promo codes match only what is tried, and their ids; patterns match as a whole."""
    draw = Random(seed)
    shared: Row = {"irregular": "", "dated": draw.choice(("", "", "yes")), "programs": draw.choice(("", "", "yes"))}
    rows = [promo_code(draw, number, shared) for number in draw.sample(("9", "10", "a", "B", "b"), 5)]
    for row in rows[:3]:
        row["code"] = finite(draw) if row["match_mode"] == "RE" else draw.choice(("A", "a", "A1", "a-", "Aa", "A A"))
    settings = {"literal_case": draw.choice(("sensitive", "insensitive")), "resolution": draw.choice(("one", "split"))}
    return {"settings": settings, "promo_codes": rows}, frozenset(str(row["id"]) for row in rows[:3])
