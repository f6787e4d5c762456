"""Call a function in a process of its own and read what it reports."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from time import perf_counter
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent


class ChildError(Exception):
    """The process failed, or was stopped for taking too long."""


def call(
    target: str, arguments: Mapping[str, Any], *, time_limit: float | None = None, package: str | None = None
) -> dict[str, Any]:
    """What `target` returned, with what the process used: `peak_bytes`, `cpu_seconds`, `process_seconds`.

    `package` is the directory that the process, and those that it starts, take `attribution` from.
    """
    command = [sys.executable, "-m", "benchmarks.child", target, json.dumps(dict(arguments), default=str)]
    started = perf_counter()
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=_environment(package),
            capture_output=True,
            text=True,
            timeout=time_limit,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ChildError(f"stopped after {time_limit:g} s") from error
    elapsed = perf_counter() - started
    if done.returncode < 0:
        raise ChildError(f"killed by signal {-done.returncode} (out of memory?)")
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["no message"]
        raise ChildError(last[0])
    reported: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return {**reported, "process_seconds": elapsed}


def _environment(package: str | None) -> dict[str, str]:
    # Python would look into the working directory before all else.
    path = [package, str(ROOT), os.environ.get("PYTHONPATH")]
    return {**os.environ, "PYTHONSAFEPATH": "1", "PYTHONPATH": os.pathsep.join(filter(None, path))}
