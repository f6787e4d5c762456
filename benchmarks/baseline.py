"""Another checkout to compare with: its package `attribution`, called by the benchmarks of this one.

    git worktree add ../before f5a3d6b
    python -m benchmarks --only 'order-*' --baseline ../before

Contender `baseline` of each case is ours with that package, in processes of its own between ours.
"""

from dataclasses import replace
from pathlib import Path

from benchmarks.cases import Case
from benchmarks.machine import commit
from benchmarks.make.cache import DATA

NAME = "baseline"


def with_baseline(case: Case, checkout: Path) -> Case:
    """The case with one more contender, directly after ours."""
    ours, *others = case.contenders
    note = f"commit {commit(checkout)}"
    baseline = replace(ours, name=NAME, package=str(_only_package(checkout)), note=note)
    return replace(case, contenders=(ours, baseline, *others))


def _only_package(checkout: Path) -> Path:
    """A directory in which nothing but the checkout's package is, so that its benchmarks are not imported."""
    package = checkout.resolve() / "attribution"
    if not (package / "__init__.py").is_file():
        raise FileNotFoundError(f"{checkout} is no checkout: it has no package attribution")
    place = DATA / "baseline"
    place.mkdir(parents=True, exist_ok=True)
    link = place / package.name
    link.unlink(missing_ok=True)
    link.symlink_to(package, target_is_directory=True)
    return place
