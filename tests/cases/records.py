"""Records for hand-written cases: everything that a case does not speak of has a plain default."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.evaluators import World
from tests.oracle import Result, Row

T = datetime(2026, 5, 20, 12, 0, tzinfo=UTC)
"""When orders are placed unless a case says otherwise."""
MICRO = timedelta(microseconds=1)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def promo(identifier: str = "k", partner_id: str = "owner", **fields: Any) -> Row:
    """A literal `SAVE`, always credited to `owner`."""
    plain = {"code": "SAVE", "match_mode": "LI", "credit_rule": "ALWAYS"}
    return {"id": identifier, "partner_id": partner_id, **plain, **fields}


def order(promo_code: Any = "SAVE", **fields: Any) -> Row:
    """An order of customer `c` at T with the code `SAVE`."""
    plain = {"conversion_id": "o", "event_time": T, "customer_id": "c"}
    return {**plain, "promo_code": promo_code, **fields}


def click(partner_id: str = "owner", before: timedelta = MINUTE, **fields: Any) -> Row:
    """A click of customer `c`, `before` T."""
    plain = {"event_time": T - before, "customer_id": "c"}
    return {"partner_id": partner_id, **plain, **fields}


def world(*promo_codes: Row, orders: Any = None, clicks: Any = (), **settings: Any) -> World:
    """One order of `SAVE` unless given others; one promo code that nobody used unless given others."""
    orders = [order()] if orders is None else orders
    program = {"settings": settings, "promo_codes": list(promo_codes or [promo("idle", code="IDLE")])}
    return World(program, tuple(orders), tuple(clicks))


def shown(row: Row, *names: str) -> Any:
    """Some cells of a row as plain values."""
    cells = [str(row[name]) if isinstance(row[name], str) else row[name] for name in names]
    return cells[0] if len(cells) == 1 else tuple(cells)


def decided(result: Result) -> tuple[Any, ...]:
    """Outcome, reason and partner of the only credit."""
    (row,) = result.credits
    return tuple(shown(row, "outcome", "reason", "partner_id"))


def paid_codes(result: Result) -> list[str]:
    """The promo codes that are paid, sorted."""
    return sorted(row["promo_code_id"] for row in result.credits if row["outcome"] == "PROMO_CODE")


def matched(result: Result) -> list[str]:
    """The promo codes that matched, sorted."""
    return sorted(row["promo_code_id"] for row in result.verdicts)
