"""The counts of a crediting that a case states: conversions by outcome and reason, verdicts."""

from pathlib import Path

import polars as pl

from benchmarks.cases import Measured


def counts(credits: pl.DataFrame, verdicts: pl.DataFrame) -> dict[str, int]:
    """By `OUTCOME/REASON`, in their order, and `verdicts`."""
    by_reason = credits.group_by("outcome", "reason").len().sort("outcome", "reason")
    counted = {f"{outcome}/{reason}": number for outcome, reason, number in by_reason.iter_rows()}
    return {**counted, "verdicts": verdicts.height}


def of_answer(answer: str) -> Measured:
    """The counts of the tables in a directory."""
    credits, verdicts = (pl.read_parquet(Path(answer) / f"{table}.parquet") for table in ("credits", "verdicts"))
    return {"counts": counts(credits, verdicts)}
