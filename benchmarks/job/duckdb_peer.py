"""The whole job in DuckDB, as an expert would write it by hand for this very program.

`credit.sql` knows what our engine has to find out or to check: one program, one used code per order, no bad rows,
default settings. It does not look for bad rows.
"""

from pathlib import Path
from string import whitespace

import duckdb

from benchmarks.cases import Measured
from benchmarks.job.duckdb_regexes import match_regexes
from benchmarks.job.duckdb_summary import write_summary
from benchmarks.job.place import output
from benchmarks.make.world import PROGRAM_ID
from benchmarks.phases import Phases

_SCRIPT = Path(__file__).with_name("credit.sql")
_PROMO_CODES = """
CREATE TEMP TABLE promo_code AS
SELECT
    (row_number() OVER () - 1)::INTEGER AS promo_index,
    p.id AS promo_code_id, p.code, p.match_mode, p.credit_rule, p.partner_id,
    p.start_date::TIMESTAMPTZ AS start_date, p.end_date::TIMESTAMPTZ AS end_date,
    row_number() OVER (
        ORDER BY p.match_mode = 'RE', p.start_date DESC NULLS LAST, p.created_date DESC NULLS LAST, p.id
    ) AS precedence
FROM (
    SELECT unnest(promo_codes) AS p FROM read_json(
        $program,
        maximum_object_size = 1000000000,
        columns = {promo_codes: 'STRUCT(id VARCHAR, code VARCHAR, match_mode VARCHAR, credit_rule VARCHAR,
            partner_id VARCHAR, start_date VARCHAR, end_date VARCHAR, created_date VARCHAR)[]'}
    )
)
"""


def run(program: str, conversions: str, clicks: str, answer: str | None) -> Measured:
    """Credit everything, write the result and add it up."""
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'; SET preserve_insertion_order = false")
    phases = Phases()
    with phases("load"):
        connection.execute(_PROMO_CODES, {"program": program})
    with output(answer) as place, phases("job"):
        values = {
            "blanks": whitespace,
            "conversions": conversions,
            "clicks": f"{clicks}/*.parquet",
            "program_id": PROGRAM_ID,
            "verdicts_out": str(place / "verdicts.parquet"),
            "credits_out": str(place / "credits.parquet"),
        }
        before, _, after = _SCRIPT.read_text(encoding="utf-8").partition("-- here: the regexes\n")
        _execute(connection, before, values)
        with phases("regexes"):
            found = connection.execute("SELECT promo_index, code FROM promo_code WHERE match_mode = 'RE'").fetchall()
            match_regexes(connection, found)
        _execute(connection, after, values)
        with phases("summary"):
            write_summary(connection, values, place)
    return {"seconds": dict(phases)}


def _execute(connection: duckdb.DuckDBPyConnection, script: str, values: dict[str, str]) -> None:
    """Run statements one by one, each with the parameters that it names."""
    for statement in connection.extract_statements(script):
        connection.execute(statement, {name: values[name] for name in statement.named_parameters})
