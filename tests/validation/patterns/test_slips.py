"""Stars, signs, bars and classes that likely say something else than was meant."""

import pytest

from attribution.validation.checks.patterns import loose_alternation, suspicious_class, unescaped_sign, wildcard_star
from tests.validation.patterns.programs import fires, notices, pointed_at, subject

STAR, SIGN, LOOSE, CLASS = wildcard_star.CHECK, unescaped_sign.CHECK, loose_alternation.CHECK, suspicious_class.CHECK


@pytest.mark.parametrize(
    ("pattern", "part"),
    [
        ("SUMMER*", "R*"), ("^SUMMER*$", "R*"), ("(SUMMER*)", "R*"), ("SUM*2024", "M*"),
        ("^(?i)SUMMER*", "R*"),
        ("SUMMER-*", "-*"), ("SUMMER*?", "R*?"), ("SAVE10*", "0*"),
        ("^(?i)(?s)SUMMER*", "R*"), ("(?i)^(?s)SUM*10", "M*"),
    ],
)  # fmt: skip
def test_a_star_behind_a_word_was_meant_as_a_wildcard(pattern: str, part: str) -> None:
    assert pointed_at(STAR, pattern) == part


@pytest.mark.parametrize(
    "pattern",
    ["SUMMER.*", "^(SUMMER).*", "SUMMER[0-9]*", r"SUMMER\d*", "BLACK-*FRIDAY", "(SUMMER)*", "A*", "-R*", "SUMMER+",
     "COUPONS?", r"SUMMER\*"],
)  # fmt: skip
def test_a_star_that_repeats_what_it_should_is_no_wildcard(pattern: str) -> None:
    assert not fires(STAR, pattern)


def test_the_star_is_pointed_at_in_each_of_many_patterns_alike() -> None:
    codes = ("SUMMER10X*", "(?i)^WINTER10X*", "SPRING20X*")
    found = notices(STAR, *codes)
    assert [codes[notice.promo_codes[0]][slice(*notice.span or (0, 0))] for notice in found] == ["X*"] * 3


@pytest.mark.parametrize(
    ("pattern", "part"),
    [("20.OFF", "."), ("^SUMMER.10$", "."), ("BUY1+1", "+"), ("^(?i)BUY1+GET1", "+"), ("1.5OFF.*", ".")],
)
def test_a_sign_amid_a_word_was_meant_as_itself(pattern: str, part: str) -> None:
    assert pointed_at(SIGN, pattern) == part


@pytest.mark.parametrize(
    "pattern",
    [r"20\.OFF", "20[.]OFF", "SUMMER.*", "SUMMER.+10", "SUMMER.?10", "SUMMER.", ".SUMMER", "[A-Z]+10", r"\d+OFF",
     "SUMMER-.-10", "(A|B)+10", "SUMMER.{2}10", "A+"],
)  # fmt: skip
def test_a_sign_at_work_is_left_alone(pattern: str) -> None:
    assert not fires(SIGN, pattern)


@pytest.mark.parametrize(
    ("pattern", "anchors"),
    [
        ("^SUMMER|WINTER$", ["^", "$"]), ("^SUMMER|WINTER", ["^"]), ("SUMMER|WINTER$", ["$"]),
        ("^SUMMER$|WINTER", ["^", "$"]), (r"\ASUMMER|WINTER\Z", ["^", "$"]), ("(?i)^A1|B2", ["^"]),
        ("^A(B|C)|D", ["^"]), ("^A[|]|D", ["^"]),
    ],
)  # fmt: skip
def test_an_anchor_of_one_alternative_was_meant_for_all(pattern: str, anchors: list[str]) -> None:
    (notice,) = notices(LOOSE, pattern)
    assert notice.facts["anchors"] == anchors
    assert pattern[slice(*notice.span or (0, 0))] == "|"


@pytest.mark.parametrize(
    "pattern",
    ["^(SUMMER|WINTER)$", "^SUMMER|^WINTER", "^SUMMER$|^WINTER$", "SUMMER|WINTER", "(^SUMMER|WINTER)", r"^A\|B$",
     "^[A|B]$", "^A"],
)  # fmt: skip
def test_alternatives_that_are_anchored_alike_are_fine(pattern: str) -> None:
    assert not fires(LOOSE, pattern)


@pytest.mark.parametrize(
    ("pattern", "part"),
    [
        pytest.param("X[A-z]", "A-z", id="a range across the cases"),
        pytest.param("^(?i)X[A-z]", "A-z", id="the same behind flags"),
        pytest.param("X[0-9-Z]", "0-9-Z", id="a range with three ends"),
        pytest.param("X[A-Z|a-z]", "|", id="a bar between ranges"),
        pytest.param("X[A|B]", "|", id="a bar between letters"),
        pytest.param("X[A-Z,0-9]", ",", id="a comma between ranges"),
        pytest.param("X[.*]", "*", id="a star in the class with a dot"),
        pytest.param("X[A-Z0-9+]", "+", id="a plus in the class"),
        pytest.param(r"X[\d+]", "+", id="a plus behind an escape"),
        pytest.param("X[10-25]", "[10-25]", id="numbers from to"),
        pytest.param("X[0-25]", "[0-25]", id="numbers from a digit on"),
        pytest.param("[SUMMER]X", "[SUMMER]", id="a word with a letter twice"),
        pytest.param("[WINTER]X", "[WINTER]", id="a word of different letters"),
        pytest.param("X[A-ZM]", "M", id="a letter that its range holds"),
        pytest.param(r"X[\d7]", "7", id="a digit among digits"),
        pytest.param("X[0-90-9]", "0-9", id="a range twice"),
    ],
)
def test_a_class_with_a_slip_is_pointed_at(pattern: str, part: str) -> None:
    assert pointed_at(CLASS, pattern) == part


@pytest.mark.parametrize(
    "pattern",
    ["[A-Za-z]", "[A-Z0-9]", "[A-Z0-9-_]", "[A-Z0-9_-]", r"[\w-]", r"[\w.-]", "[-A]", "[]A]", "[^A-Z+]", "[+-]", "[*+]",
     "[Ss]", "[AEIOU]", "[ABCDEF]", "[1-9]", "[1-46-9]", "[|/-]", "[SML]", "[,.]", r"[\]|]", r"[\d\w]", "[^^]",
     "[A-Z-0-9]", "[0]", r"[A-Z\-]"],
)  # fmt: skip
def test_a_class_that_says_what_it_means_is_left_alone(pattern: str) -> None:
    assert not fires(CLASS, "X" + pattern)


def test_each_class_of_a_pattern_has_its_own_finding() -> None:
    looked_at = subject("[A-z]{2}[0-9+]")
    assert [notice.span for notice in CLASS.find(looked_at)] == [(1, 4), (12, 13)]
