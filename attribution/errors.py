"""The root of the exception tree: everything this package raises on purpose is an `AttributionError`."""


class AttributionError(Exception):
    """Something in the configuration, the tables or the options is wrong; the message says what and where."""

    exit_code = 2


class ArgumentError(AttributionError, ValueError):
    """A check that does not exist, a time that cannot be read, data that a chosen check lacks."""


class PatternError(AttributionError):
    """A regular expression is not of the dialect. `position` is an index into `pattern`, or None."""

    def __init__(self, problem: str, pattern: str, position: int | None = None) -> None:
        self.problem = problem
        self.pattern = pattern
        self.position = position
        super().__init__(problem, pattern, position)

    @property
    def message(self) -> str:
        """The problem in one line."""
        return f"pattern is not valid: {self.problem}"

    @property
    def illustration(self) -> tuple[str, ...]:
        """The pattern, and a line with a caret under the place where one is known."""
        shown = self.pattern.translate({ord("\t"): " ", ord("\n"): " ", ord("\r"): " "})
        return (f"    {shown}", *([] if self.position is None else [f"    {' ' * self.position}^"]))

    def __str__(self) -> str:
        """The problem with its illustration below."""
        return "\n".join([self.message, *self.illustration])
