"""The evaluators under one roof: the oracle, `Engine.credit` on frames, and `Engine.decide` order by order.

Each takes a `World` (plain dictionaries) and returns the oracle's `Result`, so that a test can be written
once and run through all of them, and results can be compared as multisets of rows (`same`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import polars as pl

import attribution
from attribution.errors import AttributionError
from attribution.terms import RowReason
from tests import oracle, oracle_reading
from tests.oracle import CREDIT_COLUMNS, VERDICT_COLUMNS, Result, Row


@dataclass(frozen=True)
class World:
    """A program and what happened, as plain dictionaries with the specification's field names."""

    program: Row
    conversions: tuple[Row, ...]
    clicks: tuple[Row, ...] = ()

    def but(self, **changes: Any) -> "World":
        """This world with other conversions, clicks or program."""
        return replace(self, **changes)

    def with_settings(self, **settings: Any) -> "World":
        """This world under other settings."""
        return self.but(program={**self.program, "settings": {**self.program.get("settings", {}), **settings}})

    def with_promo_codes(self, promo_codes: Iterable[Row]) -> "World":
        """This world with other promo codes."""
        return self.but(program={**self.program, "promo_codes": list(promo_codes)})


Evaluator = Callable[[World], Result]


def by_oracle(world: World) -> Result:
    return oracle.settle(world.program, list(world.conversions), list(world.clicks))


def by_credit(world: World) -> Result:
    """One batch through `Engine.credit`, bad rows set aside."""
    clicks = clicks_frame(world.clicks) if world.clicks else None
    return of_tables(engine_of(world).credit(conversions_frame(world.conversions), clicks, bad_rows="reject"))


def by_decide(world: World) -> Result:
    """Every conversion through `Engine.decide` as a dictionary, the whole click list with each.

    A bad conversion is counted as rejected with the reason that its error names.
    """
    engine, result = engine_of(world), Result()
    for index, conversion in enumerate(world.conversions):
        try:
            decision = engine.decide(conversion, world.clicks)
        except AttributionError as problem:
            result.rejected.append(("conversions", index, _reason_in(str(problem))))
        else:
            append_decision(result, decision, conversion, world)
    return result


EVALUATORS: dict[str, Evaluator] = {"oracle": by_oracle, "credit": by_credit, "decide": by_decide}


def engine_of(world: World) -> Any:
    return attribution.Engine(attribution.Program.model_validate(world.program))


def of_tables(tables: Any) -> Result:
    """A `CreditResult` as the oracle's result; the columns must be exactly those of the specification."""
    assert tuple(tables.credits.columns) == CREDIT_COLUMNS
    assert tuple(tables.verdicts.columns) == VERDICT_COLUMNS
    rejected = [(r["table"], r["row"] - 1, r["reason"]) for r in tables.rejected.to_dicts()]
    return Result(tables.credits.to_dicts(), tables.verdicts.to_dicts(), rejected)


def append_decision(result: Result, decision: Any, conversion: Row, world: World) -> None:
    """One `Decision` as rows; what it does not repeat of its conversion is taken from there."""
    settings = oracle_reading.settings_of(world.program)
    about = oracle_reading.conversion_of(conversion, settings)
    shared = {name: about[name] for name in ("event_time", "amount", "currency")}
    for name in (
        "conversion_id",
        "program_id",
        "outcome",
        "winner_partner_id",
        "last_click_time",
        "path_clicks",
    ):
        shared[name] = getattr(decision, name)
    reasons = []
    for credit in decision.credits:
        fields = ("partner_id", "promo_code_id", "credit_rule", "used_code", "share")
        row = {**shared, **{name: getattr(credit, name) for name in fields}}
        paid_by_code = row["outcome"] == "PROMO_CODE"
        row["reason"] = f"RULE_{credit.credit_rule}" if paid_by_code else decision.reason
        reasons.append(str(row["reason"]))
        result.credits.append(row)
    if decision.credits:
        assert str(decision.reason) == reasons[0], "the reason of a decision is that of its first credit"
    else:
        result.credits.append({**shared, **_nobody(decision)})
    for verdict in decision.verdicts:
        names = [name for name in VERDICT_COLUMNS if name != "conversion_id"]
        row = {name: getattr(verdict, name) for name in names}
        result.verdicts.append({"conversion_id": decision.conversion_id, **row})


def _nobody(decision: Any) -> Row:
    """The credits row of a decision that pays nobody; a withheld one names the first promo code that matched."""
    cause = decision.verdicts[0] if decision.outcome == "WITHHELD" else None
    named = {name: getattr(cause, name, None) for name in ("promo_code_id", "credit_rule", "used_code")}
    return {**named, "partner_id": None, "share": 0.0, "reason": str(decision.reason)}


def _reason_in(message: str) -> str:
    named = [str(reason) for reason in RowReason if str(reason) in message]
    return named[0] if named else message


# Comparing


def same(left: Result, right: Result) -> None:
    """Equal as multisets of rows, table by table; shares within 1e-12."""
    assert rows(left.rejected_rows()) == rows(right.rejected_rows())
    assert rows(left.credits) == rows(right.credits)
    assert rows(left.verdicts) == rows(right.verdicts)


def rows(table: Iterable[Row]) -> list[str]:
    """A table's rows as sorted text, so that neither order nor the kind of number matters."""
    return sorted(", ".join(f"{name}={plain(row[name])!r}" for name in sorted(row)) for row in table)


def plain(value: Any) -> Any:
    """A cell without its type: words as text, shares to twelve digits, times and amounts as text."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, datetime):
        assert value.utcoffset() is not None, "times in results carry their offset"
        return oracle_reading.located(value, "UTC").isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, float | Fraction):
        return round(float(value), 12)
    return value


# Frames


def conversions_frame(conversions: Iterable[Row]) -> pl.DataFrame:
    """Conversions with a full schema; a column exists when some conversion has the field."""
    return _frame(conversions, required=("conversion_id", "event_time"))


def clicks_frame(clicks: Iterable[Row]) -> pl.DataFrame:
    """Clicks with a full schema; a column exists when some click has the field."""
    return _frame(clicks, required=("event_time", "partner_id", "customer_id"))


def _frame(table: Iterable[Row], required: tuple[str, ...]) -> pl.DataFrame:
    table = list(table)
    names = list(dict.fromkeys([*required, *(name for row in table for name in row)]))
    columns = {name: [row.get(name) for row in table] for name in names}
    return pl.DataFrame([pl.Series(name, cells, dtype=_dtype(name, cells)) for name, cells in columns.items()])


def _dtype(name: str, cells: list[Any]) -> Any:
    if name == "click_path":
        inner = [click for path in cells for click in path or []]
        return pl.List(pl.Struct({field: _dtype(field, [c.get(field) for c in inner]) for field in _PATH_FIELDS}))
    present = [cell for cell in cells if cell is not None]
    if not present:
        return {"event_time": pl.Datetime("us", "UTC"), "amount": pl.Decimal(38, 2)}.get(name, pl.String)
    first = present[0]
    if isinstance(first, datetime):
        return pl.Datetime("us", None if first.tzinfo is None else "UTC")
    for kind, dtype in _DTYPES.items():
        if isinstance(first, kind):
            return dtype
    raise TypeError(f"no column type for {first!r}")


_PATH_FIELDS = ("partner_id", "event_time", "click_id")
_DTYPES: dict[type, Any] = {
    str: pl.String,
    list: pl.List(pl.String),
    int: pl.Int64,
    float: pl.Float64,
    Decimal: pl.Decimal(38, 4),
    date: pl.Date,
}
