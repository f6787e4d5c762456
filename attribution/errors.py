"""The root of the exception tree: everything this package raises on purpose is an `AttributionError`."""


class AttributionError(Exception):
    """Something in the configuration, the tables or the options is wrong; the message says what and where."""

    exit_code = 2


class PatternError(AttributionError):
    """A regular expression is not of the dialect. `position` is an index into `pattern`, or None."""

    def __init__(self, problem: str, pattern: str, position: int | None = None) -> None:
        self.problem = problem
        self.pattern = pattern
        self.position = position
        super().__init__(problem, pattern, position)

    def __str__(self) -> str:
        """The problem, the pattern below it, and a caret under the place where one is known."""
        shown = self.pattern.translate({ord("\t"): " ", ord("\n"): " ", ord("\r"): " "})
        caret = "" if self.position is None else f"\n    {' ' * self.position}^"
        return f"pattern is not valid: {self.problem}\n    {shown}{caret}"
