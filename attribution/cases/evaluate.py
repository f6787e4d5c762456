"""Settles cases with both evaluators: all of them together in tables, and each order by itself.

What they say is brought to one form, so that it can be compared: rows of `credits` and of `verdicts`, without the
conversion's own columns.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any, Final, NamedTuple

import polars as pl

from attribution.cases.case import Case
from attribution.engine import Engine
from attribution.events.event_records import Click, Conversion
from attribution.events.schema import CLICK, TIME

Row = Mapping[str, Any]

OWN: Final = ("conversion_id", "event_time", "amount", "currency")
"""Columns of results that are the conversion's own."""

_CONVERSION: Final = pl.Schema({field.name: pl.String() for field in fields(Conversion) if field.name != "click_path"})


class Answer(NamedTuple):
    """What an evaluator says of one conversion: `credits` by partner, `verdicts` in precedence order."""

    credits: tuple[Row, ...]
    verdicts: tuple[Row, ...]


class Settled(NamedTuple):
    """One conversion of a case by both evaluators; they must agree."""

    by_tables: Answer
    by_order: Answer


def settle(engine: Engine, cases: Sequence[Case]) -> list[list[Settled]]:
    """For each case its conversions, in order."""
    by_tables = iter(_by_tables(engine, cases))
    return [
        [Settled(next(by_tables), _by_order(engine, order.conversion, case.clicks)) for order in case.orders]
        for case in cases
    ]


def _by_order(engine: Engine, conversion: Conversion, clicks: Sequence[Click]) -> Answer:
    decision = engine.decide(conversion, clicks)
    return Answer(_sorted(map(_said, decision.rows())), tuple(verdict._asdict() for verdict in decision.verdicts))


def _by_tables(engine: Engine, cases: Sequence[Case]) -> list[Answer]:
    """Every conversion, numbered in order. Customers are told apart by the numbers of their cases."""
    conversions = [_row(order.conversion, at, _CONVERSION) for at, case in enumerate(cases) for order in case.orders]
    for number, row in enumerate(conversions):
        row["conversion_id"] = str(number)
    clicks = pl.DataFrame([_row(one, at, CLICK) for at, case in enumerate(cases) for one in case.clicks], CLICK)
    credits: list[list[Row]] = [[] for _ in conversions]
    verdicts: list[list[Row]] = [[] for _ in conversions]
    # A column holds texts, which are split, or lists, which are not: two runs where there are both.
    for listed, codes in ((False, pl.String()), (True, pl.List(pl.String()))):
        chosen = [row for row in conversions if isinstance(row["promo_code"], list) is listed]
        if chosen:
            schema = {**_CONVERSION, "event_time": TIME, "promo_code": codes}
            result = engine.credit(pl.DataFrame(chosen, schema), clicks)
            for table, found in ((result.credits, credits), (result.verdicts, verdicts)):
                for row in table.iter_rows(named=True):
                    found[int(row["conversion_id"])].append(_said(row))
    return [Answer(_sorted(rows), tuple(judged)) for rows, judged in zip(credits, verdicts, strict=True)]


def _row(record: Conversion | Click, case: int, columns: Iterable[str]) -> dict[str, Any]:
    """A record as a row of a table; its customer is one of the case with this number."""
    row = {name: getattr(record, name) for name in columns}
    return row if record.customer_id is None else {**row, "customer_id": f"{case}/{record.customer_id}"}


def _said(row: Row) -> Row:
    return {name: value for name, value in row.items() if name not in OWN}


def _sorted(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(sorted(rows, key=lambda row: row["partner_id"] or ""))
