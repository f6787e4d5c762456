"""Ours: an engine from a program, and from a pickle; until it is there, and until it has decided one order."""

import gc
import pickle
from pathlib import Path

from attribution import Engine, Program
from benchmarks.cases import Measured
from benchmarks.make.programs import program_file
from benchmarks.order.orders import orders
from benchmarks.phases import Phases


def make(literals: int, regexes: int, pickled: str) -> Measured:
    """The program file, and the pickle of today's engine."""
    engine = Engine(Program.load(program_file(literals, regexes)))
    Path(pickled).write_bytes(pickle.dumps(engine, protocol=pickle.HIGHEST_PROTOCOL))
    return {}


def from_program(program: str, answer: str | None) -> Measured:
    """Load the program file, build the engine, decide one order."""
    phases = Phases()
    with phases("load"):
        loaded = Program.load(program)
    gc.collect()
    with phases("engine"):
        engine = Engine(loaded)
    return _first(engine, phases, answer)


def from_pickle(pickled: str, answer: str | None) -> Measured:
    """Load the pickle, decide one order."""
    data = Path(pickled).read_bytes()
    phases = Phases()
    with phases("engine"):
        engine = pickle.loads(data)
    return _first(engine, phases, answer)


def _first(engine: Engine, phases: Phases, answer: str | None) -> Measured:
    conversion, clicks = next(orders("literal", 1, 1, 0))
    with phases("first order"):
        decision = engine.decide(conversion, clicks)
    if answer is not None:
        judged = decision.outcome, decision.reason, decision.credits, decision.verdicts, decision.path_clicks
        (Path(answer) / "decision.txt").write_text(repr(judged), encoding="utf-8")
    return {"seconds": dict(phases), "counts": {"promo codes": len(engine.program.promo_codes)}}


def check(ours: str, theirs: str, share: float) -> Measured:  # noqa: ARG001  # every check is called with it
    """Whether both engines decided the same."""
    decisions = [(Path(place) / "decision.txt").read_text(encoding="utf-8") for place in (ours, theirs)]
    if decisions[0] != decisions[1]:
        raise DifferentAnswerError(f"{decisions[0]} is not {decisions[1]}")
    return {}


class DifferentAnswerError(Exception):
    """The decisions differ."""
