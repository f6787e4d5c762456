"""Conversions and the referrals of their customers, read once: the kept referrals, sorted, and whose each order's are.

Nothing here asks for promo codes or rules. What was gathered for a lookback serves every program and every setting with
a lookback up to it; `paths` then says which of the referrals are in the path of each conversion.

A customer is a number, from 0. A conversion that carries its own `click_path` is a customer by itself, whose referrals
are the clicks of that path; -1 is nobody, who has none.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final, Literal, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from attribution.crediting.window import EVERY_PROGRAM, Numbers, Referrals, Spans, window_start
from attribution.events.clicks import ClickScan, scan_clicks
from attribution.events.column_names import columns_by_table
from attribution.events.conversions import ConversionTable, read_conversions
from attribution.events.customers import ClickCounts, clicks_of, distinct, numbered
from attribution.events.event_errors import BadRowsError, SourceError
from attribution.events.schema import REJECTED, TIME
from attribution.events.sources import Source

BadRows = Literal["stop", "reject"]
BAD_ROWS: Final[tuple[BadRows, ...]] = ("stop", "reject")

_SHOWN: Final = 20
_FIRST: Final = datetime.min.replace(tzinfo=UTC)
_LAST: Final = datetime.max.replace(tzinfo=UTC)
_PLACE_BITS: Final = np.uint64(32)
_KEPT: Final[dict[str, pl.DataType]] = {"customer": pl.UInt32(), "event_time": TIME, "partner_id": pl.String()}
_OPTIONAL: Final[dict[str, pl.DataType]] = {"click_id": pl.String(), "program_id": pl.String()}


class Reading(NamedTuple):
    """How the two tables are read.

    `columns` names columns that the tables spell otherwise, by table; `needs_program` makes a conversion without a
    program a bad row.
    """

    timezone: str = "UTC"
    columns: Mapping[str, str] = {}
    bad_rows: BadRows = "stop"
    code_separator: str | None = None
    needs_program: bool = False


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was gathered: well-formed conversions, the referrals of their customers, and what was set aside.

    table        the conversions as they were read
    conversions  one row per conversion in the order of the input, in the columns of `schema.CONVERSION`; `row` from 0
    customer     the customer's number of each conversion, -1 for nobody
    program      the number of each conversion's program in `program_ids`, -1 where it names none
    referrals    of all customers, within `lookback` of some conversion, and some others
    click_ids    of the referrals, in their order; None unless they were to be kept
    partner_ids  the partners of referrals in code point order, by their numbers
    rejected     the bad rows of both tables, in the columns of `schema.REJECTED`
    """

    table: ConversionTable
    conversions: pl.DataFrame
    customer: Numbers
    program: NDArray[np.int32]
    referrals: Referrals
    click_ids: pl.Series | None
    partner_ids: pl.Series
    program_ids: list[str]
    rejected: pl.DataFrame
    clicks: ClickCounts
    lookback: timedelta

    @property
    def conversions_read(self) -> int:
        """All rows of the conversions."""
        return self.table.read

    @property
    def conversions_rejected(self) -> int:
        """Bad rows of the conversions."""
        return self.conversions_read - self.conversions.height

    @property
    def at(self) -> Numbers:
        """The instants of the conversions, in microseconds since 1970 in UTC."""
        return self.conversions["event_time"].to_physical().to_numpy()


class Paths(NamedTuple):
    """The paths of a batch under one program and one lookback: places among referrals that were sorted for it."""

    referrals: Referrals
    trail: Numbers
    """Whose referrals a conversion's are: a customer, or a customer within one program; -1 for nobody."""
    spans: Spans


def gather(
    conversions: Source, clicks: Source | None, lookback: timedelta, reading: Reading, *, keep_ids: bool = False
) -> Gathered:
    """Read both tables, the clicks in one pass; memory follows the conversions and the clicks of their customers.

    Raises `BadRowsError` for bad rows, with the counts of both tables, unless they are to be set aside; and other
    `EventError`s for a table of the wrong shape, before it is computed.
    """
    if reading.bad_rows not in BAD_ROWS:
        raise ValueError(f'bad_rows is "stop" or "reject", not {reading.bad_rows!r}')
    named = columns_by_table(reading.columns)
    table = read_conversions(
        conversions,
        timezone=reading.timezone,
        columns=named["conversions"],
        needs_program=reading.needs_program,
        code_separator=reading.code_separator,
    )
    if clicks is None and named["clicks"]:
        raise SourceError("clicks", "columns of clicks are named, but no table of clicks is given")
    scan = None if clicks is None else scan_clicks(clicks, timezone=reading.timezone, columns=named["clicks"])
    stop = reading.bad_rows == "stop"
    if scan is not None:
        table = replace(table, zoned=table.zoned and scan.zoned)
    if stop and table.bad.height:
        raise _bad_rows(table, scan)
    kept, customer, counts = _kept_clicks(table.good, scan, lookback)
    if stop and counts.bad:
        raise _bad_rows(table, scan)
    bad_clicks = scan.rejected(None) if scan is not None and counts.bad else pl.DataFrame(schema=REJECTED)
    return assemble(table, customer, kept, pl.concat([table.bad, bad_clicks]), counts, lookback, keep_ids=keep_ids)


def assemble(
    table: ConversionTable,
    customer: Numbers,
    kept: pl.DataFrame,
    rejected: pl.DataFrame,
    counts: ClickCounts,
    lookback: timedelta,
    *,
    keep_ids: bool = False,
) -> Gathered:
    """Sort and number what was read. `kept` has `customer`, `event_time`, `partner_id`, `click_id`, `program_id`."""
    partner_ids, partner = numbered(kept["partner_id"])
    number, time = kept["customer"].to_numpy(), kept["event_time"].to_physical().to_numpy()
    order = _in_path_order(number, time, kept["click_id"], partner)
    program_ids, of_conversions, of_clicks = _programs(table.good["program_id"], kept["program_id"])
    referrals = Referrals(_starts(number, customer), time[order], partner.astype(np.uint32)[order], of_clicks[order])
    click_ids = kept["click_id"].gather(order) if keep_ids else None
    own = table.good.with_columns(row=pl.int_range(pl.len(), dtype=pl.UInt32))
    return Gathered(
        table, own, customer, of_conversions, referrals, click_ids, partner_ids, program_ids, rejected, counts, lookback
    )


def assemble_sorted(
    table: ConversionTable,
    customer: Numbers,
    clicks: pl.DataFrame,
    rejected: pl.DataFrame,
    counts: ClickCounts,
    lookback: timedelta,
) -> Gathered:
    """Number clicks that stand by customer and in path order already, without their ids."""
    partner_ids, partner = numbered(clicks["partner_id"])
    program_ids, of_conversions, of_clicks = _programs(table.good["program_id"], clicks["program_id"])
    time, starts = clicks["event_time"].to_physical().to_numpy(), _starts(clicks["customer"].to_numpy(), customer)
    referrals = Referrals(starts, time, partner.astype(np.uint32), of_clicks)
    own = table.good.with_columns(row=pl.int_range(pl.len(), dtype=pl.UInt32))
    return Gathered(
        table, own, customer, of_conversions, referrals, None, partner_ids, program_ids, rejected, counts, lookback
    )


def _starts(number: NDArray[np.uint32], customer: Numbers) -> Numbers:
    """Where the clicks of each customer number start, those without a click included."""
    sizes = np.bincount(number, minlength=int(customer.max(initial=-1)) + 1)
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)


def paths(gathered: Gathered, program: NDArray[np.int32], lookback: timedelta) -> Paths:
    """The path of each conversion, given the number of its program (`Gathered.program` with what the rules add)."""
    referrals, trail = _by_program(gathered.referrals, gathered.customer, program)
    at = gathered.at
    earliest = np.maximum(at, np.iinfo(np.int64).min + microseconds(lookback)) - microseconds(lookback)
    return Paths(referrals, trail, referrals.within(trail, earliest, at))


def microseconds(length: timedelta) -> int:
    """A length of time in whole microseconds."""
    return length // timedelta(microseconds=1)


def _by_program(referrals: Referrals, customer: Numbers, program: NDArray[np.int32]) -> tuple[Referrals, Numbers]:
    """The referrals that count, by customer and program of the conversions, and that number for each conversion.

    A referral stands once for each program of its customer's conversions for which it counts.
    """
    if not len(referrals.time) or bool((referrals.program == EVERY_PROGRAM).all()):
        return referrals, customer
    key = customer << 32 | (program.astype(np.int64) + 1)
    trails, trail = np.unique(key, return_inverse=True)
    whose, of_program = trails >> 32, (trails & 0xFFFF_FFFF) - 1
    known = whose >= 0
    first = np.where(known, referrals.starts[whose], 0)
    sizes = np.where(known, referrals.starts[whose + 1], 0) - first
    group = np.repeat(np.arange(len(trails)), sizes)
    place = np.arange(len(group)) - np.repeat(np.cumsum(sizes) - sizes, sizes) + np.repeat(first, sizes)
    wanted, theirs = of_program[group], referrals.program[place]
    counts = (theirs == EVERY_PROGRAM) | (wanted == EVERY_PROGRAM) | (theirs == wanted)
    return referrals.of(place[counts], group[counts], len(trails)), np.where(customer >= 0, trail, -1)


def _kept_clicks(
    conversions: pl.DataFrame, scan: ClickScan | None, lookback: timedelta
) -> tuple[pl.DataFrame, Numbers, ClickCounts]:
    """The clicks of the conversions' customers, the number of each conversion's customer, and counts of the table."""
    own = conversions["customer_id"]
    carries = None
    if "click_path" in conversions.columns:
        carries = conversions["click_path"].is_not_null()
        own = conversions.select(pl.when(~carries).then("customer_id")).to_series()
    customer_ids, customer = distinct(own)
    found = pl.DataFrame(schema={**_KEPT, **_OPTIONAL})
    counts = ClickCounts(given=scan is not None)
    if scan is not None:
        columns = ["event_time", "partner_id", *(name for name in _OPTIONAL if name in scan.schema)]
        times = conversions["event_time"].filter(own.is_not_null())
        with scan.reading():
            clicks, counts = clicks_of(scan, customer_ids, columns, *_span(times, lookback))
        found = pl.concat([found, clicks], how="diagonal")
    if carries is not None and carries.any():
        carried, customer = _carried(conversions.filter(carries), customer, carries.to_numpy(), len(customer_ids))
        found = pl.concat([found, carried], how="diagonal")
    return found, customer, counts


def _carried(
    conversions: pl.DataFrame, customer: Numbers, carries: NDArray[np.bool_], known: int
) -> tuple[pl.DataFrame, Numbers]:
    """The clicks that conversions carry themselves, each conversion a customer by itself."""
    customer = customer.copy()
    customer[carries] = known + np.arange(conversions.height)
    own = conversions.select(pl.Series("customer", customer[carries], dtype=pl.UInt32), "click_path")
    clicks = own.explode("click_path", empty_as_null=True, keep_nulls=True)
    found = clicks.filter(pl.col("click_path").is_not_null()).unnest("click_path")
    return found.select(*_KEPT, "click_id").cast(pl.Schema({**_KEPT, "click_id": pl.String()})), customer


def _programs(
    of_conversions: pl.Series, of_clicks: pl.Series
) -> tuple[list[str], NDArray[np.int32], NDArray[np.int32]]:
    """The programs that either table names, in code point order, and the number of each row's, -1 where it has none."""
    if of_conversions.null_count() == len(of_conversions) and of_clicks.null_count() == len(of_clicks):
        none = np.full(max(len(of_conversions), len(of_clicks)), EVERY_PROGRAM, dtype=np.int32)
        return [], none[: len(of_conversions)], none[: len(of_clicks)]
    ids, numbers = numbered(pl.concat([of_conversions.cast(pl.String), of_clicks.cast(pl.String)]))
    split = numbers.astype(np.int32)
    return ids.to_list(), split[: len(of_conversions)], split[len(of_conversions) :]


def _in_path_order(customer: NDArray[np.uint32], time: Numbers, click_ids: pl.Series, partner: Numbers) -> Numbers:
    """The places of clicks by (customer, time, click id, partner); ids are looked at where customer and time are equal.

    A log is nearly sorted by time, which a stable sort makes use of; then customer and place are sorted as one number.
    """
    by_time = None if bool((time[1:] >= time[:-1]).all()) else np.argsort(time, kind="stable")
    key = (customer if by_time is None else customer[by_time]).astype(np.uint64) << _PLACE_BITS
    key |= np.arange(len(time), dtype=np.uint64)
    key.sort()
    place = (key & np.uint64(0xFFFF_FFFF)).astype(np.int64)
    order = place if by_time is None else by_time[place]
    whose, when = (key >> _PLACE_BITS).astype(np.uint32), time[order]
    alike = (whose[1:] == whose[:-1]) & (when[1:] == when[:-1])
    if alike.any():
        tied = np.flatnonzero(np.concatenate([alike, [False]]) | np.concatenate([[False], alike]))
        place = order[tied]
        rows = pl.DataFrame({"whose": whose[tied], "when": when[tied], "partner": partner[place], "place": place})
        rows = rows.with_columns(click_ids.gather(place).alias("click_id"))
        order[tied] = rows.sort("whose", "when", "click_id", "partner", nulls_last=False)["place"].to_numpy()
    return order


def _span(times: pl.Series, lookback: timedelta) -> tuple[datetime, datetime]:
    """The first and the last instant whose clicks count for some conversion; an empty span without conversions."""
    first, last = times.min(), times.max()
    if isinstance(first, datetime) and isinstance(last, datetime):
        return window_start(first, lookback), last
    return _LAST, _FIRST


def bad_rows_error(rejected: pl.DataFrame) -> BadRowsError:
    """The error of bad rows that are all there."""
    counts: dict[str, dict[str, int]] = {"conversions": {}, "clicks": {}}
    for table, reason, number in rejected.group_by("table", "reason").len().iter_rows():
        counts[table][reason] = number
    return BadRowsError(counts, rejected.group_by("table", maintain_order=True).head(_SHOWN).select(REJECTED.names()))


def _bad_rows(table: ConversionTable, scan: ClickScan | None) -> BadRowsError:
    by_reason = table.bad.group_by("reason").len()
    counts = {"conversions": dict(by_reason.iter_rows()), "clicks": {} if scan is None else scan.bad_counts()}
    first = [table.bad.head(_SHOWN)]
    if scan is not None and counts["clicks"]:
        first.append(scan.rejected(_SHOWN))
    return BadRowsError(counts, pl.concat(first))
