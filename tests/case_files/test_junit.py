"""JUnit XML that every reader takes: well formed, counted, without what XML cannot hold."""

from xml.etree import ElementTree

import pytest

from attribution.validation.junit_xml import TestCase, TestSuite, junit_xml

PASSED = TestCase("bob is paid", "cases.yaml", 0.25)
TEXT = "expected amy\ngot <nobody>"
FAILED = TestCase("amy is paid", "cases.yaml", 0.5, TEXT, 'got "nobody"', "Failure", "a.yaml", 7)


def read(*suites: TestSuite) -> ElementTree.Element:
    return ElementTree.fromstring(junit_xml(suites).encode())


def test_suites_and_the_whole_are_counted() -> None:
    root = read(TestSuite("a.yaml", [PASSED, FAILED]), TestSuite("b.yaml", [PASSED]))
    assert root.tag == "testsuites"
    assert root.attrib == {"tests": "3", "failures": "1", "errors": "0", "skipped": "0", "time": "1.000"}
    assert [suite.get("failures") for suite in root] == ["1", "0"]
    assert [suite.get("tests") for suite in root] == ["2", "1"]


def test_a_failure_has_its_text_and_its_place() -> None:
    case = read(TestSuite("s", [FAILED]))[0][0]
    assert case.attrib == {
        "name": "amy is paid", "classname": "cases.yaml", "time": "0.500", "file": "a.yaml", "line": "7",
    }  # fmt: skip
    assert case[0].attrib == {"message": 'got "nobody"', "type": "Failure"}
    assert case[0].text == TEXT


def test_what_passed_has_no_failure_and_what_is_unknown_no_attribute() -> None:
    (case,) = read(TestSuite("s", [TestCase("n", "c")]))[0]
    assert case.attrib == {"name": "n", "classname": "c"}
    assert len(case) == 0
    assert "time" not in read(TestSuite("s", [TestCase("n", "c")])).attrib


def test_an_empty_failure_is_a_failure() -> None:
    assert read(TestSuite("s", [TestCase("n", "c", failure="")])).get("failures") == "1"


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\x0b", "\ud800", "\ufffe", "\uffff"], ids=ascii)
def test_characters_that_xml_cannot_hold_are_replaced(character: str) -> None:
    case = read(TestSuite(f"s{character}", [TestCase(f"n{character}", "c", failure=f"f{character}")]))[0][0]
    assert (case.get("name"), case[0].text) == ("n\ufffd", "f\ufffd")


@pytest.mark.parametrize("text", ["tab\there", "two\nlines", "é", "\U0001f600", "]]>", "&amp;", "\x85"], ids=ascii)
def test_all_other_characters_stay(text: str) -> None:
    case = read(TestSuite("s", [TestCase(text, "c", failure=text)]))[0][0]
    assert (case.get("name"), case[0].text) == (text, text)


def test_no_suites_are_a_document_too() -> None:
    assert read().attrib["tests"] == "0"
