"""Reads conversions whole: the well-formed ones and, apart from them, the bad rows with their reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from attribution.events.amounts import amount_column
from attribution.events.column_names import CONVERSIONS
from attribution.events.column_types import as_click_path, as_codes, as_id, as_raw_amount
from attribution.events.event_errors import WrongTypeError, reading
from attribution.events.ndjson import LISTED
from attribution.events.schema import CLICK_PATH, CONVERSION
from attribution.events.sources import ROW, Part, Source, open_parts
from attribution.events.table_files import Format
from attribution.events.time_columns import time_column, time_text, within_calendar
from attribution.terms import WHITE_SPACE, RowReason

_SOURCE: Final = "__source"
_TIME: Final = "__time"
_AMOUNT: Final = "__amount"
_TIMED: Final = ("event_time", "click_path")


@dataclass(frozen=True, slots=True)
class ConversionTable:
    """The conversions of an input: `good` and `bad` rows; together they are the `read` rows.

    `good` is in the order of the input, in the columns of `schema.CONVERSION`, and `click_path`
    (`schema.CLICK_PATH`) where the input has it; `places` says beside each of its rows where it stood, as `source` and
    `source_row` (`schema.PLACE`); `bad` is in the columns of `schema.REJECTED`, in the order of the input.
    `zoned`: every time has a type that carries its zone. `mixed_codes`: some rows had lists of promo codes, others
    perhaps texts.
    """

    good: pl.DataFrame
    places: pl.DataFrame
    bad: pl.DataFrame
    read: int
    zoned: bool
    mixed_codes: bool


def read_conversions(
    source: Source,
    *,
    timezone: str,
    columns: Mapping[str, str] | None = None,
    needs_program: bool = False,
    code_separator: str | None = None,
) -> ConversionTable:
    """Reads a table of conversions; rows that share a `conversion_id` are all bad.

    With `needs_program` so are rows without a `program_id`. Where some rows have lists of codes, the texts of the
    others become lists, split at `code_separator`.
    """
    parts = open_parts(source, CONVERSIONS, columns)
    frames = [frame for part in parts for frame in _collected(part, timezone, code_separator)]
    rows = _amounts(_together(frames, code_separator)).with_row_index("row")
    reason = rows.select(reason=_reason(rows)).to_series()
    good = rows if reason.null_count() == rows.height else rows.filter(reason.is_null())
    kept = [*CONVERSION, *(["click_path"] if "click_path" in rows.columns else [])]
    places = good.select(source=_SOURCE, source_row=pl.col(ROW).cast(pl.UInt64))
    zoned = all(column.zoned for part in parts for name, column in part.columns.items() if name in _TIMED)
    table = ConversionTable(good.select(kept), places, _bad(rows, reason), rows.height, zoned, _mixed(parts))
    return without_programless(table) if needs_program else table


def without_programless(table: ConversionTable) -> ConversionTable:
    """The table with its conversions of no program among the bad rows, in their places."""
    lacking = table.good["program_id"].is_null()
    if not lacking.any():
        return table
    among = pl.Series(range(table.read), dtype=pl.UInt32)
    was_bad = among.filter(~among.is_in(table.good["row"].implode()))
    moved = pl.concat([table.good, table.places], how="horizontal").filter(lacking)
    bad = moved.select(
        table=pl.lit(CONVERSIONS.name),
        source="source",
        row="source_row",
        id="conversion_id",
        reason=pl.lit(RowReason.NO_PROGRAM.value),
        value=pl.lit(None, pl.String),
    )
    in_order = pl.concat([was_bad, moved["row"]]).arg_sort()
    together = pl.concat([table.bad, bad]).select(pl.all().gather(in_order))
    return replace(table, good=table.good.filter(~lacking), places=table.places.filter(~lacking), bad=together)


def _mixed(parts: Sequence[Part]) -> bool:
    """Whether lists of promo codes may stand beside texts, which are split when they are read."""
    types = [part.columns["promo_code"].dtype for part in parts if "promo_code" in part.columns]
    lists = [isinstance(dtype, pl.List | pl.Array) for dtype in types]
    return any(lists) and (not all(lists) or any(part.format is Format.NDJSON for part in parts))


def _collected(part: Part, timezone: str, separator: str | None) -> list[pl.DataFrame]:
    types = {name: column.dtype for name, column in part.columns.items()}
    normal = _normal(types, timezone)
    if separator and part.format is Format.NDJSON and isinstance(types.get("promo_code"), pl.List):
        codes = normal["promo_code"]
        split = codes.list.first().str.split(separator, literal=True)
        normal["promo_code"] = pl.when(LISTED).then(codes).when(codes.is_not_null()).then(split)
    raw_time = time_text(pl.col("event_time"), types["event_time"]).alias(_TIME)
    frames = []
    for name, rows in part.each():
        with reading(name or CONVERSIONS.name, part.damage):
            frame = rows.select(pl.lit(name, pl.String).alias(_SOURCE), ROW, raw_time, **normal)
            frames.append(frame.collect(engine="streaming"))
    return frames


def _normal(types: Mapping[str, pl.DataType], timezone: str) -> dict[str, pl.Expr]:
    normal: dict[str, pl.Expr] = {}
    for name, dtype in types.items():
        column = pl.col(name)
        if name == "event_time":
            normal[name] = within_calendar(time_column(column, dtype, timezone))
        elif name == "promo_code":
            normal[name] = as_codes(column, dtype)
        elif name == "amount":
            normal[name] = as_raw_amount(column, dtype)
        elif name == "click_path":
            normal[name] = as_click_path(column, dtype, timezone)
        else:
            normal[name] = as_id(column, dtype)
    return normal


def _together(frames: list[pl.DataFrame], separator: str | None) -> pl.DataFrame:
    """All parts below each other, with every column of `schema.CONVERSION`."""
    if any(isinstance(frame.schema.get("promo_code"), pl.List) for frame in frames):
        frames = [_with_code_lists(frame, separator) for frame in frames]
    amounts = {frame.schema["amount"].is_numeric() for frame in frames if "amount" in frame.columns}
    if len(amounts) > 1:
        text = next(frame.schema["amount"] for frame in frames if frame.schema.get("amount") == pl.String)
        raise WrongTypeError(CONVERSIONS.name, "amount", "amount", text, "numbers in all files or text in all")
    own = {_SOURCE: pl.String(), ROW: pl.get_index_type(), _TIME: pl.String()}
    try:
        rows = pl.concat([pl.DataFrame(schema=own), *frames], how="diagonal_relaxed")
    except pl.exceptions.InvalidOperationError as error:  # all columns but this are of one type by now
        types = [frame.schema["amount"] for frame in frames if "amount" in frame.columns]
        widest = max(types, key=lambda dtype: dtype.scale if isinstance(dtype, pl.Decimal) else 0)
        words = "of a scale that leaves room for the amounts of all files in 38 digits"
        raise WrongTypeError(CONVERSIONS.name, "amount", "amount", widest, words) from error
    absent = [name for name in CONVERSION if name not in rows.columns and name != "row"]
    return rows.with_columns(pl.lit(None, CONVERSION[name]).alias(name) for name in absent)


def _with_code_lists(frame: pl.DataFrame, separator: str | None) -> pl.DataFrame:
    if frame.schema.get("promo_code") != pl.String:
        return frame
    text = pl.col("promo_code")
    codes = text.str.split(separator, literal=True) if separator else pl.concat_list(text)
    return frame.with_columns(promo_code=pl.when(text.is_not_null()).then(codes))


def _amounts(rows: pl.DataFrame) -> pl.DataFrame:
    """`amount` as numbers, and as text what was to be read and may not be readable."""
    raw = rows["amount"]
    amount = amount_column(raw) if raw.dtype == pl.String else raw
    doubtful = raw.dtype == pl.String or raw.dtype.is_float()
    text = pl.lit(raw).cast(pl.String) if doubtful else pl.lit(None, pl.String)
    return rows.with_columns(amount, text.alias(_AMOUNT))


def _reason(rows: pl.DataFrame) -> pl.Expr:
    no_amount = pl.col("amount").is_null()
    if rows.schema["amount"].is_float():
        no_amount |= ~pl.col("amount").is_finite()
    no_time = pl.col("event_time").is_null()
    blank = pl.col(_TIME).fill_null("").str.strip_chars(WHITE_SPACE) == ""
    identifier = pl.col("conversion_id")
    checks = {
        RowReason.NO_ID: identifier.is_null(),
        RowReason.NO_TIME: no_time & blank,
        RowReason.UNREADABLE_TIME: no_time,
        RowReason.DUPLICATE_ID: pl.lit(_duplicated(rows["conversion_id"])),
        RowReason.UNREADABLE_AMOUNT: pl.col(_AMOUNT).is_not_null() & no_amount,
    }
    if "click_path" in rows.columns:
        click = pl.element().struct
        broken = click.field("partner_id").is_null() | click.field("event_time").is_null()
        checks[RowReason.BAD_CLICK_PATH] = pl.col("click_path").list.eval(broken).list.any().fill_null(False)
    return pl.coalesce([pl.when(checks[reason]).then(pl.lit(reason.value)) for reason in RowReason if reason in checks])


def _duplicated(ids: pl.Series) -> pl.Series:
    """Whether each id is there more than once. Hashes that are all distinct settle it at a tenth of the cost."""
    hashes = ids.hash()
    if hashes.n_unique() == len(hashes):
        return pl.repeat(False, len(ids), dtype=pl.Boolean, eager=True)
    suspect = hashes.is_duplicated()
    duplicated = ids.filter(suspect).is_duplicated()
    places = suspect.arg_true()
    return pl.repeat(False, len(ids), dtype=pl.Boolean, eager=True).scatter(places.filter(duplicated), True)


def _bad(rows: pl.DataFrame, reason: pl.Series) -> pl.DataFrame:
    bad = rows.with_columns(reason).filter(reason.is_not_null())
    path = pl.lit(None, pl.String)
    if "click_path" in rows.columns:
        path = pl.col("click_path").cast(CLICK_PATH).list.eval(pl.element().struct.json_encode()).list.join(", ")
    value = (
        pl.when(pl.col("reason") == RowReason.UNREADABLE_TIME.value)
        .then(_TIME)
        .when(pl.col("reason") == RowReason.UNREADABLE_AMOUNT.value)
        .then(_AMOUNT)
        .when(pl.col("reason") == RowReason.BAD_CLICK_PATH.value)
        .then(path)
    )
    return bad.select(
        table=pl.lit(CONVERSIONS.name),
        source=_SOURCE,
        row=pl.col(ROW).cast(pl.UInt64),
        id="conversion_id",
        reason="reason",
        value=value,
    )
