"""Taking in what is to be credited, in Python: two tables, or the history that was gathered from them.

Phase `take-in` reads and sorts all that judging needs; judging, summary and writing are alike and not timed.
"""

from datetime import timedelta
from pathlib import Path

from attribution import Engine, History, Program
from attribution.crediting.gather import Reading, gather
from attribution.events.output import write_tables
from benchmarks.cases import Measured
from benchmarks.job.counts import counts
from benchmarks.phases import Phases

_LOOKBACK = timedelta(days=30)


def of_history(program: str, history: str, answer: str | None) -> Measured:
    """Read the history; credit it where the answer is asked for."""
    phases = Phases()
    with phases("take-in"):
        gathered = History.read(history)
    if answer is None:
        return {"seconds": dict(phases)}
    result = Engine(Program.load(program)).credit(gathered)
    write_tables(Path(answer), {"credits": result.credits, "verdicts": result.verdicts})
    return {"seconds": dict(phases), "counts": counts(result.credits, result.verdicts)}


def of_tables(program: str, conversions: str, clicks: str, answer: str | None) -> Measured:
    """Gather from the tables, as crediting does; credit them where the answer is asked for."""
    phases = Phases()
    with phases("take-in"):
        gather(conversions, clicks, _LOOKBACK, Reading())
    if answer is None:
        return {"seconds": dict(phases)}
    result = Engine(Program.load(program)).credit(conversions, clicks)
    write_tables(Path(answer), {"credits": result.credits, "verdicts": result.verdicts})
    return {"seconds": dict(phases), "counts": counts(result.credits, result.verdicts)}
