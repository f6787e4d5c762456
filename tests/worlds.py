"""Hypothesis strategies for small worlds in which things collide.

Two or three partners, a handful of overlapping codes, two moments of purchase and clicks on the exact edges
of their windows. A world is a batch of several orders under one program, so that one call of an evaluator
tests much. Wide draws (random text, random times) would almost never tie, overlap or touch an edge.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from hypothesis import strategies as st

from tests.evaluators import World
from tests.oracle import Row

T = TypeVar("T")

MICRO = timedelta(microseconds=1)
LOOKBACK = timedelta(hours=1)
# The spring switch of Berlin, so that an elapsed hour and an hour on the clock differ.
ORDERED = datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
ORDER_TIMES = (ORDERED, ORDERED + MICRO)
CLICK_TIMES = (
    ORDERED - LOOKBACK - MICRO,
    ORDERED - LOOKBACK,
    ORDERED - LOOKBACK + MICRO,
    ORDERED - MICRO,
    ORDERED,
    ORDERED + MICRO,
)
CODE_TIMES = (None, None, ORDERED - MICRO, ORDERED, ORDERED + MICRO, ORDERED + 2 * MICRO)
STATES = (None, None, "ACTIVE", "INACTIVE", "FUTUREDATE", "EXPIRED")
PARTNERS = ("p", "q", "r")
CUSTOMERS = ("c",) * 9 + ("C", "d", None, "")
CLICK_IDS = (None, "", "a", "b", "10", "9")

LITERALS = ("SAVE", "save", "Save", "SAVE10", "K10", "\u212a10", "SUMMER", "007", " SAVE", "straße", "A,B")
WIDE_PATTERNS = (".*", "(?s).+", "(?i)save.*", "[A-Z]+[0-9]*", "^(?i)(SUMMER|SAVE).*")
PATTERNS = (
    "^(?i)(SUMMER).*",
    "(?i)save",
    "SAVE|SAVE10",
    "(?i)k10",
    "^SAVE",
    "SAVE$",
    "007|SUMMER(?=25)",
    r"\d{3}",
    "(?i:s)AVE.?",
    r"(\w)\w*\1?",
    r"\bSUM\w+|Save",
    "(?i)straSSe",
)
PLAIN = ("SAVE", "save", "Save", "SAVE10", "K10", "k10", "SUMMER25", "summer", "007")
ODD = (
    " SAVE",
    "SAVE\u200b",
    "\ufeff\u00a0save\u2003",
    "\x1cSAVE",
    "\u212a10",
    "MIDSUMMER",
    "NOPE",
    "SA\nVE",
    "straße",
    "A,B",
    "",
    " \u200b",
)
USED = PLAIN + PLAIN + ODD
SEPARATORS = (None, ",", "||", " ", ";")


class Choices:
    """Decisions read off a string of bytes, one byte each; when they run out, always the first option.

    A world takes some three hundred small decisions. As that many Hypothesis draws it costs more than all
    three evaluators together; as one string of bytes it is cheap, and still shrinks: zero is the first option.
    """

    def __init__(self, data: bytes) -> None:
        self._rest = iter(data)

    def of(self, options: Sequence[T]) -> T:
        return options[next(self._rest, 0) % len(options)]

    def some(self, sizes: Sequence[int], options: Sequence[T]) -> list[T]:
        return [self.of(options) for _ in range(self.of(sizes))]


def settings(choose: Choices) -> Row:
    """Every combination of settings; the window is the one whose edges the clicks touch."""
    return {
        "lookback": choose.of(["60m", "1h"]),
        "literal_case": choose.of(["sensitive", "insensitive"]),
        "regex_match": choose.of(["full", "search"]),
        "code_separator": choose.of(SEPARATORS),
        "uncredited": choose.of(["withhold", "default"]),
        "default_crediting": choose.of(["last_click", "last_click", "none"]),
        "resolution": choose.of(["one", "split", "each"]),
        "timezone": choose.of(["UTC", "Europe/Berlin"]),
    }


def promo_codes(choose: Choices) -> list[Row]:
    """Two to five promo codes of distinct ids; most lists have no dates or states: the rules get a turn."""
    programs = choose.of([(None,), (None,), ("1", None), ("1",), ("1", "2", None)])
    times = choose.of([(None,), (None,), CODE_TIMES])
    created = choose.of([(None,), CODE_TIMES])
    states = choose.of([(None,), (None, "ACTIVE"), STATES])
    ids = choose.of([("9", "10", "a", "B", "b"), ("b", "B", "a", "10", "9"), ("a", "9", "b", "10", "B")])
    found = []
    for identifier in ids[: choose.of([2, 3, 4, 5, 5])]:
        mode = choose.of(["LI", "RE"])
        # Literals are read as patterns too: the two modes then meet on the same text.
        texts = {
            "LI": choose.of([LITERALS[:4], LITERALS]),
            "RE": choose.of([WIDE_PATTERNS, PATTERNS + LITERALS[:4]]),
        }
        found.append(
            {
                "id": identifier,
                "code": choose.of(texts[mode]),
                "match_mode": mode,
                "credit_rule": choose.of(["ALWAYS", "INVOLVED", "INVOLVED", "WINNER", "WINNER"]),
                "partner_id": choose.of(PARTNERS),
                "program_id": choose.of(programs),
                "state": choose.of(states),
                "start_date": choose.of(times),
                "end_date": choose.of(times),
                "created_date": choose.of(created),
            }
        )
    return found


def used(choose: Choices, known: Sequence[str], separator: str | None, *, listed: bool) -> Any:
    """What a customer entered: nothing, one code or several, often those that the program knows."""
    kind = choose.of(["one", "one", "several", "several", "none"])
    if kind == "none":
        return None
    texts = choose.some([1] if kind == "one" else [2, 3, 4, 0], choose.of([known, (*known, *USED), USED]))
    if listed:
        return [*texts, None] if choose.of([False, False, False, True]) else texts
    return (separator or ",").join(texts)


def conversions(
    choose: Choices, codes: list[Row], separator: str | None, *, listed: bool, bad: bool
) -> tuple[Row, ...]:
    """One to eight orders; their ids are distinct and a program is given where needed, unless `bad`."""
    needs_program = len({k["program_id"] for k in codes} - {None}) > 1
    programs = ("1", "2") if needs_program and not bad else ("1", "1", "1", "2", "3", None, "")
    known = [k["code"] for k in codes if k["match_mode"] == "LI"] + ["SAVE", "SUMMER25"]
    found: list[Row] = []
    for index in range(choose.of([1, 4, 8, 8])):
        row = {
            "conversion_id": f"o{index}",
            "event_time": choose.of(ORDER_TIMES),
            "customer_id": choose.of(CUSTOMERS),
            "promo_code": used(choose, known, separator, listed=listed),
            "amount": choose.of([None, Decimal("0"), Decimal("19.99"), Decimal("-3.1000")]),
            "currency": choose.of([None, "USD", "EUR"]),
            "program_id": choose.of(programs),
        }
        if bad:
            row["conversion_id"] = choose.of([f"o{index}"] * 5 + ["o0", "o1", None, ""])
            row["event_time"] = choose.of([*ORDER_TIMES * 3, None])
        found.append(row)
    return tuple(found)


def clicks(choose: Choices, *, bad: bool = False, sizes: Sequence[int] = (0, 1, 6, 9, 12)) -> tuple[Row, ...]:
    """Clicks on the edges of the window; without partner or time only if `bad`."""
    return tuple(
        {
            "event_time": choose.of(CLICK_TIMES + ((None,) if bad else ())),
            "partner_id": choose.of(PARTNERS * 2 + ((None, "") if bad else ())),
            "customer_id": choose.of(CUSTOMERS),
            "click_id": choose.of(CLICK_IDS),
            "program_id": choose.of((None, None, None, "1", "1", "2", "")),
        }
        for _ in range(choose.of(sizes))
    )


def worlds(*, bad: bool = False, listed: bool | None = None) -> st.SearchStrategy[World]:
    """A program, orders and clicks. `listed` says whether promo codes come as lists; None: either."""

    def world(data: bytes) -> World:
        choose = Choices(data)
        chosen = settings(choose)
        codes = promo_codes(choose)
        as_lists = choose.of([False, True]) if listed is None else listed
        log = clicks(choose, bad=bad)
        orders = conversions(choose, codes, chosen["code_separator"], listed=as_lists, bad=bad)
        return World({"settings": chosen, "promo_codes": codes}, orders, log)

    return st.binary(min_size=320, max_size=320).map(world)


def single_clicks() -> st.SearchStrategy[Row]:
    """One click on an edge of the window."""
    return st.binary(min_size=5, max_size=5).map(lambda data: clicks(Choices(data), sizes=[1])[0])


# Rewriting a world without changing what it means


def as_text(moment: datetime | None, offset_hours: int) -> str | None:
    """The same instant as ISO 8601 text with another offset."""
    if moment is None:
        return None
    minutes = timedelta(hours=offset_hours)
    local = (moment + minutes).replace(tzinfo=None).isoformat(sep=" " if offset_hours % 2 else "T")
    return f"{local}Z" if offset_hours == 0 else f"{local}{offset_hours:+03d}:00"


def with_text_times(world: World, offset_hours: int) -> World:
    """The same world with every event time as text."""

    def rewritten(row: Row) -> Row:
        return {**row, "event_time": as_text(row["event_time"], offset_hours)}

    return world.but(
        conversions=tuple(rewritten(row) for row in world.conversions),
        clicks=tuple(rewritten(row) for row in world.clicks),
    )


def with_carried_paths(world: World) -> World:
    """The same world without a click table: each order carries its customer's clicks of its program.

    Orders without a customer carry an empty path.
    """
    named = {k["program_id"] for k in world.program["promo_codes"]} - {None}
    only = named.pop() if len(named) == 1 else None

    def path(row: Row) -> list[Row]:
        program = row["program_id"] or only
        own = [c for c in world.clicks if row["customer_id"] and c["customer_id"] == row["customer_id"]]
        own = [c for c in own if not c["program_id"] or not program or c["program_id"] == program]
        return [{name: c[name] for name in ("partner_id", "event_time", "click_id")} for c in own]

    return world.but(conversions=tuple({**row, "click_path": path(row)} for row in world.conversions), clicks=())
