"""Hypothesis profiles and the evaluators as a fixture."""

import os

import pytest
from hypothesis import HealthCheck, settings

from tests.evaluators import EVALUATORS, Evaluator

# No deadline: a first Polars call is slow. Moderate counts: each example is a batch of several orders.
settings.register_profile(
    "here",
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.register_profile("ci", settings.get_profile("here"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture(params=sorted(EVALUATORS))
def evaluate(request: pytest.FixtureRequest) -> Evaluator:
    """Each evaluator in turn: `credit`, `decide`, `oracle`."""
    return EVALUATORS[request.param]
