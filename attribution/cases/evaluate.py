"""Settles cases with both evaluators: all of them together in tables, and each order by itself.

What they say is brought to one form, so that it can be compared: rows of `credits` and of `verdicts`, without the
conversion's own columns.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from attribution.cases.case import Case
from attribution.engine import Engine
from attribution.events.event_records import Click, Conversion
from attribution.events.schema import CLICK, CREDITS, VERDICTS

Row = Mapping[str, Any]

OWN: Final = ("conversion_id", "event_time", "amount", "currency")
"""Columns of results that are the conversion's own."""

_CREDIT: Final = tuple(name for name in CREDITS if name not in OWN)
_VERDICT: Final = tuple(name for name in VERDICTS if name not in OWN)
_CONVERSION: Final = {
    "conversion_id": pl.String(),
    "event_time": pl.Datetime("us", "UTC"),
    "customer_id": pl.String(),
    "promo_code": pl.String(),
    "amount": pl.String(),
    "currency": pl.String(),
    "program_id": pl.String(),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What an evaluator says of one conversion: `credits` by partner, `verdicts` in precedence order."""

    credits: tuple[Row, ...]
    verdicts: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """One conversion of a case by both evaluators; they must agree."""

    by_tables: Answer
    by_order: Answer


def settle(engine: Engine, cases: Sequence[Case]) -> list[tuple[Settled, ...]]:
    """For each case its conversions, in order."""
    by_tables = _by_tables(engine, cases)
    return [
        tuple(
            Settled(by_tables[_key(at, number)], _by_order(engine, order.conversion, case.clicks))
            for number, order in enumerate(case.orders)
        )
        for at, case in enumerate(cases)
    ]


def _by_order(engine: Engine, conversion: Conversion, clicks: Sequence[Click]) -> Answer:
    decision = engine.decide(conversion, clicks)
    verdicts = tuple({name: getattr(verdict, name) for name in _VERDICT} for verdict in decision.verdicts)
    rows = ({name: row[name] for name in _CREDIT} for row in decision.rows())
    return Answer(_sorted(rows), verdicts)


def _by_tables(engine: Engine, cases: Sequence[Case]) -> dict[str, Answer]:
    """Every conversion by its key. Customers are told apart by their case."""
    orders = [
        (_key(at, number), at, order.conversion)
        for at, case in enumerate(cases)
        for number, order in enumerate(case.orders)
    ]
    clicks = _clicks_frame((at, click) for at, case in enumerate(cases) for click in case.clicks)
    credits: dict[str, list[Row]] = {key: [] for key, _, _ in orders}
    verdicts: dict[str, list[Row]] = {key: [] for key, _, _ in orders}
    # A column holds texts, which are split, or lists, which are not: two runs where there are both.
    for listed in (False, True):
        chosen = [order for order in orders if isinstance(order[2].promo_code, list) is listed]
        if chosen:
            result = engine.credit(_conversions_frame(chosen), clicks)
            for table, found in ((result.credits, credits), (result.verdicts, verdicts)):
                for row in table.iter_rows(named=True):
                    found[row["conversion_id"]].append({name: row[name] for name in row if name not in OWN})
    return {key: Answer(_sorted(credits[key]), tuple(verdicts[key])) for key in credits}


def _key(case: int, order: int) -> str:
    return f"{case}/{order}"


def _sorted(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(sorted(rows, key=lambda row: row["partner_id"] or ""))


def _conversions_frame(orders: Sequence[tuple[str, int, Conversion]]) -> pl.DataFrame:
    """A table of conversions, given the key of each and the number of its case.

    The promo codes are texts, or lists where any is.
    """
    listed = any(isinstance(conversion.promo_code, list) for _, _, conversion in orders)
    schema = {**_CONVERSION, "promo_code": pl.List(pl.String()) if listed else pl.String()}
    rows = [
        (key, one.event_time, _of_case(case, one.customer_id), one.promo_code, one.amount, one.currency, one.program_id)
        for key, case, one in orders
    ]
    return pl.DataFrame(rows, schema=schema, orient="row")


def _clicks_frame(clicks: Iterable[tuple[int, Click]]) -> pl.DataFrame:
    """A table of clicks, each with the number of its case."""
    rows = [
        (_of_case(case, one.customer_id), one.partner_id, one.event_time, one.click_id, one.program_id)
        for case, one in clicks
    ]
    return pl.DataFrame(rows, schema=CLICK, orient="row")


def _of_case(case: int, customer_id: str | int | None) -> str | None:
    return None if customer_id is None else f"{case}/{customer_id}"
