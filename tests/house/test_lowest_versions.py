"""The lower bounds of dependencies, which .ci/run installs."""

import pytest
from packaging.requirements import Requirement

from tests.house.lowest_versions import PROJECT, lowest

PYTHON = "Programming Language :: Python :: 3."
VERSIONS = [name.rsplit(" ", 1)[1] for name in PROJECT["classifiers"] if name.startswith(PYTHON)]


@pytest.mark.parametrize("python", VERSIONS)
def test_every_dependency_has_one_lower_bound_on_each_python(python: str) -> None:
    names = [Requirement(one).name for one in PROJECT["dependencies"] if "win32" not in one]
    assert sorted(lowest(PROJECT["dependencies"], python)) == sorted(set(names))


def test_the_lowest_python_is_a_tested_one() -> None:
    assert PROJECT["requires-python"] == f">={VERSIONS[0]}"


def test_a_lower_bound_is_the_version_behind_its_sign() -> None:
    given = ["one>=1.5,<3", "two[extra]>=2; python_version < '3.12'", "two>=3; python_version >= '3.12'"]
    assert lowest(given, "3.11") == {"one": "1.5", "two": "2"}
    assert lowest(given, "3.12") == {"one": "1.5", "two": "3"}


@pytest.mark.parametrize("dependency", ["one", "one<3", "one==1", "one>=1,>=2"])
def test_a_dependency_without_one_lower_bound_is_refused(dependency: str) -> None:
    with pytest.raises(ValueError, match="no lower bound, or several"):
        lowest([dependency])
