"""One command, timed from start to end."""

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.cases import Measured
from benchmarks.phases import Phases
from benchmarks.spawn import ROOT


def run(arguments: list[str], answer: str | None) -> Measured:
    """Run Python with these arguments; `{output}` stands for a new directory."""
    with tempfile.TemporaryDirectory(dir=answer) as output:
        command = [sys.executable, *(argument.replace("{output}", output) for argument in arguments)]
        phases = Phases()
        with phases("command"):
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{' '.join(arguments)}: exit code {done.returncode}: {done.stderr[-500:]}")
        written = len([path for path in Path(output).rglob("*") if path.is_file()])
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "seconds": dict(phases),
        "counts": {"files written": written},
        "peak_bytes": used.ru_maxrss * (1 if sys.platform == "darwin" else 1024),
        "cpu_seconds": used.ru_utime + used.ru_stime,
    }
