"""One call in a process of its own: `python -m benchmarks.child module:function '{"argument": ...}'`.

The last line of output is what the function returned, as JSON, with the peak memory of this process and the processor
time that it spent on all cores; a function that measures a process of its own says these itself.
"""

import json
import resource
import sys
from importlib import import_module
from pathlib import Path
from typing import Any


def main() -> None:
    """Call the function and report."""
    target, arguments = sys.argv[1], json.loads(sys.argv[2])
    module, _, name = target.partition(":")
    returned: dict[str, Any] = getattr(import_module(module), name)(**arguments) or {}
    used = resource.getrusage(resource.RUSAGE_SELF)
    cpu_seconds = used.ru_utime + used.ru_stime
    print(json.dumps({"peak_bytes": peak_bytes(), "cpu_seconds": cpu_seconds, **returned}))


def peak_bytes() -> int:
    """The most memory that this process had resident, so far."""
    # On Linux ru_maxrss may be that of the parent, which the child shared before it became another program.
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


if __name__ == "__main__":
    main()
