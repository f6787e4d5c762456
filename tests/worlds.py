"""Hypothesis strategies for small worlds in which things collide.

Two or three partners, a handful of overlapping codes, two moments of purchase and clicks on the exact edges
of their windows. A world is a batch of several orders under one program, so that one call of an evaluator tests
much. Wide draws (random text, random times) would almost never tie, overlap or touch an edge.
"""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from tests.evaluators import World
from tests.oracle import Row

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
PROGRAMS = ("1", "2", None)
CUSTOMERS = ("c", "c", "C", "d", None, "")
CLICK_IDS = (None, "", "a", "b", "10", "9")

LITERALS = ("SAVE", "save", "Save", "K10", "\u212a10", "SUMMER", "007", "SAVE10", " SAVE", "straße", "A,B")
PATTERNS = (
    "^(?i)(SUMMER).*",
    "(?i)save",
    "SAVE|SAVE10",
    "[A-Z]+[0-9]*",
    "(?i)k10",
    "^SAVE",
    "SAVE$",
    "007|SUMMER(?=25)",
    r"\d{3}",
    ".*",
    "(?s).+",
    "(?i:s)AVE.?",
    r"(\w)\w*\1?",
    r"\bSUM\w+|Save",
    "(?i)straSSe",
)
USED = (
    "SAVE",
    "save",
    "Save",
    " SAVE",
    "SAVE\u200b",
    "\ufeff\u00a0save\u2003",
    "\x1cSAVE",
    "K10",
    "k10",
    "\u212a10",
    "SUMMER25",
    "summer",
    "MIDSUMMER",
    "007",
    "SAVE10",
    "NOPE",
    "SA\nVE",
    "straße",
    "A,B",
    "",
    " \u200b",
)
SEPARATORS = (None, ",", "||", " ", ";")


def settings() -> st.SearchStrategy[Row]:
    """Every combination of settings; the window is the one whose edges the clicks touch."""
    return st.fixed_dictionaries(
        {
            "lookback": st.sampled_from(["60m", "1h"]),
            "literal_case": st.sampled_from(["sensitive", "insensitive"]),
            "regex_match": st.sampled_from(["full", "search"]),
            "code_separator": st.sampled_from(SEPARATORS),
            "uncredited": st.sampled_from(["withhold", "default"]),
            "default_crediting": st.sampled_from(["last_click", "last_click", "none"]),
            "resolution": st.sampled_from(["one", "split", "each"]),
            "timezone": st.sampled_from(["UTC", "Europe/Berlin"]),
        }
    )


def _code() -> st.SearchStrategy[tuple[str, str]]:
    literal = st.tuples(st.just("LI"), st.sampled_from(LITERALS))
    # Literals read as patterns too: the two modes then meet on the same text.
    pattern = st.tuples(st.just("RE"), st.sampled_from(PATTERNS + LITERALS[:4]))
    return literal | pattern


@st.composite
def promo_codes(draw: st.DrawFn, programs: tuple[str | None, ...] = PROGRAMS) -> list[Row]:
    """Three to five promo codes of distinct ids; half of the lists have no dates: the rules get a turn."""
    times = draw(st.sampled_from([(None,), CODE_TIMES]))
    states = draw(st.sampled_from([(None, "ACTIVE"), STATES]))
    ids = draw(st.permutations(["9", "10", "a", "B", "b"]))[: draw(st.integers(3, 5))]
    found = []
    for identifier in ids:
        mode, code = draw(_code())
        found.append(
            {
                "id": identifier,
                "code": code,
                "match_mode": mode,
                "credit_rule": draw(st.sampled_from(["ALWAYS", "INVOLVED", "WINNER"])),
                "partner_id": draw(st.sampled_from(PARTNERS)),
                "program_id": draw(st.sampled_from(programs)),
                "state": draw(st.sampled_from(states)),
                "start_date": draw(st.sampled_from(times)),
                "end_date": draw(st.sampled_from(times)),
                "created_date": draw(st.sampled_from(times)),
            }
        )
    return found


def _used(separator: str | None, *, listed: bool) -> st.SearchStrategy[Any]:
    codes = st.lists(st.sampled_from(USED), max_size=4)
    if listed:
        return st.none() | st.lists(st.sampled_from((*USED, None)), max_size=4)
    return st.none() | codes.map((separator or ",").join) | st.sampled_from(USED)


@st.composite
def conversions(
    draw: st.DrawFn, separator: str | None, *, listed: bool, needs_program: bool, bad: bool, size: int = 8
) -> tuple[Row, ...]:
    """One to `size` orders; their ids are distinct and a program is given where needed, unless `bad`."""
    found = []
    programs = ("1", "2") if needs_program and not bad else ("1", "2", "3", None, "")
    for index in range(draw(st.integers(1, size))):
        row = {
            "conversion_id": f"o{index}",
            "event_time": draw(st.sampled_from(ORDER_TIMES)),
            "customer_id": draw(st.sampled_from(CUSTOMERS)),
            "promo_code": draw(_used(separator, listed=listed)),
            "amount": draw(st.sampled_from([None, Decimal("0"), Decimal("19.99"), Decimal("-3.1000")])),
            "currency": draw(st.sampled_from([None, "USD", "EUR"])),
            "program_id": draw(st.sampled_from(programs)),
        }
        if bad:
            row["conversion_id"] = draw(st.sampled_from([f"o{index}", f"o{index}", "o0", "o1", None, ""]))
            row["event_time"] = draw(st.sampled_from([*ORDER_TIMES, None]))
        found.append(row)
    return tuple(found)


@st.composite
def clicks(draw: st.DrawFn, *, bad: bool = False, size: int = 10) -> tuple[Row, ...]:
    """None to `size` clicks on the edges of the window; without partner or time only if `bad`."""
    gaps = (None,) if bad else ()
    one = st.fixed_dictionaries(
        {
            "event_time": st.sampled_from(CLICK_TIMES + gaps),
            "partner_id": st.sampled_from(PARTNERS + gaps + (("",) if bad else ())),
            "customer_id": st.sampled_from(CUSTOMERS),
            "click_id": st.sampled_from(CLICK_IDS),
            "program_id": st.sampled_from(("1", "2", None, None, "")),
        }
    )
    return tuple(draw(st.lists(one, max_size=size)))


@st.composite
def worlds(draw: st.DrawFn, *, bad: bool = False, listed: bool | None = None) -> World:
    """A program, orders and clicks. `listed` says whether promo codes come as lists; None: either."""
    chosen = draw(settings())
    programs = draw(st.sampled_from([PROGRAMS, ("1", None), (None,), ("1",)]))
    codes = draw(promo_codes(programs))
    named = {k["program_id"] for k in codes} - {None}
    as_lists = draw(st.booleans()) if listed is None else listed
    orders = draw(
        conversions(chosen["code_separator"], listed=as_lists, needs_program=len(named) > 1, bad=bad)
    )
    return World({"settings": chosen, "promo_codes": codes}, orders, draw(clicks(bad=bad)))


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

    return world.but(
        conversions=tuple({**row, "click_path": path(row)} for row in world.conversions), clicks=()
    )
