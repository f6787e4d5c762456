"""Prints the lowest run-time versions that pyproject.toml allows, as constraints of pip for the Python that runs it."""

import tomllib
from collections.abc import Iterable
from pathlib import Path

from packaging.requirements import Requirement

PROJECT = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def lowest(dependencies: Iterable[str], python: str | None = None) -> dict[str, str]:
    """The lower bound of each dependency that is installed with a Python, such as 3.11; its name to its version."""
    environment = None if python is None else {"python_version": python, "python_full_version": f"{python}.0"}
    requirements = [Requirement(dependency) for dependency in dependencies]
    return {one.name: _bound(one) for one in requirements if one.marker is None or one.marker.evaluate(environment)}


def _bound(requirement: Requirement) -> str:
    bounds = [specifier.version for specifier in requirement.specifier if specifier.operator == ">="]
    if len(bounds) != 1:
        raise ValueError(f"{requirement} has no lower bound, or several; write one with >=")
    return bounds[0]


if __name__ == "__main__":
    print(*(f"{name}=={version}" for name, version in lowest(PROJECT["dependencies"]).items()), sep="\n")  # noqa: T201 -- its output is what pip is given
