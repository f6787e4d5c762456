"""The report of everything wrong with a program: where, which field, what it says, what it should say."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from attribution.errors import AttributionError
from attribution.program.problem import Kind, Problem

PRINTED: Final = 20
"""Lines of a printed report; `ProgramError.problems` has them all."""

REPEATED: Final = 3
"""Above so many equal messages about one field of one file, only the first is printed, with their number."""

_LONGEST_ID: Final = 40


class ProgramError(AttributionError):
    """A program cannot be used; `problems` has every reason, in the order of the files."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        """The report as one text."""
        return "\n".join(self.lines())

    def lines(self) -> list[str]:
        """The count and the files first, then the problems; what many promo codes share is said once."""
        files = sorted({problem.place.file for problem in self.problems if problem.place.file})
        lines = [headline(len(self.problems), files or ["the program"])]
        told = 0
        for problem, count in self._alike()[:PRINTED]:
            told += count
            lines += _lines(problem, count, named=len(files) > 1)
        return [*lines, *([f"  and {len(self.problems) - told} more"] if told < len(self.problems) else [])]

    def _alike(self) -> list[tuple[Problem, int]]:
        """The problems, the first only of many that say one thing of one field, with their number."""
        alike = [(problem.place.file, problem.place.field, str(problem)) for problem in self.problems]
        counts = Counter(alike)
        many = {key: count for key, count in counts.items() if count > REPEATED}
        first: dict[object, int] = {}
        for place, key in enumerate(alike):
            first.setdefault(key if key in many else place, place)
        return [(self.problems[place], many.get(alike[place], 1)) for place in first.values()]


def headline(count: int, files: Sequence[str]) -> str:
    """The first line of a report: how many problems, and where."""
    where = files[0] if len(files) == 1 else f"{len(files)} files"
    return f"{count} problem{'s' * (count > 1)} in {where}"


def _lines(problem: Problem, count: int, *, named: bool) -> list[str]:
    file = problem.place.file if named else ""
    first = ": ".join(part for part in (file, _position(problem), problem.place.field, str(problem)) if part)
    more = f" (and {count - 1} more like this)" if count > 1 else ""
    return [f"  {first}{more}", *(f"  {line}" for line in problem.illustration)]


def _position(problem: Problem) -> str:
    """The position of a promo code, with its id where that says more."""
    place, name = problem.place, problem.promo_code
    if name is None or place.line is not None or problem.kind is Kind.DUPLICATE_ID:  # which names the id itself
        return place.position
    return f"{place.position} (id {name[:_LONGEST_ID]})"
