"""What is wrong with a file of cases: everything at once, each with its line and column."""

from collections.abc import Sequence
from dataclasses import dataclass

from attribution.errors import AttributionError


@dataclass(frozen=True, slots=True)
class CaseProblem:
    """One thing wrong in a file. `line` and `column` count from 1; None where the file as a whole is meant."""

    file: str
    line: int | None
    column: int | None
    message: str

    def __str__(self) -> str:
        """`cases.yaml:3:5: message`."""
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        return f"{place}: {self.message}"


class CasesError(AttributionError):
    """Files of cases cannot be used; `problems` has every reason, in the order of the files and their lines."""

    def __init__(self, problems: Sequence[CaseProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        """The count, then a line for each problem."""
        files = {problem.file for problem in self.problems}
        where = self.problems[0].file if len(files) == 1 else f"{len(files)} files"
        count = len(self.problems)
        lines = [f"  {line}" for problem in self.problems for line in str(problem).split("\n")]
        return "\n".join([f"{count} problem{'s' * (count > 1)} in {where}", *lines])


class NoSuchCaseError(AttributionError):
    """No case has the text in its name that was asked for."""

    def __init__(self, wanted: str, cases: int) -> None:
        self.wanted = wanted
        self.cases = cases
        super().__init__(wanted, cases)

    def __str__(self) -> str:
        """The text, and how many cases there are."""
        there = "the only case" if self.cases == 1 else f"any of the {self.cases:,} cases"
        return f"{self.wanted!r} is not in the name of {there}"
