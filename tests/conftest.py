"""Profiles of Hypothesis, the number of processes, and the evaluators as a fixture.

`pytest` runs the whole suite, with as many processes as there are cores. Where a file is named, it is one process, so
that its output and a debugger are at hand. `pytest --hypothesis-profile thorough` draws more examples: see `draws`.
"""

import os

import pytest
from hypothesis import HealthCheck, settings

from tests.draws import THOROUGH
from tests.evaluators import EVALUATORS, Evaluator

# No deadline: a first Polars call is slow. Moderate counts: each example is a batch of several orders.
settings.register_profile(
    "thorough",
    deadline=None,
    max_examples=THOROUGH,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.register_profile("here", settings.get_profile("thorough"), max_examples=THOROUGH // 2)
settings.register_profile("ci", settings.get_profile("here"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """One process where a file is named; else None, for a process on each core."""
    return 0 if any(".py" in argument for argument in config.option.file_or_dir) else None


@pytest.fixture(params=sorted(EVALUATORS))
def evaluate(request: pytest.FixtureRequest) -> Evaluator:
    """Each evaluator in turn: `credit`, `decide`, `oracle`."""
    return EVALUATORS[request.param]
