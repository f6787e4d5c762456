"""Whether two contenders of the whole job wrote the same credits and verdicts, row by row and column by column, and the
same figures in their summaries."""

from pathlib import Path
from typing import Any, Final

import polars as pl

from benchmarks.cases import Measured
from benchmarks.job import job_summary

KEYS: Final = {"credits": ["conversion_id"], "verdicts": ["conversion_id", "promo_code_id"]}


class DifferentAnswerError(Exception):
    """The answers differ."""


def check(ours: str, theirs: str, share: float) -> Measured:
    """Raises DifferentAnswerError at the first table or figure that differs; the order of rows does not count."""
    check_tables(ours, theirs, share)
    compare_figures(job_summary.compared(Path(ours)), job_summary.compared(Path(theirs)))
    return {}


def check_tables(ours: str, theirs: str, share: float) -> Measured:
    """`check` without the figures of the summary."""
    if share != 1:
        raise ValueError("a whole job is done in whole")
    for table, keys in KEYS.items():
        mine = pl.read_parquet(Path(ours) / f"{table}.parquet").sort(keys)
        other = pl.read_parquet(Path(theirs) / f"{table}.parquet")
        compare(table, mine, other.select(mine.columns).sort(keys))
    return {}


def compare(table: str, mine: pl.DataFrame, other: pl.DataFrame) -> None:
    """Compare two sorted tables; integer and text types may be of different widths."""
    if mine.height != other.height:
        raise DifferentAnswerError(f"{table}: {mine.height} rows of ours, {other.height} of theirs")
    for name, dtype in mine.schema.items():
        same = mine[name].eq_missing(other[name].cast(dtype))
        if not same.all():
            row = (~same).arg_true()[0]
            raise DifferentAnswerError(
                f"{table}.{name}: {(~same).sum()} differ; ours {mine.row(row)}, theirs {other.row(row)}"
            )


def compare_figures(mine: dict[str, Any], other: dict[str, Any]) -> None:
    """Compare two summaries figure by figure; the first that differs is shown."""
    for name, figure in mine.items():
        if figure != other[name]:
            raise DifferentAnswerError(f"summary, {name}: ours {figure!r:.500}, theirs {other[name]!r:.500}")
