"""Findings for people: the place, the sentence, the line with carets under what is meant, and the way out.

Lines are made of parts with a style each, which a terminal shows as colours. What cannot be seen in a line of a file,
such as a zero-width space, is shown as an escape. Of each check the first findings are shown, and how many more there
are: a typo in one setting must not bury everything else.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Final

from attribution.program.problem import Place
from attribution.text import plain
from attribution.validation.finding import Finding
from attribution.validation.formats.heads import summary, where
from attribution.validation.validate import Review

SHOWN: Final = 20
"""Findings of each check that are shown."""

Part = tuple[str, str]
"""A text and its style: a severity, `place`, `check`, `gutter`, `caret`, `help` or nothing."""

Line = tuple[Part, ...]


def text_lines(review: Review, limit: int = SHOWN) -> Iterator[Line]:
    """The report, line by line; a limit of 0 shows everything."""
    met: Counter[str] = Counter()
    for finding in review.findings:
        met[finding.check] += 1
        if not limit or met[finding.check] <= limit:
            yield from _finding(finding)
            yield ()
    hidden = [(check, met[check.code] - limit) for check in review.checks if limit and met[check.code] > limit]
    for check, count in hidden:
        yield ((f"{count:,} more of {check.code} {check.slug} not shown; --limit 0 shows all", "gutter"),)
    if hidden:
        yield ()
    yield ((summary(review), "summary"),)


def text(review: Review, limit: int = SHOWN) -> str:
    """The report without styles."""
    return "".join("".join(part for part, _ in line) + "\n" for line in text_lines(review, limit))


def _finding(finding: Finding) -> Iterator[Line]:
    severity = finding.severity.value
    name = f"[{finding.check} {finding.slug}]"
    yield (
        (f"{where(finding.place)}: ", "place"),
        (f"{severity}: ", severity),
        (f"{plain(finding.message)} ", "message"),
        (name, "check"),
    )
    yield from _excerpt(finding.place, severity)
    yield (("  help: ", "help"), (plain(finding.help), ""))


def _excerpt(place: Place, severity: str) -> Iterator[Line]:
    if place.text is None or place.line is None:
        return
    gutter = f"{place.line:>5} | "
    yield ((gutter, "gutter"), ("".join(map(_visible, place.text)).rstrip(), ""))
    if place.caret is not None:
        first, last = place.caret
        before = sum(map(_cells, place.text[:first]))
        length = max(1, sum(map(_cells, place.text[first:last].rstrip())))
        yield ((f"{'| ':>{len(gutter)}}", "gutter"), (" " * before + "^" * length, severity))


def _visible(char: str) -> str:
    return "    " if char == "\t" else plain(char)


def _cells(char: str) -> int:
    """Columns of a terminal that a character takes, shown as above."""
    shown = _visible(char)
    if shown != char:
        return len(shown)
    if unicodedata.category(char) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1
