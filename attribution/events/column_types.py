"""Says which types a column may have and brings each to the one the engine computes with.

Ids, codes and currencies become text: integers their decimal digits, categories their names; floats, booleans
and nested values are refused, because `7.0` or `True` is not what the other table calls the same thing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl
from polars.datatypes import DataTypeClass

from attribution.events.event_errors import WrongTypeError
from attribution.events.schema import AMOUNT, CLICK_PATH
from attribution.events.time_columns import time_column

_TEXT: Final = (pl.String, pl.Categorical, pl.Enum, pl.Null)


@dataclass(frozen=True, slots=True)
class Column:
    """One canonical column as an input has it: its name there and its type there."""

    theirs: str
    dtype: pl.DataType

    @property
    def zoned(self) -> bool:
        """Whether the times of the column, or within its structs, carry a zone: texts may, or may not."""
        return _is_zoned(self.dtype)


def _is_zoned(dtype: pl.DataType) -> bool:
    if isinstance(dtype, pl.List):
        return _is_zoned(_instance(dtype.inner))
    if isinstance(dtype, pl.Struct):
        return _is_zoned(fields_of(dtype).get("event_time", pl.Null()))
    return isinstance(dtype, pl.Null) or (isinstance(dtype, pl.Datetime) and dtype.time_zone is not None)


def check_types(source: str, columns: Mapping[str, Column]) -> None:
    """Refuses a column that cannot be what its name says, naming the types it may have."""
    for canonical, column in columns.items():
        accepted, words = _ACCEPTED.get(canonical, (_is_id, "text or integers"))
        if not accepted(column.dtype):
            raise WrongTypeError(source, column.theirs, canonical, column.dtype, words)


def _is_id(dtype: pl.DataType) -> bool:
    whole = isinstance(dtype, pl.Decimal) and dtype.scale == 0  # what Arrow has for integers beyond 64 bits
    return dtype.is_integer() or whole or isinstance(dtype, _TEXT)


def _is_time(dtype: pl.DataType) -> bool:
    return isinstance(dtype, (pl.Datetime, pl.Date, *_TEXT))


def _is_codes(dtype: pl.DataType) -> bool:
    return _is_id(dtype) or (isinstance(dtype, (pl.List, pl.Array)) and _is_id(_instance(dtype.inner)))


def _is_amount(dtype: pl.DataType) -> bool:
    return dtype.is_numeric() or isinstance(dtype, _TEXT)


def _is_path(dtype: pl.DataType) -> bool:
    if isinstance(dtype, pl.Null):
        return True
    if not isinstance(dtype, pl.List) or not isinstance(struct := _instance(dtype.inner), pl.Struct):
        return isinstance(dtype, pl.List) and isinstance(_instance(dtype.inner), pl.Null)
    fields = fields_of(struct)
    required = {"partner_id", "event_time"} <= fields.keys()
    ids = all(_is_id(fields[name]) for name in ("partner_id", "click_id") if name in fields)
    return required and ids and _is_time(fields["event_time"])


_ACCEPTED: Final = {
    "event_time": (_is_time, "a date-time, a date or text"),
    "promo_code": (_is_codes, "text or integers, or a list of them"),
    "amount": (_is_amount, "numbers or text"),
    "click_path": (_is_path, "a list of structs {partner_id, event_time, click_id}"),
}


def fields_of(struct: pl.Struct) -> dict[str, pl.DataType]:
    """The fields of a struct type by name."""
    return {field.name: _instance(field.dtype) for field in struct.fields}


def _instance(dtype: pl.DataType | DataTypeClass) -> pl.DataType:
    return dtype if isinstance(dtype, pl.DataType) else dtype()


def as_id(column: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    """An id as text, null where it is missing or empty."""
    text = as_text(column, dtype)
    return text if dtype.is_integer() else pl.when(text != "").then(text)


def as_text(column: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    """Text, categories or integers as text; nothing is stripped."""
    if isinstance(dtype, pl.String):
        return column
    return (column.cast(pl.Int128) if isinstance(dtype, pl.Decimal) else column).cast(pl.String)


def as_codes(column: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    """Used codes as text, or as lists of text where the input has lists."""
    if isinstance(dtype, pl.Array):
        return as_codes(column.arr.to_list(), pl.List(dtype.inner))
    if isinstance(dtype, pl.List):
        inner = _instance(dtype.inner)
        return column if isinstance(inner, pl.String) else column.list.eval(as_text(pl.element(), inner))
    return as_text(column, dtype)


def as_raw_amount(column: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    """Numbers as they are, text as text with `""` as missing, no amounts at all as `Decimal`."""
    if isinstance(dtype, pl.Null):
        return column.cast(AMOUNT)
    return column if dtype.is_numeric() else as_id(column, dtype)


def as_click_path(column: pl.Expr, dtype: pl.DataType, timezone: str) -> pl.Expr:
    """Lists of clicks in the type of `schema.CLICK_PATH`; a null among them becomes a click of nulls."""
    inner = _instance(dtype.inner) if isinstance(dtype, pl.List) else pl.Null()
    if not isinstance(inner, pl.Struct):
        return column.cast(CLICK_PATH)
    fields, click = fields_of(inner), pl.element().struct
    partner = as_id(click.field("partner_id"), fields["partner_id"])
    instant = time_column(click.field("event_time"), fields["event_time"], timezone)
    id_type = fields.get("click_id")
    click_id = pl.lit(None, pl.String) if id_type is None else as_id(click.field("click_id"), id_type)
    named = [partner.alias("partner_id"), instant.alias("event_time"), click_id.alias("click_id")]
    return column.list.eval(pl.struct(named))
