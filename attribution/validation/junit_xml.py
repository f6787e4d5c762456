"""JUnit XML, as CI servers read it: suites of tests that passed or failed.

The elements are `testsuites`, `testsuite`, `testcase` and `failure`, with the attributes that every reader of the
format knows; what has no value (times, places) is left out. Characters that XML cannot hold become U+FFFD.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final
from xml.etree import ElementTree

_NOT_IN_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class TestCase:
    """One test. It failed if it has a `failure`: the whole text; `message` is its one line, `type` what kind it is."""

    __test__: ClassVar[bool] = False  # pytest would take it for a test, by its name

    name: str
    classname: str
    seconds: float | None = None
    failure: str | None = None
    message: str | None = None
    type: str | None = None
    file: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class TestSuite:
    """Tests that belong together, such as those of one file."""

    __test__: ClassVar[bool] = False

    name: str
    cases: Sequence[TestCase]


def junit_xml(suites: Sequence[TestSuite]) -> str:
    """The document of all suites, with its XML declaration; to be written as UTF-8."""
    root = ElementTree.Element("testsuites", _counts([case for suite in suites for case in suite.cases]))
    for suite in suites:
        element = ElementTree.SubElement(root, "testsuite", {"name": _text(suite.name), **_counts(suite.cases)})
        for case in suite.cases:
            _add(element, case)
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _add(suite: ElementTree.Element, case: TestCase) -> None:
    attributes = {"classname": case.classname, "name": case.name, "file": case.file, "line": case.line}
    attributes |= {"time": None if case.seconds is None else _seconds(case.seconds)}
    element = ElementTree.SubElement(suite, "testcase", _present(attributes))
    if case.failure is not None:
        failure = ElementTree.SubElement(element, "failure", _present({"message": case.message, "type": case.type}))
        failure.text = _text(case.failure)


def _counts(cases: Sequence[TestCase]) -> dict[str, str]:
    failures = sum(case.failure is not None for case in cases)
    times = [case.seconds for case in cases if case.seconds is not None]
    counts = {"tests": str(len(cases)), "failures": str(failures), "errors": "0", "skipped": "0"}
    return counts | ({"time": _seconds(sum(times))} if times else {})


def _seconds(seconds: float) -> str:
    return f"{seconds:.3f}"


def _present(attributes: dict[str, str | int | None]) -> dict[str, str]:
    return {name: _text(str(value)) for name, value in attributes.items() if value is not None}


def _text(text: str) -> str:
    return _NOT_IN_XML.sub("\ufffd", text)
