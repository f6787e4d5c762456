"""Findings as JUnit XML: each check is a test."""

from xml.etree import ElementTree

import pytest

from attribution.validation.finding import Severity
from attribution.validation.formats.findings_junit import junit
from tests.validation.formats.reviews import EVERYTHING, finding, review


def suite(text: str) -> ElementTree.Element:
    root = ElementTree.fromstring(text)
    assert root.tag == "testsuites"
    (only,) = root
    assert only.tag == "testsuite"
    assert {"name", "tests", "failures", "errors"} <= set(only.attrib)
    return only


def test_every_check_is_a_test() -> None:
    found = suite(junit(EVERYTHING, Severity.INFO))
    assert (found.get("name"), found.get("tests"), found.get("failures")) == ("attribution validate", "3", "2")
    assert [(one.get("name"), len(one)) for one in found] == [("X001 odd", 1), ("X002 curious", 1), ("X003 quiet", 0)]


def test_a_failed_test_has_its_findings() -> None:
    first = suite(junit(EVERYTHING, Severity.INFO))[0]
    assert (first.get("file"), first.get("line")) == ("a b/program.yaml", "3")
    failure = first.find("failure")
    assert failure is not None
    assert (failure.get("type"), failure.get("message")) == ("error", "promo code 'A1' is odd: 100%, really")
    assert failure.text == (
        "a b/program.yaml:3:21: error: promo code 'A1' is odd: 100%, really [X001 odd]\n  help: mend it"
    )


@pytest.mark.parametrize(
    ("fail_on", "failures"), [(Severity.ERROR, "1"), (Severity.WARNING, "2"), (Severity.INFO, "2")]
)
def test_only_what_is_as_bad_as_asked_for_fails(fail_on: Severity, failures: str) -> None:
    assert suite(junit(EVERYTHING, fail_on)).get("failures") == failures


def test_several_findings_of_a_check_are_counted() -> None:
    (failure,) = suite(junit(review(finding(), finding(message="second")), Severity.ERROR)).iter("failure")
    assert failure.get("message") == "2 findings, first: promo code 'A1' is odd: 100%, really"
    assert (failure.text or "").count("help:") == 2


def test_control_characters_are_shown_as_escapes() -> None:
    (failure,) = suite(junit(review(finding(message="deal '\x1b\n'", help="\x07")), Severity.ERROR)).iter("failure")
    assert failure.get("message") == "deal '\\x1b\\n'"
    assert (failure.text or "").endswith("deal '\\x1b\\n' [X001 odd]\n  help: \\x07")
