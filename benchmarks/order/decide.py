"""Ours: deciding orders one by one. What is decided is first compared with the batch's answer."""

from pathlib import Path
from statistics import quantiles
from time import perf_counter_ns
from typing import Final

import polars as pl

from attribution import Decision, Engine, Program
from benchmarks.cases import Measured
from benchmarks.job.compare import compare
from benchmarks.job.counts import counts
from benchmarks.make.programs import program_file
from benchmarks.order.orders import Order, orders
from benchmarks.phases import Phases

_DECISIONS: Final = "decisions.parquet"


def make(literals: int, regexes: int) -> Measured:
    """The program file."""
    program_file(literals, regexes)
    return {}


def run(program: str, kind: str, count: int, literals: int, regexes: int, answer: str | None) -> Measured:
    """Seconds for one order.

    `decide` is the mean over orders timed singly, each just made, as a pipeline passes what it has just parsed; `p50`
    and `p99` are their median and 99th percentile. `cold` is the mean over the same orders all made before, out of
    the processor's caches.
    """
    engine = Engine(Program.load(program))
    if answer is not None:
        made = list(orders(kind, count, literals, regexes))
        decisions = [engine.decide(conversion, clicks) for conversion, clicks in made]
        return {"seconds": {}, "counts": _agreed(engine, made, decisions, Path(answer))}
    for conversion, clicks in orders(kind, count, literals, regexes):
        engine.decide(conversion, clicks)
    fresh = []
    for conversion, clicks in orders(kind, count, literals, regexes):
        started = perf_counter_ns()
        engine.decide(conversion, clicks)
        fresh.append(perf_counter_ns() - started)
    made = list(orders(kind, count, literals, regexes))
    phases = Phases()
    with phases("all"):
        for conversion, clicks in made:
            engine.decide(conversion, clicks)
    percentiles = [each / 1e9 for each in quantiles(fresh, n=100)]
    about = {"decide": sum(fresh) / count / 1e9, "p50": percentiles[49], "p99": percentiles[98]}
    return {"seconds": {**about, "cold": phases["all"] / count}}


def check(ours: str, theirs: str, share: float) -> Measured:  # noqa: ARG001  # every check is called with it
    """Whether both decided every order alike."""
    mine, other = (pl.read_parquet(Path(place) / _DECISIONS) for place in (ours, theirs))
    compare("decisions", mine, other)
    return {}


def _agreed(engine: Engine, made: list[Order], decisions: list[Decision], place: Path) -> dict[str, int]:
    """The counts of the batch's answer, which is that of the decisions; these are left in `place`."""
    conversions = pl.DataFrame([conversion for conversion, _ in made])
    result = engine.credit(conversions, pl.DataFrame([click for _, clicks in made for click in clicks]))
    rows = [
        {
            "conversion_id": decision.conversion_id,
            "outcome": decision.outcome.value,
            "reason": decision.reason.value,
            "partner_id": decision.credits[0].partner_id if decision.credits else None,
            "winner_partner_id": decision.winner_partner_id,
            "last_click_time": decision.last_click_time,
            "path_clicks": decision.path_clicks,
        }
        for decision in decisions
    ]
    batch = result.credits.select(list(rows[0]))
    singly = pl.DataFrame(rows, schema=batch.schema)
    compare("credits", batch, singly)
    singly.write_parquet(place / _DECISIONS)
    return counts(result.credits, result.verdicts)
