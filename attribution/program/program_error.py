"""The report of everything wrong with a program: where, which field, what it says, what it should say."""

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
        shown = 0
        for group in self._groups()[:PRINTED]:
            shown += len(group)
            lines += _lines(group, named=len(files) > 1)
        if shown < len(self.problems):
            lines.append(f"  and {len(self.problems) - shown} more")
        return lines

    def _groups(self) -> list[list[Problem]]:
        alike: dict[tuple[str, str, str], list[Problem]] = {}
        for problem in self.problems:
            alike.setdefault((problem.place.file, problem.place.field, str(problem)), []).append(problem)
        groups = []
        for group in alike.values():
            groups += [group] if len(group) > REPEATED else [[problem] for problem in group]
        order = {id(problem): index for index, problem in enumerate(self.problems)}
        return sorted(groups, key=lambda group: order[id(group[0])])


def headline(count: int, files: Sequence[str]) -> str:
    """The first line of a report: how many problems, and where."""
    where = files[0] if len(files) == 1 else f"{len(files)} files"
    return f"{count} problem{'s' * (count > 1)} in {where}"


def _lines(group: Sequence[Problem], *, named: bool) -> list[str]:
    problem = group[0]
    file = problem.place.file if named else ""
    first = ": ".join(part for part in (file, _position(problem), problem.place.field, str(problem)) if part)
    more = f" (and {len(group) - 1} more like this)" if len(group) > 1 else ""
    return [f"  {first}{more}", *(f"  {line}" for line in problem.illustration)]


def _position(problem: Problem) -> str:
    """The position of a promo code, with its id where that says more."""
    place, name = problem.place, problem.promo_code
    if name is None or place.line is not None or problem.kind is Kind.DUPLICATE_ID:  # which names the id itself
        return place.position
    return f"{place.position} (id {name[:_LONGEST_ID]})"
