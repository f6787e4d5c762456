"""How much may be computed before something is left undecided: a count, so that the answer is the same everywhere."""


class SpentError(Exception):
    """The budget is spent, and the question undecided."""


class Budget:
    """What is left of it."""

    def __init__(self, amount: int) -> None:
        self._left = amount

    def spend(self, amount: int) -> None:
        """Take so much; SpentError where there was less left."""
        self._left -= amount
        if self._left < 0:
            raise SpentError
