"""Ours in Python, phase by phase: a program, an engine, one call, the figures, the tables."""

import json
from pathlib import Path

from attribution import Engine, Program, summarise
from attribution.events.output import write_tables
from benchmarks.cases import Measured
from benchmarks.job.counts import counts
from benchmarks.job.job_summary import FILE
from benchmarks.job.place import output
from benchmarks.phases import Phases


def run(program: str, conversions: str, clicks: str, answer: str | None) -> Measured:
    """Credit everything, add it up and write the result."""
    phases = Phases()
    with phases("load"):
        loaded = Program.load(program)
    with output(answer) as place, phases("job"):
        with phases("engine"):
            engine = Engine(loaded)
        with phases("credit"):
            result = engine.credit(conversions, clicks)
        with phases("summary"):
            summary = summarise(result, loaded)
        with phases("write"):
            write_tables(place, {"credits": result.credits, "verdicts": result.verdicts})
    if answer is None:
        return {"seconds": dict(phases)}
    (Path(answer) / FILE).write_text(json.dumps(summary.to_dict()), encoding="utf-8")
    return {"seconds": dict(phases), "counts": counts(result.credits, result.verdicts)}
