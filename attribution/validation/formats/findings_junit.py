"""Findings as JUnit XML, which every CI server reads: each check is a test, and fails with its findings.

Only findings as bad as `fail_on` fail a test, as they do the command.
"""

from collections.abc import Sequence

from attribution.text import counted, plain
from attribution.validation.check import Check
from attribution.validation.finding import Finding, Severity
from attribution.validation.formats.as_text import head, without_styles
from attribution.validation.junit_xml import TestCase, TestSuite, junit_xml
from attribution.validation.validate import Review

_NAME = "attribution validate"


def junit(review: Review, fail_on: Severity) -> str:
    """The document."""
    failing = [finding for finding in review.findings if finding.severity.rank <= fail_on.rank]
    cases = [_case(check, [one for one in failing if one.check == check.code]) for check in review.checks]
    return junit_xml([TestSuite(_NAME, cases)])


def _case(check: Check, findings: Sequence[Finding]) -> TestCase:
    name = f"{check.code} {check.slug}"
    classname = _NAME.replace(" ", ".")
    if not findings:
        return TestCase(name, classname)
    first = findings[0]
    several = "" if len(findings) == 1 else f"{counted(len(findings), 'finding')}, first: "
    message = several + plain(first.message)
    text = "\n".join(f"{without_styles(head(finding))}\n  help: {plain(finding.help)}" for finding in findings)
    place = first.place
    return TestCase(name, classname, None, text, message, first.severity.value, place.file or None, place.line)
