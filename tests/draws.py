"""How many examples a property draws: half of what is written by default, all with `--hypothesis-profile thorough`."""

from hypothesis import settings

THOROUGH = 40
"""Examples of a property that says no number, in the profile `thorough`."""


def draws(number: int) -> settings:
    """Settings for a property that draws so many examples in the profile `thorough`, and in others their share."""
    return settings(max_examples=max(1, number * settings().max_examples // THOROUGH))
