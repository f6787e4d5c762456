"""Contenders for the tests of the runner: what they answer is an argument."""

import subprocess
import sys
from pathlib import Path

import attribution
from benchmarks.cases import Measured


class DifferentAnswerError(Exception):
    """The answers differ."""


def run(number: int, answer: str | None) -> Measured:
    """Answer with a number."""
    if answer is not None:
        (Path(answer) / "number").write_text(str(number), encoding="utf-8")
    return {"seconds": {"job": float(number)}, "counts": {"number": number}}


def process(number: int, answer: str | None) -> Measured:  # noqa: ARG001  # every contender is called with it
    """Say the time of a process that was started elsewhere."""
    return {"seconds": {"process": 0.5}, "counts": {"number": number}}


def origin(answer: str | None) -> dict[str, list[str]]:  # noqa: ARG001
    """Where `attribution` is imported from, here and in a process that is started here."""
    question = "import attribution; print(attribution.__file__)"
    there = subprocess.run([sys.executable, "-c", question], capture_output=True, text=True, check=True)
    return {"origins": [str(attribution.__file__), there.stdout.strip()]}


def fail(answer: str | None) -> Measured:
    """Fail in either case."""
    raise RuntimeError(f"no answer for {answer is not None}")


def check(ours: str, theirs: str, share: float) -> Measured:  # noqa: ARG001  # every check is called with it
    """Compare the numbers."""
    one, other = ((Path(place) / "number").read_text(encoding="utf-8") for place in (ours, theirs))
    if one != other:
        raise DifferentAnswerError(f"{one} is not {other}")
    return {}
