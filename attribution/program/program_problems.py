"""What is wrong with a program, all of it in one report: where, which field, what it says, what it should say.

A problem is a value. Reading goes on after it, so that the one `ProgramError` at the end has every problem of every
file.
"""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from dataclasses import field as defaulted
from enum import StrEnum

from attribution.errors import AttributionError

PRINTED = 20
"""Lines of a printed report; `ProgramError.problems` has them all."""

REPEATED = 3
"""Above so many equal messages about one field of one file, only the first is printed, with their number."""


class Kind(StrEnum):
    """What a problem is about, for those who treat some apart."""

    NO_FILE = "no file"
    """There is nothing to read: a path that leads nowhere, or to no program file."""
    ARGUMENTS = "arguments"
    DUPLICATE_ID = "duplicate id"
    NO_PARTNER = "no partner"
    PATTERN = "pattern"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in a file a problem is, as far as loading knows; what looks it up in the text starts from here.

    `list_name` and `index` are those of the list element; `line` and `column`, from 1, of text that cannot be read;
    `character` is an index into the value, as of a pattern.
    """

    list_name: str = ""
    index: int | None = None
    line: int | None = None
    column: int | None = None
    character: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong. `file` is "" for data from memory; `position` and `field` are "" where there is none.

    `brief` is the message where that has an illustration below it, `position` in words what `spot` has as numbers.
    """

    file: str
    position: str
    field: str
    value: object
    message: str
    kind: Kind = defaulted(default=Kind.OTHER, compare=False, repr=False)
    spot: Spot = defaulted(default=Spot(), compare=False, repr=False)  # frozen: it can be shared
    brief: str = defaulted(default="", compare=False, repr=False)

    def __str__(self) -> str:
        """Position, field and message, without the file: the report names it."""
        return ": ".join(part for part in (self.position, self.field, self.message) if part)


class ProgramError(AttributionError):
    """A program cannot be used; `problems` has every reason, in the order of the files."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        """The count and the files first, then the problems; what many promo codes share is said once."""
        files = sorted({problem.file for problem in self.problems if problem.file})
        lines = [_headline(len(self.problems), files)]
        shown = 0
        for group in self._groups()[:PRINTED]:
            shown += len(group)
            lines.append(_line(group, named=len(files) > 1))
        if shown < len(self.problems):
            lines.append(f"  and {len(self.problems) - shown} more")
        return "\n".join(lines)

    def _groups(self) -> list[list[Problem]]:
        alike: dict[tuple[str, str, str], list[Problem]] = {}
        for problem in self.problems:
            alike.setdefault((problem.file, problem.field, problem.message), []).append(problem)
        groups = []
        for group in alike.values():
            groups += [group] if len(group) > REPEATED else [[problem] for problem in group]
        order = {id(problem): index for index, problem in enumerate(self.problems)}
        return sorted(groups, key=lambda group: order[id(group[0])])


def _headline(count: int, files: Sequence[str]) -> str:
    where = "the program" if not files else files[0] if len(files) == 1 else f"{len(files)} files"
    return f"{count} problem{'s' * (count > 1)} in {where}"


def _line(group: Sequence[Problem], *, named: bool) -> str:
    problem = group[0]
    first, *below = str(problem).split("\n")
    if len(group) > 1:
        first += f" (and {len(group) - 1} more like this)"
    if named and problem.file:
        first = f"{problem.file}: {first}"
    return "\n".join(["  " + first, *("  " + line for line in below)])


def shown(value: object) -> str:
    """A value as a message shows it: quoted when it is text, as JSON spells it otherwise, and never long."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}..."


def one_of(value: object, allowed: Iterable[str]) -> str:
    """The message for a word outside a closed set, with the nearest word of it."""
    words = list(allowed)
    return f"{shown(value)} is not one of {', '.join(words)}{did_you_mean(value, words)}"


def did_you_mean(value: object, words: Iterable[str]) -> str:
    """`; did you mean 'x'?` for the word nearest to `value`, or nothing when none is near."""
    if not isinstance(value, str):
        return ""
    by_plain = {_plain(word): word for word in words}
    near = difflib.get_close_matches(_plain(value[:80]), by_plain, n=1, cutoff=0.7)
    return f"; did you mean {str(by_plain[near[0]])!r}?" if near else ""


def _plain(word: str) -> str:
    """A word without what people vary: case, spaces, hyphens, underscores."""
    return "".join(char for char in word.casefold() if char.isalnum())
