"""What crediting returns: numbers inside, words at the edge. Only here do numbers become words.

The columns and their meaning are those of section 8 of the specification; `CREDITS` and `VERDICTS` in
`attribution.events.schema` name their types. A batch is a `Ledger` of numbers, from which `CreditResult` makes its
tables when they are asked for; a single order is a `Decision`.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, Final, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from attribution.crediting.rules import REASON_MET, RULES
from attribution.crediting.ruleset import Ruleset
from attribution.events.customers import ClickCounts
from attribution.events.schema import CREDITS, TIME, VERDICTS
from attribution.json_values import json_fields, json_values
from attribution.terms import CreditRule, MatchMode, Outcome, Reason

Numbers = NDArray[np.int64]

NONE: Final = -1
"""Stands for a missing number of a promo code, a used code or a partner."""


class Credit(NamedTuple):
    """Who is paid for a conversion. `promo_code_id`, `credit_rule` and `used_code` are None for a last click."""

    partner_id: str
    promo_code_id: str | None
    credit_rule: CreditRule | None
    used_code: str | None
    share: float


class Verdict(NamedTuple):
    """The result of one matched promo code's credit rule. `code_position` counts distinct used codes from 1."""

    promo_code_id: str
    used_code: str
    code_position: int
    match_mode: MatchMode
    credit_rule: CreditRule
    partner_id: str
    involved: bool
    winner: bool
    met: bool
    selected: bool


class Decision(NamedTuple):
    """The crediting of one conversion, with its reasons. `verdicts` are in precedence order.

    `credits` are the credited partners, empty when nobody is; `rows` are those of the table `credits`.
    `winner_partner_id`, `last_click_time` (UTC) and `path_clicks` describe the click path under every outcome.
    """

    conversion_id: str
    program_id: str | None
    event_time: datetime
    outcome: Outcome
    reason: Reason
    credits: tuple[Credit, ...]
    verdicts: tuple[Verdict, ...]
    winner_partner_id: str | None
    last_click_time: datetime | None
    path_clicks: int
    amount: Decimal | int | float | None
    currency: str | None

    def rows(self) -> list[dict[str, Any]]:
        """The rows that the table `credits` has of the conversion, in its order and with its columns."""
        own = {name: getattr(self, name) for name in CREDITS if hasattr(self, name)}
        rows = [
            # Under `split` and `each` every row has the reason of the rule that paid it; the decision has the first.
            {**own, **credit._asdict(), "reason": REASON_MET[credit.credit_rule] if credit.credit_rule else self.reason}
            for credit in self.credits
        ]
        if not rows:
            first = self.verdicts[0] if self.outcome is Outcome.WITHHELD else None
            named = {name: getattr(first, name, None) for name in ("promo_code_id", "credit_rule", "used_code")}
            rows = [{**own, **named, "partner_id": None, "share": 0.0}]
        return [{name: row[name] for name in CREDITS} for row in rows]

    def to_dict(self) -> dict[str, Any]:
        """The decision in the values of JSON: times as text in UTC, amounts as text."""
        return {
            **json_values(self._asdict()),
            "credits": [json_values(credit._asdict()) for credit in self.credits],
            "verdicts": [json_values(verdict._asdict()) for verdict in self.verdicts],
        }


class CreditNumbers(NamedTuple):
    """One element per row of `credits`, by conversion: the conversion's `row`, its `ruling`, the credited `partner`,
    the `hit` that names its promo code, and into how many `parts` the conversion is divided: 0 if nobody is credited.
    """

    row: Numbers
    ruling: NDArray[np.uint8]
    partner: Numbers
    hit: Numbers
    parts: Numbers


class Hits(NamedTuple):
    """One element per conversion and matched promo code, by conversion, then precedence: numbers and answers."""

    row: Numbers
    promo_code: Numbers
    used_code: Numbers
    code_position: Numbers
    involved: NDArray[np.bool_]
    winner: NDArray[np.bool_]
    met: NDArray[np.bool_]
    selected: NDArray[np.bool_]


class PathNumbers(NamedTuple):
    """One element per conversion: the winner's number, the time of the last click, and how many clicks there are."""

    winner: Numbers
    time: Numbers
    clicks: Numbers


@dataclass(frozen=True, slots=True)
class Ledger:
    """The result of a batch in numbers, and the words that they stand for.

    `conversions` are in the columns of `schema.CONVERSION`, with their programs resolved; `partner_ids` and
    `used_codes` have a word for each number.
    """

    conversions: pl.DataFrame
    ruleset: Ruleset
    partner_ids: pl.Series
    used_codes: pl.Series
    credits: CreditNumbers
    hits: Hits
    paths: PathNumbers

    def promo_codes(self) -> Numbers:
        """The number of the promo code that each row of `credits` names."""
        return np.where(self.credits.hit >= 0, _at(self.hits.promo_code, self.credits.hit), NONE)

    def credits_table(self) -> pl.DataFrame:
        """`credits` in words."""
        numbers, rulings = self.credits, self.ruleset.decisions
        row, hit = numbers.row, numbers.hit
        once = len(row) == self.conversions.height  # then each conversion has one row, in its place
        own = self.conversions.select("conversion_id", "program_id", "event_time", "amount", "currency")
        frame = own if once else own.select(pl.all().gather(row))
        promo_code = self.promo_codes()
        winner, time, clicks = (column if once else column[row] for column in self.paths)
        rule = _at(self.ruleset.numbers.rule.astype(np.int64), promo_code)
        return frame.with_columns(
            _words([one.outcome for one in rulings], numbers.ruling).alias("outcome"),
            _words([one.reason for one in rulings], numbers.ruling).alias("reason"),
            _words(self.partner_ids, numbers.partner).alias("partner_id"),
            _words(self.ruleset.frame["promo_code_id"], promo_code).alias("promo_code_id"),
            _words(RULES, np.where(promo_code >= 0, rule, NONE)).alias("credit_rule"),
            _words(self.used_codes, np.where(hit >= 0, _at(self.hits.used_code, hit), NONE)).alias("used_code"),
            pl.Series("share", np.divide(1.0, numbers.parts, out=np.zeros(len(row)), where=numbers.parts > 0)),
            _words(self.partner_ids, winner).alias("winner_partner_id"),
            _instants(time, winner >= 0).alias("last_click_time"),
            pl.Series("path_clicks", clicks, dtype=pl.UInt32),
        ).select(CREDITS.names())

    def verdicts_table(self) -> pl.DataFrame:
        """`verdicts` in words."""
        hits = self.hits
        promo_codes = self.ruleset.frame.select("promo_code_id", "match_mode", "credit_rule", "partner_id")
        return pl.DataFrame(
            [
                self.conversions["conversion_id"].gather(hits.row),
                _words(self.used_codes, hits.used_code).alias("used_code"),
                pl.Series("code_position", hits.code_position, dtype=pl.UInt32),
                *promo_codes.select(pl.all().gather(hits.promo_code)),
                *(pl.Series(name, getattr(hits, name)) for name in ("involved", "winner", "met", "selected")),
            ]
        ).select(VERDICTS.names())


def _at(values: NDArray[Any], places: Numbers) -> NDArray[Any]:
    """The values at these places; what stands at a missing place means nothing."""
    return values[places] if len(values) else np.zeros(len(places), dtype=values.dtype)


def _words(words: Any, numbers: NDArray[Any]) -> pl.Series:
    """The word of each number, null for `NONE`."""
    known = pl.Series([str(word) for word in words], dtype=pl.String) if isinstance(words, (list, tuple)) else words
    with_null = pl.concat([known.alias("word"), pl.Series("word", [None], dtype=pl.String)])
    return with_null.gather(np.where(numbers < 0, len(known), numbers))


def _instants(time: Numbers, known: NDArray[np.bool_]) -> pl.Series:
    frame = pl.DataFrame({"time": pl.Series(time).cast(TIME), "known": known})
    return frame.select(pl.when("known").then("time")).to_series()


@dataclass(frozen=True)
class CreditResult:
    """The crediting of a batch: three tables, and what was read.

    `credits`: one row per conversion, or per credited partner under `split` and `each`; in input order.
    `verdicts`: one row per conversion and matched promo code; by conversion in input order, then by precedence.
    `rejected`: one row per bad row of either table.
    """

    ledger: Ledger
    rejected: pl.DataFrame
    conversions_read: int
    conversions_rejected: int
    clicks: ClickCounts

    @cached_property
    def credits(self) -> pl.DataFrame:
        """The table `credits`, made when it is first asked for."""
        return self.ledger.credits_table()

    @cached_property
    def verdicts(self) -> pl.DataFrame:
        """The table `verdicts`, made when it is first asked for."""
        return self.ledger.verdicts_table()

    @property
    def conversions_credited(self) -> int:
        """Conversions in `credits`, those that credit nobody included."""
        return self.conversions_read - self.conversions_rejected

    def to_dict(self) -> dict[str, Any]:
        """The counts and the rows of all tables in the values of JSON."""
        tables = {"credits": self.credits, "verdicts": self.verdicts, "rejected": self.rejected}
        return {
            **json_fields(self, "conversions_read", "conversions_credited", "conversions_rejected"),
            "clicks": self.clicks.to_dict(),
            **{name: [json_values(row) for row in table.iter_rows(named=True)] for name, table in tables.items()},
        }

