"""One command, timed from start to end."""

import tempfile
from pathlib import Path

from benchmarks.cases import Measured
from benchmarks.process import run_process


def run(arguments: list[str], answer: str | None) -> Measured:
    """Run Python with these arguments; `{output}` stands for a new directory."""
    with tempfile.TemporaryDirectory(dir=answer) as output:
        measured, _ = run_process([argument.replace("{output}", output) for argument in arguments])
        written = len([path for path in Path(output).rglob("*") if path.is_file()])
    return {**measured, "counts": {"files written": written}}
