"""A gathered history beside the two tables that it was gathered from: taking in the one and the other.

The answers are compared row by row, and with the stated counts of the tables' case.
"""

import shutil
from dataclasses import replace

from benchmarks.cases import Case, Contender, Measured
from benchmarks.make.cache import DATA
from benchmarks.process import run_process

_LOOKBACK = "30d"


def history_case(tables: Case) -> Case:
    """The case of taking in; `tables` is a whole job, ours first."""
    files = tables.contenders[0].arguments
    history = str(DATA / f"history-{tables.name}")
    gathered = {"conversions": files["conversions"], "clicks": files["clicks"], "history": history}
    of_history = {"program": files["program"], "history": history}
    return replace(
        tables,
        name=tables.name.replace("job-", "history-"),
        title=f"taking in a gathered history: {tables.title}",
        contenders=(
            Contender("ours", "benchmarks.job.taking_in:of_history", of_history),
            Contender("tables", "benchmarks.job.taking_in:of_tables", files, note="the two tables, without a history"),
        ),
        make=(*tables.make, (f"{__name__}:make", gathered)),
        check="benchmarks.job.compare:check_tables",
        total=("take-in",),
    )


def make(conversions: str, clicks: str, history: str) -> Measured:
    """Gather the history anew: what another commit gathered is not to be trusted."""
    shutil.rmtree(history, ignore_errors=True)
    sources = ["--conversions", conversions, "--clicks", clicks]
    measured, _ = run_process(["-m", "attribution", "gather", *sources, "--lookback", _LOOKBACK, "--output", history])
    return measured
