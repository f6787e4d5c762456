"""Crediting from a gathered history, beside crediting from the two tables that it was gathered from.

Both are commands, and answer alike: row by row, and in the stated counts of the tables' case.
"""

import shutil
from dataclasses import replace

from benchmarks.cases import Case, Contender, Measured
from benchmarks.job.command_line import credit
from benchmarks.make.cache import DATA
from benchmarks.process import run_process

_LOOKBACK = "30d"


def history_case(tables: Case) -> Case:
    """The case of a whole job, from a history of its tables; `tables` has ours first."""
    files = tables.contenders[0].arguments
    history = str(DATA / f"history-{tables.name}")
    gathered = {"conversions": files["conversions"], "clicks": files["clicks"], "history": history}
    return replace(
        tables,
        name=tables.name.replace("job-", "history-"),
        title=f"from a gathered history: {tables.title}",
        contenders=(
            Contender("ours", f"{__name__}:run", {"program": files["program"], "history": history}),
            replace(tables.contenders[0], name="tables", note="the two tables, without a history"),
        ),
        make=(*tables.make, (f"{__name__}:make", gathered)),
    )


def make(conversions: str, clicks: str, history: str) -> Measured:
    """Gather the history anew: what another commit gathered is not to be trusted."""
    shutil.rmtree(history, ignore_errors=True)
    sources = ["--conversions", conversions, "--clicks", clicks]
    measured, _ = run_process(["-m", "attribution", "gather", *sources, "--lookback", _LOOKBACK, "--output", history])
    return measured


def run(program: str, history: str, answer: str | None) -> Measured:
    """Credit everything from the history."""
    return credit(program, {"history": history}, answer)
