"""What crediting returns: tables for a batch, records for a single order.

The columns and their meaning are those of section 8 of the specification; `CREDITS` and `VERDICTS` in
`attribution.events.schema` name their types.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import polars as pl

from attribution.events.customers import ClickCounts
from attribution.terms import CreditRule, MatchMode, Outcome, Reason


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

    `winner_partner_id`, `last_click_time` (UTC) and `path_clicks` describe the click path whatever the outcome.
    """

    conversion_id: str
    program_id: str | None
    outcome: Outcome
    reason: Reason
    credits: tuple[Credit, ...]
    verdicts: tuple[Verdict, ...]
    winner_partner_id: str | None
    last_click_time: datetime | None
    path_clicks: int


@dataclass(frozen=True, slots=True)
class CreditResult:
    """The crediting of a batch: three tables, and what was read.

    `credits`: one row per conversion, or per credited partner under `split` and `each`; in input order.
    `verdicts`: one row per conversion and matched promo code; by conversion in input order, then by precedence.
    `rejected`: one row per bad row of either table.
    """

    credits: pl.DataFrame
    verdicts: pl.DataFrame
    rejected: pl.DataFrame
    conversions_read: int
    conversions_rejected: int
    clicks: ClickCounts

    @property
    def conversions_credited(self) -> int:
        """Conversions in `credits`, those that credit nobody included."""
        return self.conversions_read - self.conversions_rejected
