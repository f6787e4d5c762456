"""One process of Python, measured from its start to its exit.

This module imports nothing large: on Linux a process begins with the peak memory of the one that starts it.
"""

import resource
import subprocess
import sys
from collections.abc import Sequence
from time import perf_counter

from benchmarks.cases import Measured
from benchmarks.spawn import ROOT, ChildError


def run_process(arguments: Sequence[str]) -> tuple[Measured, str]:
    """Run Python with these arguments; its wall seconds as phase `process`, and what it printed."""
    started = perf_counter()
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    seconds = perf_counter() - started
    if done.returncode:
        raise ChildError(f"{' '.join(arguments)}: exit code {done.returncode}: {done.stderr[-500:]}")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    measured: Measured = {
        "seconds": {"process": seconds},
        "peak_bytes": used.ru_maxrss * (1 if sys.platform == "darwin" else 1024),
        "cpu_seconds": used.ru_utime + used.ru_stime,
    }
    return measured, done.stdout
