"""What the figures were measured on: the machine, and the versions of everything."""

import os
import platform
import subprocess
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from benchmarks.spawn import ROOT

PACKAGES: Final = (
    "polars",
    "pydantic",
    "regex",
    "numpy",
    "duckdb",
    "pandas",
    "pyarrow",
    "hyperscan",
    "google-re2",
    "pyahocorasick",
)


@lru_cache(maxsize=1)
def machine() -> dict[str, str]:
    """Facts by name, as text."""
    return {
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "cpu": _cpu_model(),
        "cores": str(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()),
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB",
        "python": platform.python_version(),
        "attribution": commit(ROOT),
        **{name: found for name in PACKAGES if (found := _version(name))},
    }


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _cpu_model() -> str:
    described = Path("/proc/cpuinfo")
    if described.exists():
        facts: dict[str, str] = {}
        for line in described.read_text(encoding="utf-8", errors="replace").splitlines():
            name, _, value = line.partition(":")
            facts.setdefault(name.strip(), value.strip())
        # Some hypervisors shorten the name; family and model still say which generation it is.
        numbers = [facts[name] for name in ("cpu family", "model") if name in facts]
        return " ".join([facts.get("model name", platform.machine()), f"(family/model {'/'.join(numbers)})"])
    return platform.processor() or platform.machine()


def commit(checkout: Path) -> str:
    """The commit of a checkout, and whether it was changed since."""
    described = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=checkout, capture_output=True, text=True, check=False
    )
    return described.stdout.strip() or "unknown"
