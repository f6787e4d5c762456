"""L001: literals that were meant as patterns, and codes with signs that were not."""

import pytest

from attribution.validation.checks.literals.looks_like_pattern import CHECK
from tests.validation.literals.looking import literal, look, promo


@pytest.mark.parametrize(
    ("code", "operator"),
    [
        pytest.param("SAVE.*", ".*", id="a dot that repeats"),
        pytest.param("SAVE.+", ".+", id="once or more"),
        pytest.param("SALE.{2}", ".{", id="so many times"),
        pytest.param("^SUMMER", "^", id="an anchor at the start"),
        pytest.param("SUMMER$", "$", id="an anchor at the end"),
        pytest.param("(SUMMER)$", "$", id="an anchor behind a group"),
        pytest.param(r"SALE\d+", r"\d", id="a backslash"),
        pytest.param("(?i)X", "(?", id="a flag"),
        pytest.param("SUMMER*", "*", id="a star at the end"),
        pytest.param("*SUMMER", "*", id="a star at the start"),
        pytest.param("SALE[0-9]", "[0-9]", id="a class"),
        pytest.param("AMY|BOB", "|", id="a choice"),
        pytest.param("COLOU?R", "?", id="an optional letter"),
        pytest.param("SALE(10)?", ")?", id="an optional group"),
        pytest.param("A{2,3}", "{2,3}", id="so many to so many times"),
    ],
)
def test_a_literal_with_operators_of_patterns_is_found(code: str, operator: str) -> None:
    [notice] = literal(CHECK, code)
    assert notice.span is not None
    assert code[slice(*notice.span)] == operator
    assert notice.facts["operator"] == operator


@pytest.mark.parametrize(
    "code",
    [
        *("20%OFF", "A+B", "BUY1GET1!", "50$", "SAVE50$", "$50OFF", "CA$HBACK", "SAVE(10)", "V1.5", "SAVE-10", "A.B.C"),
        *("WHAT?", "R&B", "10€", "{CODE}", "DISNEY+", "#SALE", "5*SPA", "MAMA'S", "A/B", "SALE...", "X^2", "ÉTÉ10"),
    ],
)
def test_a_code_with_signs_is_a_code(code: str) -> None:
    assert literal(CHECK, code) == []


def test_a_pattern_may_look_like_one() -> None:
    assert look(CHECK, promo("A1", "SAVE.*", match_mode="RE")) == []


def test_the_separator_is_no_operator_but_what_follows_it_is() -> None:
    assert literal(CHECK, "AMY|BOB", code_separator="|") == []
    assert [notice.span for notice in literal(CHECK, "AMY|BOB.*", code_separator="|")] == [(7, 9)]


@pytest.mark.parametrize(
    ("code", "regex_match", "advice"),
    [
        pytest.param("SAVE.*", "full", "set match_mode to RE", id="a pattern as it is"),
        pytest.param("SUM*MER*", "full", "write SUM.*MER.* with match_mode RE", id="a star for any text"),
        pytest.param("^SUMMER", "full", "write ^SUMMER.* with match_mode RE", id="a beginning"),
        pytest.param("SUMMER$", "full", "write .*SUMMER$ with match_mode RE", id="an end"),
        pytest.param("^SUMMER$", "full", "set match_mode to RE", id="both ends"),
        pytest.param("^SUMMER", "search", "set match_mode to RE", id="a beginning where a part is searched"),
        pytest.param("SAVE.*(", "full", "write the code as customers enter it", id="no valid pattern"),
    ],
)
def test_the_way_out_is_the_pattern_that_was_meant(code: str, regex_match: str, advice: str) -> None:
    [notice] = literal(CHECK, code, regex_match=regex_match)
    assert notice.help.startswith(advice)


def test_the_message_names_code_and_operator() -> None:
    [notice] = literal(CHECK, "SAVE.*")
    assert notice.message == "promo code 'A1' (SAVE.*) is a literal, but has '.*', an operator of patterns"
    assert notice.help == "set match_mode to RE if it is meant as a pattern"
    assert notice.facts == {"operator": ".*", "kind": "any"}
