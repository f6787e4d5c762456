"""The summary in DuckDB, from the credits that were just written: five columns of them."""

from pathlib import Path
from typing import Final

import duckdb

from benchmarks.job import job_summary

_OUTCOMES: Final = "SELECT outcome, reason, count(*) FROM read_parquet($credits_out) GROUP BY ALL"
_WITHHELD: Final = """
SELECT count(*) FROM read_parquet($credits_out) WHERE outcome = 'WITHHELD' AND path_clicks = 0
"""
_PAID: Final = """
SELECT
    partner_id, currency, count(*), count(*) - count(amount), coalesce(sum(amount), 0),
    count(*) FILTER (WHERE outcome = 'PROMO_CODE')
FROM read_parquet($credits_out)
WHERE partner_id IS NOT NULL
GROUP BY ALL
"""
# What a Parquet file says of its columns: neither number costs a look at the rows.
_CLICKS: Final = """
SELECT sum(num_values)::BIGINT, sum(stats_null_count)::BIGINT
FROM parquet_metadata($clicks) WHERE path_in_schema = 'customer_id'
"""


def write_summary(connection: duckdb.DuckDBPyConnection, values: dict[str, str], place: Path) -> None:
    """Add up what is in `$credits_out`, and write it to `place`."""
    credits_out = {"credits_out": values["credits_out"]}
    outcomes = connection.execute(_OUTCOMES, credits_out).fetchall()
    [(withheld,)] = connection.execute(_WITHHELD, credits_out).fetchall()
    paid = [job_summary.Paid(*row) for row in connection.execute(_PAID, credits_out).fetchall()]
    [(read, nobody)] = connection.execute(_CLICKS, {"clicks": values["clicks"]}).fetchall()
    job_summary.write(place, outcomes, withheld, paid, {"read": read, "without_customer": nobody})
