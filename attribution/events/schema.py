"""Column names and types of every table that leaves or enters the engine.

All ids are `String`; a missing id is null, never `""`. Instants are microseconds in UTC.
"""

from typing import Final

import polars as pl

TIME: Final = pl.Datetime("us", "UTC")
"""The type of every instant."""

AMOUNT: Final = pl.Decimal(38, 18)
"""The type of `amount` where the input has text, or no amounts; numbers keep the type that they have there."""

CREDITS: Final = pl.Schema(
    {
        "conversion_id": pl.String(),
        "program_id": pl.String(),
        "event_time": TIME,
        "outcome": pl.String(),
        "reason": pl.String(),
        "partner_id": pl.String(),
        "promo_code_id": pl.String(),
        "credit_rule": pl.String(),
        "used_code": pl.String(),
        "share": pl.Float64(),
        "amount": AMOUNT,  # in a result: the type that the input's amounts have
        "currency": pl.String(),
        "winner_partner_id": pl.String(),
        "last_click_time": TIME,
        "path_clicks": pl.UInt32(),
    }
)
"""One row per conversion and credited partner, or per conversion that credits nobody."""

VERDICTS: Final = pl.Schema(
    {
        "conversion_id": pl.String(),
        "promo_code_id": pl.String(),
        "used_code": pl.String(),
        "code_position": pl.UInt32(),
        "match_mode": pl.String(),
        "credit_rule": pl.String(),
        "partner_id": pl.String(),
        "involved": pl.Boolean(),
        "winner": pl.Boolean(),
        "met": pl.Boolean(),
        "selected": pl.Boolean(),
    }
)
"""One row per conversion and promo code that matched it."""

REJECTED: Final = pl.Schema(
    {
        "table": pl.String(),
        "source": pl.String(),
        "row": pl.UInt64(),
        "id": pl.String(),
        "reason": pl.String(),
        "value": pl.String(),
    }
)
"""One row per bad row of input.

`table` is `conversions` or `clicks`; `source` the file, null for a frame; `row` counts the rows of that
source from 1 (in NDJSON: its lines); `id` the conversion's or click's id where it has one; `reason` a
`RowReason`; `value` the text that could not be read, null where there was none.
"""

CONVERSION: Final = pl.Schema(
    {
        "row": pl.UInt32(),
        "conversion_id": pl.String(),
        "event_time": TIME,
        "customer_id": pl.String(),
        "promo_code": pl.String(),  # or List(String), as in the input
        "amount": AMOUNT,  # or the input's own numeric type
        "currency": pl.String(),
        "program_id": pl.String(),
    }
)
"""One row per well-formed conversion, unique by `conversion_id`; `row` is its place in the input from 0."""

PLACE: Final = pl.Schema({"source": pl.String(), "source_row": pl.UInt64()})
"""Where a row of a table stood: the file, null for a frame, and its row or line there, from 1."""

CLICK_PATH: Final = pl.List(pl.Struct({"partner_id": pl.String(), "event_time": TIME, "click_id": pl.String()}))
"""The type of `click_path`, a further column of conversions that carry their own clicks."""

CLICK: Final = pl.Schema(
    {
        "customer_id": pl.String(),
        "partner_id": pl.String(),
        "event_time": TIME,
        "click_id": pl.String(),
        "program_id": pl.String(),
    }
)
"""One row per click; `click_id` and `program_id` only where the input has them."""
