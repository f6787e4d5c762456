"""The click log: Parquet parts of 4 M rows, sorted by time, one in memory at a time.

One row per click: `click_id` (unique, null for one prospect's click in a thousand), `customer_id` (null for one other
click in two hundred), `partner_id`, `event_time` (Datetime us, UTC). One prospect's click in a hundred is followed by
another in the same instant, through another partner, and the order of their ids is as often one way as the other.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from benchmarks.make.cache import DATA, cached
from benchmarks.make.world import (
    SPAN_MS,
    World,
    customer_ids,
    draw_partners,
    favourite_partners,
    partner_ids,
    times,
)

PART_ROWS: Final = 4_000_000
_BYTES_PER_CLICK: Final = 15
_PROSPECTS, _OTHERS = 1, 1_000
_NOBODY: Final = -1

Numbers = NDArray[np.int64]


class Clicks(NamedTuple):
    """Some clicks, as equally long columns of numbers; a negative customer or click id is null."""

    time: Numbers
    customer: Numbers
    partner: Numbers
    click: Numbers

    def between(self, first: int, end: int) -> "Clicks":
        """Those in [first, end) of a log sorted by time."""
        part = slice(*np.searchsorted(self.time, [first, end]).tolist())
        return Clicks(*(column[part] for column in self))

    def frame(self) -> pl.DataFrame:
        """The table."""
        click_id = pl.Series("click_id", self.click + 1_000_000_000)
        frame = pl.DataFrame(
            [
                click_id.cast(pl.String),
                customer_ids(np.maximum(self.customer, 0)),
                partner_ids(self.partner),
                times(self.time),
            ]
        )
        for name, numbers in (("click_id", self.click), ("customer_id", self.customer)):
            if numbers.min(initial=0) < 0:
                known = pl.lit(pl.Series(numbers >= 0))
                frame = frame.with_columns(pl.when(known).then(pl.col(name)).alias(name))
        return frame


def click_log(world: World, part_rows: int = PART_ROWS) -> Path:
    """The directory of the log's parts."""
    name = f"clicks-{world.clicks}-{world.conversions}-{part_rows}-{world.seed}"
    return written_parts(name, world.clicks, lambda: click_parts(world, part_rows))


def written_parts(name: str, clicks: int, parts: Callable[[], Iterable[pl.DataFrame]]) -> Path:
    """The directory `name` of a log's parts, so many clicks in all."""

    def make(directory: Path) -> None:
        _check_space(clicks)
        directory.mkdir()
        for number, part in enumerate(parts()):
            part.write_parquet(directory / f"part-{number:04}.parquet")

    return cached(name, make)


def click_parts(world: World, part_rows: int = PART_ROWS) -> Iterator[pl.DataFrame]:
    """The parts, one after the other."""
    known = prospects_clicks(world)
    made = 0
    for part, (rows, first, end) in enumerate(stretches(world.clicks, part_rows)):
        mine = known.between(first, end)
        others = _others(world, part, rows - len(mine.time), first, end, made)
        made += len(others.time)
        together = Clicks(*(np.concatenate(pair) for pair in zip(mine, others, strict=True)))
        order = np.argsort(together.time, kind="stable")
        yield Clicks(*(column[order] for column in together)).frame()


def stretches(clicks: int, part_rows: int) -> Iterator[tuple[int, int, int]]:
    """For each part of a log its rows, and the milliseconds [first, end) that it is about."""
    parts = -(-clicks // part_rows)
    for part in range(parts):
        rows = clicks * (part + 1) // parts - clicks * part // parts
        yield rows, SPAN_MS * part // parts, SPAN_MS * (part + 1) // parts


def rising_times(random: np.random.Generator, count: int, first: int, end: int) -> Numbers:
    """`count` random times in [first, end), drawn in order: by the gaps between them."""
    gaps = random.random(count + 1)
    return first + (np.cumsum(gaps)[:-1] / max(gaps.sum(), 1) * (end - first)).astype(np.int64)


def prospects_clicks(world: World) -> Clicks:
    """The clicks of customers who may convert, sorted by time; they do not depend on how many others there are."""
    random, count = world.random(_PROSPECTS), world.prospect_clicks
    time = np.sort(random.integers(0, SPAN_MS, count))
    customer = random.integers(0, world.prospects, count)
    partner = np.where(random.random(count) < 0.5, favourite_partners(customer), draw_partners(random, count))
    click = np.arange(count) ^ 1
    twins = np.flatnonzero(random.random(count) < 0.01)
    twins = twins[twins > 0]
    time[twins], customer[twins] = time[twins - 1], customer[twins - 1]
    click[random.random(count) < 0.001] = _NOBODY
    return Clicks(time, customer, partner, click)


def _others(world: World, part: int, count: int, first: int, end: int, made: int) -> Clicks:
    """Clicks of customers who do not convert."""
    if count < 0:
        raise ValueError(f"{world} has more clicks of prospects in a part than the part has rows")
    random = world.random(_OTHERS + part)
    time = rising_times(random, count, first, end)
    customer = random.integers(world.prospects, world.customers, count)
    customer[random.random(count) < 0.005] = _NOBODY
    click = 1_000_000_000 + made + np.arange(count)
    return Clicks(time, customer, draw_partners(random, count), click)


def _check_space(clicks: int) -> None:
    DATA.mkdir(parents=True, exist_ok=True)
    free, needed = shutil.disk_usage(DATA).free, clicks * _BYTES_PER_CLICK
    if free < needed * 1.2:
        raise OSError(f"{clicks:,} clicks need some {needed / 1e9:.0f} GB; {DATA} has {free / 1e9:.0f} GB free")
