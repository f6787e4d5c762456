"""What a conversion carries as promo code(s) -> the used codes to match, in order.

A string is split where a separator is set; a list is taken as it is. Surrounding white space goes
(`terms.WHITE_SPACE`), what is empty then is no code, and a repeat of an earlier code does not count.
`used_codes` does it for one order, `used_code_table` for a column; they agree.
"""

from collections.abc import Sequence

import polars as pl

from attribution.terms import WHITE_SPACE


def used_codes(value: str | Sequence[str | None] | None, separator: str | None) -> tuple[str, ...]:
    """The distinct, stripped, non-empty used codes of one order, in order."""
    if value is None:
        return ()
    if isinstance(value, str):
        if not separator:
            return (code,) if (code := value.strip(WHITE_SPACE)) else ()
        parts: Sequence[str | None] = value.split(separator)
    else:
        parts = value
    stripped = [part.strip(WHITE_SPACE) for part in parts if part]
    return tuple(dict.fromkeys(code for code in stripped if code))


def used_code_table(rows: pl.Series, codes: pl.Series, separator: str | None) -> pl.DataFrame:
    """One row per used code of an order: row UInt32, code_position UInt32 from 1, used_code String.

    `rows` are distinct and name the orders, `codes` holds a String or a List(String) for each.
    Unique by (row, code_position) and by (row, used_code); orders without a used code have no row.
    Plain strings cost some 30 ns each, split ones and lists some 200 ns a code.
    """
    frame = pl.DataFrame({"row": rows.cast(pl.UInt32), "used_code": codes})
    if not isinstance(codes.dtype, pl.List | pl.Array):
        frame = frame.with_columns(pl.col("used_code").cast(pl.String))
        if not separator:
            return _stripped(frame).select("row", pl.lit(1, pl.UInt32).alias("code_position"), "used_code")
        several = pl.col("used_code").str.contains(separator, literal=True)
        single = _stripped(frame.filter(~several))
        parts = frame.filter(several).with_columns(pl.col("used_code").str.split(separator))
        ones = single.select("row", pl.lit(1, pl.UInt32).alias("code_position"), "used_code")
        return pl.concat([ones, _positioned(parts)])
    return _positioned(frame.with_columns(pl.col("used_code").cast(pl.List(pl.String))))


def _stripped(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows whose code, stripped, is not empty."""
    return frame.with_columns(pl.col("used_code").str.strip_chars(WHITE_SPACE)).filter(pl.col("used_code") != "")


def _positioned(frame: pl.DataFrame) -> pl.DataFrame:
    """Lists of codes, one row per distinct code, numbered within the order."""
    exploded = frame.explode("used_code", empty_as_null=True, keep_nulls=True)
    distinct = _stripped(exploded).unique(["row", "used_code"], keep="first", maintain_order=True)
    position = pl.int_range(1, pl.len() + 1, dtype=pl.UInt32).over("row")
    return distinct.select("row", position.alias("code_position"), "used_code")


def is_carried(text: str) -> bool:
    """Whether a used code of a table can hold the text at all: it comes as UTF-8."""
    return text.isascii() or not any("\ud800" <= char <= "\udfff" for char in text)
