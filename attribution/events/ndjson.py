"""Reads NDJSON so that ids, codes and amounts keep the text they have in the file.

Polars parses a JSON number before it is made text: `1E10` would become `10000000000`, and `0.30` lose its zero. So
the lines are scanned as text, numbers with a point or an exponent are put in quotes where they are the value of a
column that is read or stand in its list, and only then the lines are decoded. Integers and `true` come through as they
stand; integers beyond 128 bits are refused.

Every line that is not blank is one object; a key that is not there is null.
"""

import json
import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import polars as pl

from attribution.events.column_names import Table
from attribution.events.column_types import fields_of

SAMPLE: Final = 1000
"""Lines from which the columns of a click log are told; conversions are looked at in full."""

_NOT_PLAIN: Final = "-?[0-9]+[.eE][-+.eE0-9]*"
_IN_PATH: Final = ("partner_id", "event_time", "click_id")
_LINE: Final = "line"
LISTED: Final = "__listed"
"""Beside lists of promo codes: whether the line has a list there, or a single code that became a list of one."""
_BATCH: Final = 50_000


def infer_columns(path: Path, lines: int | None) -> dict[str, pl.DataType]:
    """The keys of the first `lines` objects with the types they seem to have; none for an empty file."""
    if pl.scan_lines(path, glob=False).filter(_not_blank()).head(1).collect().is_empty():
        return {}
    return dict(pl.scan_ndjson(path, infer_schema_length=lines).collect_schema())


def declared(canonical: str, seen: pl.DataType) -> pl.DataType:
    """The type to decode a column to: text, save what must be a list, or what cannot be what it should."""
    if isinstance(seen, pl.List):
        return _declared_list(canonical, seen)
    scalar = seen.is_numeric() or isinstance(seen, (pl.String, pl.Boolean, pl.Null))
    wrong = (canonical == "event_time" and (seen.is_numeric() or isinstance(seen, pl.Boolean))) or (
        canonical == "amount" and isinstance(seen, pl.Boolean)
    )
    keep = wrong or not scalar or canonical == "click_path"
    return seen if keep else pl.String()


def _declared_list(canonical: str, seen: pl.List) -> pl.DataType:
    inner = seen.inner
    if canonical == "promo_code" and not isinstance(inner, (pl.List, pl.Struct)):
        return pl.List(pl.String())
    if canonical == "click_path" and isinstance(inner, pl.Struct):
        fields = fields_of(inner)
        return pl.List(pl.Struct({name: _scalar_as_text(name, fields[name]) for name in _IN_PATH if name in fields}))
    return seen


def _scalar_as_text(name: str, seen: pl.DataType) -> pl.DataType:
    return declared("event_time" if name == "event_time" else "partner_id", seen)


def late_columns(table: Table, found: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Columns that a sample did not have but later lines may, with all the names they may have there."""
    known = set(found)
    return {name: table.names(name) for name in table.aliases if name not in known}


def scan_objects(
    paths: Path | list[Path],
    columns: Mapping[str, tuple[str, pl.DataType]],
    late: Mapping[str, tuple[str, ...]],
    row: str | None,
) -> pl.LazyFrame:
    """The lines of files as canonical columns (canonical name -> their name and type), lazily.

    With `row`, a further column of that name counts the lines from 1.
    """
    lines = pl.scan_lines(paths, glob=False, name=_LINE)
    if row is not None:
        lines = lines.with_row_index(row, offset=1)
    objects = _decoded(columns, late).struct
    wanted = [objects.field(theirs).alias(canonical) for canonical, (theirs, _) in columns.items()]
    wanted += [
        pl.coalesce([objects.field(name) for name in names]).alias(canonical) for canonical, names in late.items()
    ]
    codes, dtype = columns.get("promo_code", ("", pl.String()))
    if isinstance(dtype, pl.List):
        wanted.append(pl.col(_LINE).str.contains(_opened(codes)).alias(LISTED))
    return lines.filter(_not_blank()).select(*([row] if row is not None else []), *wanted)


def _decoded(columns: Mapping[str, tuple[str, pl.DataType]], late: Mapping[str, tuple[str, ...]]) -> pl.Expr:
    fields = dict(columns.values()) | {name: pl.String() for names in late.values() for name in names}
    keys = {*fields, *_IN_PATH} if "click_path" in columns else set(fields)
    line = _quote_numbers(pl.col(_LINE), keys)
    for theirs, dtype in columns.values():
        if isinstance(dtype, pl.List) and isinstance(dtype.inner, pl.String):
            line = _quote_listed_numbers(line, theirs)
    return line.str.json_decode(pl.Struct(fields))


def find_damage(
    paths: Iterable[Path], columns: Mapping[str, tuple[str, pl.DataType]], late: Mapping[str, tuple[str, ...]]
) -> tuple[str, str] | None:
    """The first file with a line that is no object with such columns, and what line that is."""
    decoded = _decoded(columns, late)
    for path in paths:
        before = 0
        for batch in pl.scan_lines(path, glob=False, name=_LINE).collect_batches(chunk_size=_BATCH):
            if _fails(batch, decoded):
                at = bisect_left(range(batch.height), True, key=lambda last: _fails(batch.head(last + 1), decoded))
                line = batch.item(at, 0)
                if line.startswith("\ufeff"):
                    return str(path), f"line {before + at + 1:,} begins with a byte-order mark; write UTF-8 without one"
                return str(path), f"line {before + at + 1:,} is no such JSON object: {line[:80]}"
            before += batch.height
    return None


def _fails(lines: pl.DataFrame, decoded: pl.Expr) -> bool:
    try:
        lines.filter(_not_blank()).select(decoded)
    except pl.exceptions.PolarsError:
        return True
    return False


def holds_lists(path: Path, key: str) -> bool:
    """Whether the value of `key` is a list in some line; inference says text where lines differ."""
    opened = pl.col(_LINE).str.contains(_opened(key))
    return not pl.scan_lines(path, glob=False, name=_LINE).filter(opened).head(1).collect().is_empty()


def _not_blank() -> pl.Expr:
    return pl.col(_LINE).str.contains(r"[^ \t\r]")


def _quote_numbers(line: pl.Expr, keys: Iterable[str]) -> pl.Expr:
    return line.str.replace_all(f"({_key(keys)})({_NOT_PLAIN})", '${1}"${2}"')


def _quote_listed_numbers(line: pl.Expr, key: str) -> pl.Expr:
    """Quote the numbers in the list of a key: elements are stepped over whole, one number is quoted at a time."""
    element = r'(?:"(?:[^"\\]|\\.)*"|[^"\[\]{},\s]+)'
    bare = rf"({_opened(key)}\s*(?:{element}\s*,\s*)*)({_NOT_PLAIN})(\s*[,\]])"

    def quoted(lines: pl.Series) -> pl.Series:
        while lines.str.contains(bare).any():
            lines = lines.str.replace_all(bare, '${1}"${2}"${3}')
        return lines

    return line.map_batches(quoted, return_dtype=pl.String(), is_elementwise=True)


def _opened(key: str) -> str:
    return rf"{_key([key])}\["


def _key(keys: Iterable[str]) -> str:
    """What stands before the value of one of `keys`."""
    # `{` or `,` before and `:` after the quotes: a key, for within a string its quotes would be escaped
    names = "|".join(_literally(json.dumps(key, ensure_ascii=False)[1:-1]) for key in sorted(keys))
    return rf'[{{,]\s*"(?:{names})"\s*:\s*'


def _literally(text: str) -> str:
    return "".join(one if re.match("[A-Za-z0-9_]", one) else rf"\x{{{ord(one):x}}}" for one in text)
