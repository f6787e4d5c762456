"""What is wrong with a file of cases: everything at once, each with its line and column."""

from collections.abc import Sequence

from attribution.errors import AttributionError
from attribution.program import Problem
from attribution.program.program_error import headline


class CasesError(AttributionError):
    """Files of cases cannot be used; `problems` has every reason, in the order of the files and their lines."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        """The count, then a line for each problem."""
        files = list(dict.fromkeys(problem.place.file for problem in self.problems))
        lines = [f"  {line}" for problem in self.problems for line in located(problem)]
        return "\n".join([headline(len(self.problems), files), *lines])


def located(problem: Problem) -> list[str]:
    """A problem behind its place, `cases.yaml:3:5: message`, and the lines below it."""
    place = problem.place
    where = ":".join(str(part) for part in (place.file, place.line, place.column) if part is not None)
    return [f"{where}: {problem}", *problem.illustration]


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
