"""Real conversions as cases: each with its customer's clicks in the window, under no customer's name.

Customers are left out, since cases are strangers to each other and one case has one customer. Clicks that could not
count under any promo code are left out too: those after the order or before the lookback, bad rows. A click has its
program only if that is not the order's, and its id only if another click has its time.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import polars as pl

from attribution.cases.case_clicks import CUSTOMER
from attribution.cases.evaluate import Row
from attribution.crediting.ledger import CreditResult
from attribution.crediting.order import read_order
from attribution.events.event_records import Click, Conversion
from attribution.events.readers import Source
from attribution.explaining.explain import clicks_of, conversions_of
from attribution.explaining.placed_clicks import placed_clicks
from attribution.matching.used_codes import used_codes
from attribution.program import Program, Settings


class RealCase(NamedTuple):
    """A conversion with its clicks, in the order of the last click, and the credits that it has today."""

    conversion: Conversion
    clicks: tuple[Click, ...]
    credits: tuple[Row, ...]


def real_cases(
    program: Program,
    conversions: Source,
    clicks: Source | None,
    columns: Mapping[str, str] | None,
    result: CreditResult,
    ids: Sequence[str],
) -> list[RealCase]:
    """The conversions of these ids as cases; `result` is what `Engine.credit` makes of the tables."""
    wanted = pl.col("conversion_id").is_in(list(ids))
    table = conversions_of(program, conversions, columns).good.filter(wanted)
    rows = {row["conversion_id"]: row for row in table.iter_rows(named=True)}
    own: dict[str, list[Row]] = {}
    if clicks is not None:
        found, _ = clicks_of(table["customer_id"].unique(), clicks, program.settings, columns)
        for click in found:
            own.setdefault(click["customer_id"], []).append(click)
    credits: dict[str, list[Row]] = {}
    for row in result.credits.filter(wanted).sort("conversion_id", "partner_id").iter_rows(named=True):
        credits.setdefault(row["conversion_id"], []).append(row)
    return [
        _real(rows[ident], own.get(rows[ident]["customer_id"], ()), tuple(credits[ident]), program.settings)
        for ident in ids
    ]


def _real(row: Row, clicks: Iterable[Row], credits: tuple[Row, ...], settings: Settings) -> RealCase:
    order = read_order(row, settings.timezone)
    placed = [click for click in placed_clicks(order, clicks, None, settings) if click.in_path]
    times = Counter(click.event_time for click in placed)
    path = []
    for click in placed:
        click_id = click.click_id if times[click.event_time] > 1 else None
        other = None if click.program_id == credits[0]["program_id"] else click.program_id
        path.append(Click(click.event_time, click.partner_id, CUSTOMER, click_id, other))
    customer = None if order.customer_id is None and order.click_path is None else CUSTOMER
    codes = _codes(order.promo_code, settings.code_separator)
    conversion = Conversion(order.conversion_id, order.event_time, customer, codes, program_id=order.program_id)
    return RealCase(conversion, tuple(path), credits)


def _codes(value: str | list[str | None] | None, separator: str | None) -> str | list[str | None] | None:
    """The promo codes as they were given, without empty ones; a single one as text."""
    codes = used_codes(value, separator)
    if not codes or isinstance(value, str):
        return value if codes else None
    if len(codes) == 1 and not (separator and separator in codes[0]):
        return codes[0]
    return list(codes)
