"""Findings as workflow commands, which GitHub shows beside the lines of a pull request.

One line for each finding; the escapes are those of GitHub's toolkit: in a message `%` and line ends, in a property also
`:` and `,`. Control characters are shown as escapes, as in `text`. GitHub shows ten of each level for a step; the log
of the step has them all.
"""

from typing import Final

from attribution.text import plain
from attribution.validation.finding import Finding, Severity
from attribution.validation.validate import Review

LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def github(review: Review) -> str:
    """The commands, one a line."""
    return "".join(f"{_command(finding)}\n" for finding in review.findings)


def _command(finding: Finding) -> str:
    place = finding.place
    properties = {"file": place.file, "line": place.line, "col": place.column}
    if place.line is not None and place.column is not None and place.caret is not None:
        properties |= {"endLine": place.line, "endColumn": place.column + place.caret[1] - place.caret[0]}
    properties["title"] = f"{finding.check} {finding.slug}"
    given = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items() if value not in (None, ""))
    said = _data(f"{plain(finding.message)}\nhelp: {plain(finding.help)}")
    return f"::{LEVELS[finding.severity]} {given}::{said}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
