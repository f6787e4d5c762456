"""Contenders for the tests of the runner: what they answer is an argument."""

from pathlib import Path

from benchmarks.cases import Measured


class DifferentAnswerError(Exception):
    """The answers differ."""


def run(number: int, answer: str | None) -> Measured:
    """Answer with a number."""
    if answer is not None:
        (Path(answer) / "number").write_text(str(number), encoding="utf-8")
    return {"seconds": {"job": float(number)}, "counts": {"number": number}}


def fail(answer: str | None) -> Measured:
    """Fail in either case."""
    raise RuntimeError(f"no answer for {answer is not None}")


def check(ours: str, theirs: str, share: float) -> Measured:  # noqa: ARG001  # every check is called with it
    """Compare the numbers."""
    one, other = ((Path(place) / "number").read_text(encoding="utf-8") for place in (ours, theirs))
    if one != other:
        raise DifferentAnswerError(f"{one} is not {other}")
    return {}
