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
from attribution.text import counted, plain
from attribution.validation.finding import Finding, Severity
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
            yield head(finding)
            yield from _excerpt(finding.place, finding.severity.value)
            yield (("  help: ", "help"), (plain(finding.help), ""))
            yield ()
    hidden = [(check, met[check.code] - limit) for check in review.checks if limit and met[check.code] > limit]
    for check, count in hidden:
        yield ((f"{count:,} more of {check.code} {check.slug} not shown; --limit 0 shows all", "gutter"),)
    if hidden:
        yield ()
    yield ((summary(review), "summary"),)


def text(review: Review, limit: int = SHOWN) -> str:
    """The report without styles."""
    return "".join(f"{without_styles(line)}\n" for line in text_lines(review, limit))


def without_styles(line: Line) -> str:
    """The text of a line."""
    return "".join(part for part, _ in line)


def head(finding: Finding) -> Line:
    """The first line of a finding: its place as compilers write it, or what there is of that, and what it says."""
    place, severity = finding.place, finding.severity.value
    numbers = [str(number) for number in (place.line, place.column) if number is not None]
    where = ":".join([place.file, *numbers]) if place.file else place.position or place.field or "program"
    return (
        (f"{plain(where)}: ", "place"),
        (f"{severity}: ", severity),
        (f"{plain(finding.message)} ", "message"),
        (f"[{finding.check} {finding.slug}]", "check"),
    )


def summary(review: Review) -> str:
    """One line: what was found, in what."""
    counts = Counter(finding.severity for finding in review.findings)
    found = ", ".join(counted(counts[one], one.value) for one in Severity if counts[one]) or "no findings"
    files = review.files
    where = "" if not files else f" in {plain(files[0])}" if len(files) == 1 else f" in {len(files)} files"
    looked = f"{counted(review.promo_codes, 'promo code')}, {counted(len(review.checks), 'check')}"
    allowed = f"; {counted(len(review.allowed), 'finding')} allowed" if review.allowed else ""
    return f"{found}{where} ({looked}){allowed}"


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
