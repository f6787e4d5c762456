"""Ours: a program, an engine, one call."""

from attribution import Engine, Program
from attribution.events.output import write_tables
from benchmarks.cases import Measured
from benchmarks.job.counts import counts
from benchmarks.job.place import output
from benchmarks.phases import Phases


def run(program: str, conversions: str, clicks: str, answer: str | None) -> Measured:
    """Credit everything and write the result."""
    phases = Phases()
    with phases("load"):
        loaded = Program.load(program)
    with output(answer) as place, phases("job"):
        with phases("engine"):
            engine = Engine(loaded)
        with phases("credit"):
            result = engine.credit(conversions, clicks)
        with phases("write"):
            write_tables(place, {"credits": result.credits, "verdicts": result.verdicts})
    return {"seconds": dict(phases), "counts": counts(result.credits, result.verdicts)}
