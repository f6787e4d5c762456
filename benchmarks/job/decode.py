"""The limit: decoding the three click columns that every way needs, and nothing else."""

from pathlib import Path

import polars as pl

from benchmarks.cases import Measured
from benchmarks.phases import Phases


def run(clicks: str, answer: str | None) -> Measured:  # noqa: ARG001  # every contender is called with it
    """Touch every value of the columns in one streaming pass."""
    phases = Phases()
    with phases("job"):
        scan = pl.scan_parquet(Path(clicks) / "*.parquet").select("customer_id", "partner_id", "event_time")
        scan.select(
            pl.col("customer_id").null_count().alias("nobody"),
            pl.col("customer_id", "partner_id").str.len_bytes().sum().name.suffix("_bytes"),
            pl.col("event_time").max(),
        ).collect(engine="streaming")
    return {"seconds": dict(phases)}
