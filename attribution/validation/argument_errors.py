"""What is wrong with the arguments of a validation."""

from attribution.errors import AttributionError


class ArgumentError(AttributionError, ValueError):
    """A check that does not exist, a time that cannot be read, data that a chosen check lacks."""
