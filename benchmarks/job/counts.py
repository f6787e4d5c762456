"""The counts of a crediting that a case states: conversions by outcome and reason, verdicts."""

import polars as pl


def counts(credits: pl.DataFrame, verdicts: pl.DataFrame) -> dict[str, int]:
    """By `OUTCOME/REASON`, in their order, and `verdicts`."""
    by_reason = credits.group_by("outcome", "reason").len().sort("outcome", "reason")
    counted = {f"{outcome}/{reason}": number for outcome, reason, number in by_reason.iter_rows()}
    return {**counted, "verdicts": verdicts.height}
