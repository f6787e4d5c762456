"""A gathered history: conversions and the referrals of their customers, kept to be judged any number of times.

`History.gather` reads the two tables once; `write` and `read` keep it on disk. It serves every program whose lookback
is not longer and that reads times and codes alike; everything else is refused by name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from os import PathLike
from pathlib import Path
from typing import Any, Self, TypeVar

import numpy as np
import polars as pl

from attribution.crediting.gather import (
    BadRows,
    Gathered,
    Reading,
    assemble_sorted,
    bad_rows_error,
    gather,
    microseconds,
)
from attribution.events.conversions import ConversionTable, without_programless
from attribution.events.customers import ClickCounts
from attribution.events.event_errors import SourceError
from attribution.events.history_files import (
    CLICKS,
    CONVERSIONS,
    NotGatheredError,
    read_history,
    write_history,
)
from attribution.events.schema import CONVERSION, PLACE, TIME
from attribution.events.sources import Source
from attribution.program import Settings
from attribution.times import duration, duration_text, zone

Given = TypeVar("Given")
Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class History:
    """Gathered conversions and referrals, and how the tables were read.

    `zoned`: every time that was read carries its own zone, so that `timezone` did not matter. `mixed_codes`: lists of
    promo codes and texts stood in one column, so that texts were split at `code_separator` when they were read.
    """

    gathered: Gathered
    timezone: str
    code_separator: str | None

    @classmethod
    def gather(
        cls,
        conversions: Source,
        clicks: Source | None = None,
        *,
        lookback: str | timedelta,
        columns: Mapping[str, str] | None = None,
        bad_rows: BadRows = "stop",
        timezone: str = "UTC",
        code_separator: str | None = None,
    ) -> Self:
        """Gather from two tables, given as for `Engine.credit`, for windows up to `lookback` (`90d`).

        `timezone` is that of times without an offset. `code_separator` matters only where lists of promo codes and
        texts stand in one column. Raises `BadRowsError` unless `bad_rows="reject"`, and other `EventError`s.
        """
        length = _argument("lookback", duration, lookback)
        _argument("timezone", zone, timezone)
        reading = Reading(timezone, columns or {}, bad_rows, code_separator)
        found = gather(conversions, clicks, length, reading, keep_ids=True)
        return cls(_pruned(found), timezone, code_separator)

    def write(self, directory: str | PathLike[str]) -> list[Path]:
        """Write the history as Parquet files into a directory; returns their paths. Raises `OutputError`."""
        return write_history(
            directory, _conversions(self.gathered), _clicks(self.gathered), self.gathered.rejected, self.to_dict()
        )

    @classmethod
    def read(cls, directory: str | PathLike[str]) -> Self:
        """Read what `write` wrote; raises `SourceError` for anything else."""
        stored = read_history(directory)
        facts = stored.facts
        lookback = timedelta(microseconds=int(facts["lookback_us"]))
        own = [*CONVERSION, *PLACE]
        places = stored.conversions.select(*PLACE)
        table = ConversionTable(
            stored.conversions.select(name for name in own if name in CONVERSION),
            places,
            stored.bad_rows.filter(pl.col("table") == "conversions"),
            int(facts["conversions_read"]),
            zoned=bool(facts["zoned"]),
            mixed_codes=bool(facts["mixed_codes"]),
        )
        customer = stored.conversions["customer"].cast(pl.Int64).fill_null(-1).to_numpy()
        counts = ClickCounts(**facts["clicks"], given=bool(facts["clicks_given"]))
        gathered = assemble_sorted(table, customer, stored.clicks, stored.bad_rows, counts, lookback)
        return cls(gathered, facts["timezone"], facts["code_separator"])

    def to_dict(self) -> dict[str, Any]:
        """How it was gathered and how much it holds, in the values of JSON: what the files carry as metadata."""
        found = self.gathered
        clicks = found.clicks
        return {
            "lookback": duration_text(found.lookback),
            "lookback_us": microseconds(found.lookback),
            "timezone": self.timezone,
            "zoned": found.table.zoned,
            "code_separator": self.code_separator,
            "mixed_codes": found.table.mixed_codes,
            "clicks_given": clicks.given,
            "conversions_read": found.conversions_read,
            "conversions_rejected": found.conversions_rejected,
            "clicks": {"read": clicks.read, "without_customer": clicks.without_customer, "bad": clicks.bad},
            "referrals": len(found.referrals.time),
        }

    def for_rules(self, settings: Settings, *, needs_program: bool, bad_rows: BadRows) -> Gathered:
        """What was gathered, for a program: refused by name where it asks for more than there is.

        Raises `NotGatheredError`, and `BadRowsError` for bad rows unless they are to be set aside.
        """
        self._refuse(settings)
        found = self.gathered
        if needs_program:
            found = _with_programs_only(found)
        if bad_rows == "stop" and found.rejected.height:
            raise bad_rows_error(found.rejected)
        return found

    def _refuse(self, settings: Settings) -> None:
        found = self.gathered
        if settings.lookback > found.lookback:
            wanted, gathered = duration_text(settings.lookback), duration_text(found.lookback)
            raise NotGatheredError("lookback", wanted, gathered, f"gather it with --lookback {wanted}")
        if not found.table.zoned and settings.timezone != self.timezone:
            raise NotGatheredError(
                "timezone", settings.timezone, self.timezone, f"gather it with --timezone {settings.timezone}"
            )
        if found.table.mixed_codes and settings.code_separator != self.code_separator:
            wanted, gathered = repr(settings.code_separator), repr(self.code_separator)
            raise NotGatheredError(
                "code_separator", wanted, gathered, "gather it with the --code-separator of the program"
            )


def _argument(name: str, read: Callable[[Given], Read], value: Given) -> Read:
    try:
        return read(value)
    except ValueError as error:
        raise SourceError(name, str(error)) from None


def _pruned(found: Gathered) -> Gathered:
    """Only the referrals that are within the lookback of some conversion."""
    referrals, at = found.referrals, found.at
    spans = referrals.within(found.customer, at - microseconds(found.lookback), at)
    places = len(referrals.time) + 1
    opened = np.bincount(spans.first, minlength=places) - np.bincount(spans.stop, minlength=places)
    kept = np.flatnonzero(np.cumsum(opened)[:-1] > 0)
    customers = len(referrals.starts) - 1
    whose = np.repeat(np.arange(customers), np.diff(referrals.starts))[kept]
    ids = None if found.click_ids is None else found.click_ids.gather(kept)
    return replace(found, referrals=referrals.of(kept, whose, customers), click_ids=ids)


def _conversions(found: Gathered) -> pl.DataFrame:
    customer = pl.Series("customer", found.customer).to_frame()
    number = customer.select(pl.when(pl.col("customer") >= 0).then("customer").cast(pl.UInt32))
    rows = pl.Series("row", found.table.good["row"])
    own = found.conversions.select(name for name in CONVERSION if name in found.conversions.columns)
    return pl.concat([own.with_columns(rows), number, found.table.places], how="horizontal").select(CONVERSIONS.names())


def _clicks(found: Gathered) -> pl.DataFrame:
    referrals = found.referrals
    sizes = np.diff(referrals.starts)
    customer = np.repeat(np.arange(len(sizes)), sizes)
    programs = pl.Series([*found.program_ids, None], dtype=pl.String)
    program = np.where(referrals.program < 0, len(found.program_ids), referrals.program)
    return pl.DataFrame(
        {
            "customer": pl.Series(customer, dtype=pl.UInt32),
            "customer_id": _customer_ids(found, len(sizes)).gather(customer),
            "partner_id": found.partner_ids.gather(referrals.partner),
            "event_time": pl.Series(referrals.time).cast(TIME),
            "click_id": found.click_ids if found.click_ids is not None else pl.Series([None] * len(customer)),
            "program_id": programs.gather(program),
        },
        schema=CLICKS,
    )


def _customer_ids(found: Gathered, customers: int) -> pl.Series:
    """The id of each customer number; none for a conversion that carries its own path."""
    own = found.conversions["customer_id"]
    if "click_path" in found.conversions.columns:
        own = found.conversions.select(pl.when(pl.col("click_path").is_null()).then("customer_id")).to_series()
    known = found.customer >= 0
    first = np.full(customers, len(own))
    first[found.customer[known]] = np.flatnonzero(known)
    return pl.concat([own.alias("id"), pl.Series("id", [None], dtype=pl.String)]).gather(first)


def _with_programs_only(found: Gathered) -> Gathered:
    """The conversions of no program among the bad rows: the promo codes name several programs."""
    table = without_programless(found.table)
    if table is found.table:
        return found
    kept = found.conversions["program_id"].is_not_null()
    clicks = found.rejected.filter(pl.col("table") != "conversions")
    return replace(
        found,
        table=table,
        conversions=found.conversions.filter(kept).with_columns(row=pl.int_range(pl.len(), dtype=pl.UInt32)),
        customer=found.customer[kept.to_numpy()],
        program=found.program[kept.to_numpy()],
        rejected=pl.concat([table.bad, clicks]),
    )
