"""Patterns that match too much, one thing only, or one letter case only."""

from random import Random
from string import ascii_uppercase, digits

import pytest
import regex

from attribution.validation.checks.patterns import matches_empty, matches_everything, no_operators, one_letter_case
from attribution.validation.finding import Severity
from tests.validation.patterns.programs import FULL, SEARCH, fires, notices

EMPTY, EVERYTHING = matches_empty.CHECK, matches_everything.CHECK
LITERAL, CASE = no_operators.CHECK, one_letter_case.CHECK


@pytest.mark.parametrize("pattern", ["(SUMMER)?[0-9]*", "^(SUMMER)?$", "X{0,3}", "(?:(?!X)A)?", "(A|)", "A*B?"])
def test_a_pattern_all_of_which_is_optional_matches_the_empty_text(pattern: str) -> None:
    assert regex.fullmatch(pattern, "")
    assert fires(EMPTY, pattern)


@pytest.mark.parametrize("pattern", ["SUMMER?", "(SUMMER)+", "^SUMMER$", "(?=A)A?", "A|B", ".*", "[A-Z0-9]*", "^$"])
def test_a_pattern_that_demands_something_or_is_too_broad_anyway_does_not(pattern: str) -> None:
    assert not fires(EMPTY, pattern, **FULL)


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (".*", "every used code of 4 to 12 letters and digits"), (".+", "every used code"),
        (".{3,}", "every used code"),
        (r"\w+", "every used code"), ("[A-Z0-9]*", "every used code"), ("^[A-Z0-9]{4,12}$", "every used code"),
        ("[^X].*", "97% of all used codes"), ("[A-Z].*", "72% of all used codes"),
        ("[A-Z]+", "every used code of 4 to 12 letters,"), ("(?i)[a-z]{4,}", "every used code of 4 to 12 letters,"),
        ("(?!SUMMER).*", "nearly every used code"), ("(?=[A-Z0-9]+$).*", "nearly every used code"),
    ],
)  # fmt: skip
def test_a_broad_pattern_is_called_so(pattern: str, words: str) -> None:
    (notice,) = notices(EVERYTHING, pattern, rule="ALWAYS")
    assert words in notice.message


@pytest.mark.parametrize(
    "pattern",
    ["^(SUMMER).*", ".*A.*B.*", "[A-M].*", "[A-Z]{6}", r"\d+", "[a-z]+", "(?=SUMMER).*", r"[A-Z]{4}\d{2}", "^$"],
)  # fmt: skip
def test_a_pattern_with_something_of_its_own_is_not_broad(pattern: str) -> None:
    assert not fires(EVERYTHING, pattern, **FULL)


def test_a_broad_pattern_is_an_error_with_always_and_a_warning_otherwise() -> None:
    for rule, severity in (("ALWAYS", Severity.ERROR), ("INVOLVED", Severity.WARNING), ("WINNER", Severity.WARNING)):
        assert [notice.severity for notice in notices(EVERYTHING, ".*", rule=rule)] == [severity]


@pytest.mark.parametrize("pattern", ["A*", "(SUMMER)?", ".", "[A-Z]", "$", "^"])
def test_whatever_matches_nothing_or_any_character_is_found_everywhere(pattern: str) -> None:
    assert fires(EVERYTHING, pattern, **SEARCH)
    assert not fires(EVERYTHING, pattern, **FULL)


@pytest.mark.parametrize("pattern", ["[A-M].*", "[A-Z].*", ".{6,}", "[^0-9]{3,9}", "[A-Z]+[0-9]*"])
def test_the_share_is_that_of_the_population(pattern: str) -> None:
    random = Random(7)
    codes = ["".join(random.choices(ascii_uppercase + digits, k=4 + at % 9)) for at in range(9000)]
    share = sum(regex.fullmatch(pattern, code) is not None for code in codes) / len(codes)
    found = [notice.facts for notice in notices(EVERYTHING, pattern)]
    shown = [fact["share"] for fact in found if fact["population"] == "letters and digits"]
    assert shown == ([pytest.approx(share, abs=0.02)] if share >= 0.5 else [])


@pytest.mark.parametrize(
    ("pattern", "literal"),
    [("SUMMER", "SUMMER"), ("^SUMMER$", "SUMMER"), ("^(SUMMER)$", "SUMMER"), (r"^SAVE\$10$", "SAVE$10"),
     ("[.]X", ".X")],
)  # fmt: skip
def test_a_pattern_of_one_text_is_a_literal(pattern: str, literal: str) -> None:
    (notice,) = notices(LITERAL, pattern)
    assert notice.facts == {"literal": literal, "case_would_change": False}
    assert repr(literal) in notice.help


@pytest.mark.parametrize(
    "pattern", ["SUMMER.*", "SUMMER|WINTER", "SUMMER?", "(?i)SUMMER", r"SUMMER\d", "SAVE$10", "[AB]C"]
)
def test_a_pattern_of_several_texts_is_none(pattern: str) -> None:
    assert not fires(LITERAL, pattern)


def test_a_searched_pattern_is_a_literal_only_between_anchors() -> None:
    assert [fires(LITERAL, text, **SEARCH) for text in ("SUMMER", "^SUMMER", "SUMMER$", "^SUMMER$")] == [
        False, False, False, True,
    ]  # fmt: skip


def test_where_literals_ignore_case_the_change_of_mode_is_said_to_change_it() -> None:
    (notice,) = notices(LITERAL, "SUMMER", literal_case="insensitive")
    assert notice.facts["case_would_change"] is True
    assert "whatever case" in notice.help
    (digits_only,) = notices(LITERAL, "2024", literal_case="insensitive")
    assert digits_only.facts["case_would_change"] is False
    (caseless,) = notices(LITERAL, "(?i)SUMMER", literal_case="insensitive")
    assert caseless.facts == {"literal": "summer", "case_would_change": False}


@pytest.mark.parametrize(
    ("pattern", "matched", "missed"),
    [
        ("^(SUMMER).*", "SUMMER", "summer"), ("^summer$", "summer", "SUMMER"), ("^[A-Z]{2}10$", "XX10", "xx10"),
        ("10-[A-Z]", "10-X", "10-x"), ("(?i:sum)[A-Z]", "SUMX", "sumx"), ("SUM[a-z]?MER", None, None),
    ],
)  # fmt: skip
def test_a_pattern_in_one_case_misses_codes_in_the_other(pattern: str, matched: str | None, missed: str | None) -> None:
    found = [notice.facts for notice in notices(CASE, pattern, literals=("WINTER",), literal_case="insensitive")]
    assert found == ([] if matched is None else [{"matched": matched, "missed": missed}])


@pytest.mark.parametrize(
    "pattern",
    ["^(?i)(SUMMER).*", "(?i:SUMMER)", "[A-Za-z]+10", "[0-9]+", ".*", "Summer", "[Ss][Uu]", "SUMMER|summer",
     "SUMMER|.*", r"\d{4}-\w+"],
)  # fmt: skip
def test_a_pattern_of_both_cases_or_none_misses_nobody(pattern: str) -> None:
    assert not fires(CASE, pattern, literals=("WINTER",), literal_case="insensitive")


def test_case_is_no_matter_where_literals_keep_it_or_have_none() -> None:
    assert not fires(CASE, "SUMMER.*", literals=("WINTER",), literal_case="sensitive")
    assert not fires(CASE, "SUMMER.*", literals=("2024",), literal_case="insensitive")
    assert not fires(CASE, "SUMMER.*", literal_case="insensitive")
