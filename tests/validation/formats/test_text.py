"""Findings as people read them."""

import pytest

from attribution.program.problem import Place
from attribution.validation.finding import Finding, Severity
from attribution.validation.formats.as_text import text, text_lines
from tests.validation.formats.reviews import EVERYTHING, WARNING, finding, review

REPORT = """\
a b/program.yaml:3:21: error: promo code 'A1' is odd: 100%, really [X001 odd]
    3 |   - {id: A1, code: "SAVE.*"}
      |                     ^^^^
  help: mend it

a b/program.yaml: warning: promo code 'A1' is odd: 100%, really [X002 curious]
  help: mend it

promo_codes[1]: info: promo code 'A1' is odd: 100%, really [X002 curious]
  help: mend it

1 error, 1 warning, 1 info in a b/program.yaml (2 promo codes, 3 checks); 1 finding allowed
"""


def test_a_finding_shows_place_sentence_line_caret_and_way_out() -> None:
    assert text(EVERYTHING) == REPORT


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param((), "no findings (2 promo codes, 3 checks)\n", id="a program from memory"),
        pytest.param(("a.json",), "no findings in a.json (2 promo codes, 3 checks)\n", id="a file"),
        pytest.param(("a.json", "b.json"), "no findings in 2 files (2 promo codes, 3 checks)\n", id="files"),
    ],
)
def test_a_clean_program_is_one_line(files: tuple[str, ...], expected: str) -> None:
    assert text(review(files=files)) == expected


@pytest.mark.parametrize(
    ("line", "caret", "shown", "carets"),
    [
        pytest.param("a\tcode: X", (8, 9), "a    code: X", "           ^", id="a tab"),
        pytest.param("é😀: X", (4, 5), "é😀: X", "     ^", id="a wide character"),
        pytest.param("\uff21: X", (3, 4), "\uff21: X", "    ^", id="a full-width letter"),
        pytest.param("e\u0301: X", (4, 5), "e\u0301: X", "   ^", id="a combining accent"),
        pytest.param("A\u200bB", (1, 2), "A\\u200bB", " ^^^^^^", id="a zero-width space"),
        pytest.param("A\x1b[31mB", (6, 7), "A\\x1b[31mB", "         ^", id="a terminal's escape"),
        pytest.param("AB", (2, 3), "AB", "  ^", id="behind the end"),
        pytest.param("", (0, 1), "", "^", id="an empty line"),
    ],
)
def test_the_caret_stands_below_what_is_meant(line: str, caret: tuple[int, int], shown: str, carets: str) -> None:
    place = Place("p.yaml", "promo_codes[0]", "code", 7, caret[0] + 1, line, caret)
    _, excerpt, below, *_ = text(review(finding(place=place))).split("\n")
    assert excerpt.rstrip() == f"    7 | {shown}".rstrip()
    assert below == f"      | {carets}"


def test_what_cannot_be_seen_in_a_message_is_escaped() -> None:
    said = text(review(finding(message="the code 'A\u200b\x1b[0m' is odd", help="write\nA")))
    assert "'A\\u200b\\x1b[0m'" in said
    assert "help: write\\nA" in said


def many(number: int, **changes: object) -> list[Finding]:
    return [finding(message=f"odd {index}", **changes) for index in range(number)]


def test_of_many_findings_of_one_check_the_first_are_shown_and_the_others_counted() -> None:
    said = text(review(*many(1_500), WARNING), limit=2)
    assert [f"odd {index} " in said for index in (0, 1, 2, 1_499)] == [True, True, False, False]
    assert "curious" in said
    assert "\n1,498 more of X001 odd not shown; --limit 0 shows all\n" in said
    assert said.splitlines()[-1].startswith("1,500 errors, 1 warning in")


@pytest.mark.parametrize("limit", [0, 25])
def test_all_findings_are_shown_where_the_limit_allows(limit: int) -> None:
    said = text(review(*many(25)), limit=limit)
    assert said.count("help:") == 25
    assert "not shown" not in said


@pytest.mark.parametrize("severity", list(Severity))
def test_severity_and_caret_have_the_style_of_the_severity(severity: Severity) -> None:
    lines = list(text_lines(review(finding(severity=severity))))
    styled = [part for line in lines for part, style in line if style == severity.value]
    assert styled == [f"{severity.value}: ", " " * 20 + "^^^^"]
