"""One order and its clicks as values, for pipelines that decide order by order.

Nothing is checked or converted here: a time may be text, an id a number; deciding reads them by the same
rules as tables.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Click:
    """One referral event of a customer by a partner."""

    event_time: datetime | date | str
    partner_id: str | int
    customer_id: str | int | None = None
    click_id: str | int | None = None
    program_id: str | int | None = None


@dataclass(frozen=True, slots=True)
class Conversion:
    """One order event; `promo_code` is a string or a list of them, `click_path` the order's own clicks."""

    conversion_id: str | int
    event_time: datetime | date | str
    customer_id: str | int | None = None
    promo_code: str | Sequence[str | None] | None = None
    amount: Decimal | int | float | str | None = None
    currency: str | None = None
    program_id: str | int | None = None
    click_path: Sequence[Click] | None = None
