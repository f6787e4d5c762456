"""Reads clicks lazily: a log larger than memory is streamed, and only columns that are asked for are read."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import polars as pl

from attribution.events.column_names import CLICKS
from attribution.events.column_types import as_id
from attribution.events.event_errors import reading
from attribution.events.schema import CLICK, REJECTED, TIME
from attribution.events.sources import ROW, Part, Source, open_parts
from attribution.events.table_files import Format
from attribution.events.time_columns import time_column, time_text
from attribution.terms import WHITE_SPACE, RowReason

_RAW_TIME = "__time"


@dataclass(frozen=True, slots=True)
class ClickScan:
    """A table of clicks that has been opened and not yet read.

    `frame` has one row per click, bad ones included, in the columns of `schema.CLICK` (`click_id` and
    `program_id` only where the input has them). Ids are never `""`. Times that cannot be read are null; an instant in
    UTC outside the years 1 to 9999 is left as it is, it is in no path.
    """

    frame: pl.LazyFrame
    source: str
    timezone: str
    parts: tuple[Part, ...]

    def bad(self) -> pl.Expr:
        """Whether a click is a bad row: it has no partner, or no time that can be read. Never null."""
        return pl.col("partner_id").is_null() | pl.col("event_time").is_null()

    @property
    def schema(self) -> pl.Schema:
        """The columns of `frame` with their types."""
        return pl.Schema({name: CLICK[name] for name in self.frame.collect_schema().names()})

    @property
    def zoned(self) -> bool:
        """Whether every time carries its zone by its type."""
        return all(part.columns["event_time"].zoned for part in self.parts)

    @property
    def counts_apart(self) -> bool:
        """Whether `count` costs next to nothing: the statistics of Parquet tell where rows may be bad."""
        return all(part.format is Format.PARQUET and _as_it_is(part) for part in self.parts)

    def count(self) -> tuple[int, int]:
        """How many rows there are, and how many bad ones; only where `counts_apart`."""
        read = bad = 0
        for part in self.parts:
            rows = part.scan()
            no_partner = pl.col("partner_id").is_null()
            if part.columns["partner_id"].dtype == pl.String:
                no_partner |= pl.col("partner_id") == ""
            suspect = rows.filter(no_partner | pl.col("event_time").is_null())
            read += _height(rows)
            bad += _height(suspect)
        return read, bad

    def rejected(self, limit: int | None) -> pl.DataFrame:
        """The bad clicks in the order of the input, at most `limit`, in the columns of `schema.REJECTED`."""
        found = [pl.DataFrame(schema=REJECTED)]
        left = limit
        for part in self.parts:
            for name, rows in part.each():
                if left == 0:
                    break
                bad = _rejected(part, name, rows, self.timezone)
                with reading(name or self.source, part.damage):
                    found.append((bad if left is None else bad.head(left)).collect(engine="streaming"))
                left = None if left is None else left - found[-1].height
        return pl.concat(found)

    def bad_counts(self) -> dict[str, int]:
        """How many bad clicks there are for each `RowReason` that occurs."""
        counts: Counter[str] = Counter()
        for part in self.parts:
            for name, rows in part.each():
                with reading(name or self.source, part.damage):
                    by_reason = _rejected(part, name, rows, self.timezone).group_by("reason").len()
                    counts.update(dict(by_reason.collect(engine="streaming").iter_rows()))
        return dict(counts)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Turns what collecting `frame` raises for damaged files into `UnreadableFileError`."""
        with reading(self.source, self._damage):
            yield

    def _damage(self) -> tuple[str, str] | None:
        return next((found for part in self.parts if (found := part.damage())), None)


def scan_clicks(source: Source, *, timezone: str, columns: Mapping[str, str] | None = None) -> ClickScan:
    """Opens a table of clicks. Columns and types are checked now, rows when the frame is collected."""
    parts = open_parts(source, CLICKS, columns)
    frames = [part.scan().select(**_normal(part, timezone)) for part in parts]
    present = [name for name in CLICK if any(name in part.columns for part in parts) or name in CLICKS.required]
    if len(frames) != 1:
        empty = pl.LazyFrame(schema={name: CLICK[name] for name in present})
        frames = [pl.concat([empty, *frames], how="diagonal")]
    named = str(source) if parts and parts[0].paths and not isinstance(source, (list, tuple)) else CLICKS.name
    return ClickScan(frames[0], named, timezone, tuple(parts))


def _as_it_is(part: Part) -> bool:
    """Whether a click of the part is bad only where a stored value is missing."""
    time, partner = part.columns["event_time"].dtype, part.columns["partner_id"].dtype
    sound = time == TIME or (isinstance(time, pl.Datetime) and time.time_zone is not None and time.time_unit == "ns")
    return sound and (partner == pl.String or partner.is_integer())


def _height(rows: pl.LazyFrame) -> int:
    return int(rows.select(pl.len()).collect(engine="streaming").item())


def _normal(part: Part, timezone: str) -> dict[str, pl.Expr]:
    types = {name: column.dtype for name, column in part.columns.items()}
    ids = {name: as_id(pl.col(name), dtype) for name, dtype in types.items() if name != "event_time"}
    instant = time_column(pl.col("event_time"), types["event_time"], timezone)
    every = {**ids, "event_time": instant}
    return {name: every[name] for name in CLICK if name in every}


def _rejected(part: Part, name: str | None, rows: pl.LazyFrame, timezone: str) -> pl.LazyFrame:
    raw = time_text(pl.col("event_time"), part.columns["event_time"].dtype).alias(_RAW_TIME)
    normal = rows.select(ROW, raw, **_normal(part, timezone))
    unread = pl.col("event_time").is_null()
    no_time = unread & (pl.col(_RAW_TIME).fill_null("").str.strip_chars(WHITE_SPACE) == "")
    reason = (
        pl.when(no_time)
        .then(pl.lit(RowReason.NO_TIME.value))
        .when(pl.col("event_time").is_null())
        .then(pl.lit(RowReason.UNREADABLE_TIME.value))
        .when(pl.col("partner_id").is_null())
        .then(pl.lit(RowReason.NO_PARTNER.value))
    )
    identifier = pl.col("click_id") if "click_id" in part.columns else pl.lit(None, pl.String)
    return (
        normal.with_columns(reason=reason)
        .filter(pl.col("reason").is_not_null())
        .select(
            table=pl.lit(CLICKS.name),
            source=pl.lit(name, pl.String),
            row=pl.col(ROW).cast(pl.UInt64),
            id=identifier,
            reason="reason",
            value=pl.when(pl.col("reason") == RowReason.UNREADABLE_TIME.value).then(_RAW_TIME),
        )
    )
