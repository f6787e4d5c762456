"""A gathered history on disk: conversions, the referrals of their customers, and the bad rows, as Parquet files.

`conversions.parquet`: one row per well-formed conversion, the canonical columns but `click_path`, and beside them `row`
(its place among all rows read, from 0), `customer` (a number, null for nobody), and where it stood (`schema.PLACE`).
`clicks.parquet`: one row per referral, by `customer` and in path order, the canonical columns and that number; what a
conversion carried in a `click_path` stands here too, under a number of its own and without `customer_id`.
`bad_rows.parquet`: what was set aside, in the columns of `schema.REJECTED`.

What else a reader needs is JSON in the Parquet metadata of the conversions, under `attribution`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any, Final

import polars as pl

from attribution.events.event_errors import EventError, SourceError, reading
from attribution.events.output import write_tables
from attribution.events.schema import CLICK, CONVERSION, PLACE, REJECTED

FORMAT: Final = 1
KEY: Final = "attribution"

CONVERSIONS: Final = pl.Schema({**CONVERSION, "customer": pl.UInt32(), **PLACE})
CLICKS: Final = pl.Schema({"customer": pl.UInt32(), **CLICK})
NAMES: Final = ("conversions", "clicks", "bad_rows")


@dataclass(frozen=True, slots=True)
class StoredHistory:
    """The tables of a history, and its facts; `clicks` lack what crediting does not ask for."""

    conversions: pl.DataFrame
    clicks: pl.DataFrame
    bad_rows: pl.DataFrame
    facts: Mapping[str, Any]


class NotGatheredError(EventError):
    """A history was asked for something that was not gathered."""

    def __init__(self, name: str, wanted: str, gathered: str, option: str) -> None:
        self.name = name
        self.wanted = wanted
        self.gathered = gathered
        self.option = option
        super().__init__(name, wanted, gathered, option)

    def __str__(self) -> str:
        """What is asked for, what there is, and how to gather it."""
        gathered = f"the history was gathered with {self.name} {self.gathered}"
        return f"{gathered}, and {self.wanted} is asked for; {self.option}"


def write_history(
    directory: str | PathLike[str],
    conversions: pl.DataFrame,
    clicks: pl.DataFrame,
    bad_rows: pl.DataFrame,
    facts: Mapping[str, Any],
) -> list[Path]:
    """Write the files of a history, all of them or none; returns their paths."""
    tables = dict(zip(NAMES, (conversions, clicks, bad_rows), strict=True))
    metadata = {KEY: json.dumps({"format": FORMAT, **facts}, ensure_ascii=False)}
    return write_tables(directory, tables, metadata=metadata, replaces={})


def read_history(directory: str | PathLike[str]) -> StoredHistory:
    """Read the files of a history; SourceError for a directory without them, or with files of another form."""
    place = Path(directory)
    paths = [place / f"{name}.parquet" for name in NAMES]
    lacking = [path.name for path in paths if not path.is_file()]
    if lacking:
        raise SourceError(place, f"is no gathered history: it has no {', '.join(lacking)}; see `attribution gather`")
    with reading(paths[0]):
        facts = _facts(paths[0])
    wanted = (None, ["customer", "event_time", "partner_id", "program_id"], None)
    conversions, clicks, bad_rows = map(_read, paths, wanted)
    _check(place, conversions, clicks, bad_rows)
    return StoredHistory(conversions, clicks, bad_rows, facts)


def _read(path: Path, columns: list[str] | None) -> pl.DataFrame:
    with reading(path):
        return pl.read_parquet(path, columns=columns)


def _facts(path: Path) -> Mapping[str, Any]:
    text = pl.read_parquet_metadata(path).get(KEY)
    try:
        facts = json.loads(text) if text is not None else None
    except ValueError:
        facts = None
    if not isinstance(facts, dict):
        raise SourceError(path, f"is no gathered history: its Parquet metadata has no JSON under {KEY!r}")
    if facts.get("format") != FORMAT:
        found = f"is a history of form {facts.get('format')!r}; this version reads {FORMAT}"
        raise SourceError(path, f"{found}; gather it again")
    return facts


def _check(place: Path, conversions: pl.DataFrame, clicks: pl.DataFrame, bad_rows: pl.DataFrame) -> None:
    """Refuse tables that were changed: other columns, or types that hold something else."""
    free = {"promo_code", "amount"}
    for found, schema in ((conversions, CONVERSIONS), (clicks, CLICKS), (bad_rows, REJECTED)):
        for name, dtype in found.schema.items():
            if name not in free and schema.get(name) != dtype:
                raise SourceError(place, f"is no gathered history: column {name!r} is {dtype}")
    missing = [name for name in CONVERSIONS if name not in conversions.columns]
    if missing:
        raise SourceError(place, f"is no gathered history: its conversions have no {', '.join(missing)}")


