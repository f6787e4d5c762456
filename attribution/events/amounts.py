"""Reads amounts of money from text, exactly: `[+-]` digits, and `.` digits for a fraction.

At most 20 digits before the point (leading zeros not counted) and 18 after it, so that all amounts of a
table fit one `Decimal(38)` column. Exponents, separators of thousands, currency signs and white space make an amount
unreadable: they say that the column is not what it seems.
"""

import math
import re
from decimal import Decimal
from typing import Final

import polars as pl

from attribution.events.schema import AMOUNT
from attribution.events.time_columns import is_missing

_TEXT: Final = r"[+-]?0*[0-9]{1,20}(?:\.[0-9]{1,18})?"
_FORM: Final = re.compile(_TEXT)


def amount_column(texts: pl.Series) -> pl.Series:
    """Exact decimals of a column of texts, always of the type `schema.AMOUNT`; null for what cannot be read."""
    readable = texts.to_frame("text").select(pl.when(pl.col("text").str.contains(f"^(?:{_TEXT})$")).then("text"))
    return readable.to_series().cast(AMOUNT).alias(texts.name)


def parse_amount(value: object) -> Decimal | int | float | None:
    """One amount: a text as `amount_column` reads it, a finite number as it is, None for None, pandas' NA and `""`.

    `ValueError` for everything else.
    """
    if isinstance(value, str) and _FORM.fullmatch(value):
        return Decimal(value)
    if is_missing(value) or value == "":
        return None
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool) and math.isfinite(value):
        return value
    raise ValueError(f"{value!r} cannot be read as an amount")
