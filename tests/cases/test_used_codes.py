"""From what a customer entered to used codes: split, strip, drop, dedupe."""

import unicodedata
from typing import Any

import pytest
import regex

from tests.cases.records import matched, order, promo, world
from tests.evaluators import Evaluator

# The White_Space property of the Unicode Character Database (PropList.txt), and the two zero-width characters.
WHITE_SPACE = [*range(0x09, 0x0E), 0x20, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F]
STRIPPED = [*WHITE_SPACE, 0x205F, 0x3000, 0x200B, 0xFEFF]
# Characters that look like white space to some library or other, but are not.
KEPT = [0x1C, 0x1D, 0x1E, 0x1F, 0x180E, 0x200C, 0x200D, 0x2060, 0x00, 0xAD, 0x2800, 0x3164, 0x08, 0x0E, 0x200E]


def named(code_point: int) -> Any:
    name = unicodedata.name(chr(code_point), "a control character").lower()
    return pytest.param(chr(code_point), id=f"U+{code_point:04X} {name}")


def used(evaluate: Evaluator, entered: Any, expected: list[str], **settings: Any) -> list[tuple[str, int]]:
    """The used codes and their positions: a literal looks for each expected one, a pattern for any other."""
    others = "|".join(regex.escape(code) for code in expected)
    codes = [promo("any other", code=rf"(?s)(?!(?:{others})\Z).+", match_mode="RE")]
    codes += [promo(code, code=code) for code in expected]
    result = evaluate(world(*codes, orders=[order(entered)], **settings))
    return sorted(((v["used_code"], v["code_position"]) for v in result.verdicts), key=lambda pair: pair[1])


@pytest.mark.parametrize("space", [named(code) for code in STRIPPED])
def test_white_space_around_a_used_code_is_stripped(evaluate: Evaluator, space: str) -> None:
    orders = [
        order(entered, conversion_id=str(index))
        for index, entered in enumerate([f"{space}SAVE", f"SAVE{space}", f"{space}{space}SAVE{space} ", space])
    ]
    result = evaluate(world(promo(), orders=orders))
    assert sorted((v["conversion_id"], v["used_code"]) for v in result.verdicts) == [
        ("0", "SAVE"),
        ("1", "SAVE"),
        ("2", "SAVE"),
    ]


@pytest.mark.parametrize("other", [named(code) for code in KEPT])
def test_nothing_else_is_stripped(evaluate: Evaluator, other: str) -> None:
    texts = [f"{other}SAVE", f"SAVE{other}", other]
    codes = [promo(str(index), code=text) for index, text in enumerate(texts)]
    orders = [order(text, conversion_id=str(index)) for index, text in enumerate(texts)]
    result = evaluate(world(promo(), *codes, orders=orders))
    found = sorted((v["conversion_id"], v["promo_code_id"], v["used_code"]) for v in result.verdicts)
    assert found == [(str(index), str(index), text) for index, text in enumerate(texts)]


def test_white_space_inside_a_used_code_stays(evaluate: Evaluator) -> None:
    codes = [promo("inner", code="SA VE"), promo("none")]
    assert matched(evaluate(world(*codes, orders=[order("\u3000SA VE\u200b")]))) == ["inner"]


def test_a_configured_literal_is_not_stripped(evaluate: Evaluator) -> None:
    assert matched(evaluate(world(promo(code=" SAVE"), orders=[order(" SAVE")]))) == []


@pytest.mark.parametrize(
    ("entered", "separator", "expected"),
    [
        pytest.param(None, None, [], id="null"),
        pytest.param("", None, [], id="empty"),
        pytest.param(" \u200b\t", None, [], id="blank"),
        pytest.param("A,B", None, ["A,B"], id="no separator: no splitting"),
        pytest.param("A,B", ",", ["A", "B"], id="a comma"),
        pytest.param(" A , B ", ",", ["A", "B"], id="stripped after splitting"),
        pytest.param(",A,,B, ,", ",", ["A", "B"], id="empties are no codes"),
        pytest.param("B,A", ",", ["B", "A"], id="the order is kept"),
        pytest.param("A,B,A,C,B", ",", ["A", "B", "C"], id="repeats count once, where they came first"),
        pytest.param("A, A\u200b,\ufeffA", ",", ["A"], id="repeats are seen after stripping"),
        pytest.param("A,a", ",", ["A", "a"], id="another case is another used code"),
        pytest.param("A||B|C", "||", ["A", "B|C"], id="a separator of two characters"),
        pytest.param("A|||B", "||", ["A", "|B"], id="separators are found from the left"),
        pytest.param("A||||B", "||", ["A", "B"], id="two separators in a row"),
        pytest.param("A  B C", " ", ["A", "B", "C"], id="a separator of white space"),
        pytest.param("A \nB", "\n", ["A", "B"], id="a line feed as separator"),
        pytest.param("A.B*C", ".", ["A", "B*C"], id="a separator is no pattern: dot"),
        pytest.param("A|B", "|", ["A", "B"], id="a separator is no pattern: bar"),
        pytest.param("A$B", "$", ["A", "B"], id="a separator is no pattern: dollar"),
        pytest.param("AxBXC", "x", ["A", "BXC"], id="a separator is case-sensitive"),
        pytest.param("A and B", " and ", ["A", "B"], id="a word as separator"),
        pytest.param("A,B", ";", ["A,B"], id="a separator that does not occur"),
        pytest.param(",", ",", [], id="nothing but the separator"),
        pytest.param([], None, [], id="an empty list"),
        pytest.param(["A", "B"], None, ["A", "B"], id="a list"),
        pytest.param(["A,B", "C"], ",", ["A,B", "C"], id="a list is taken as it is"),
        pytest.param([" A", None, "", "\u200b", "B "], None, ["A", "B"], id="a list with nulls and blanks"),
        pytest.param(["B", " B", "A"], None, ["B", "A"], id="a list with repeats"),
        pytest.param([None], None, [], id="a list of a null"),
    ],
)
def test_used_codes(evaluate: Evaluator, entered: Any, separator: str | None, expected: list[str]) -> None:
    positions = [(code, index) for index, code in enumerate(expected, start=1)]
    assert used(evaluate, entered, expected, code_separator=separator) == positions


def test_no_pattern_matches_an_order_without_code(evaluate: Evaluator) -> None:
    orders = [order(entered, conversion_id=str(index)) for index, entered in enumerate([None, "", " ", "\ufeff"])]
    result = evaluate(world(promo(code=".*", match_mode="RE"), orders=orders))
    assert result.verdicts == []
    assert len(result.credits) == 4


def test_unicode_is_not_normalised(evaluate: Evaluator) -> None:
    codes = [promo("composed", code="CAF\u00c9"), promo("cyrillic", code="S\u0410VE"), promo("wide", code="ＳＡＶＥ")]
    assert matched(evaluate(world(*codes, orders=[order(["CAFE\u0301", "SAVE"])]))) == []
    assert matched(evaluate(world(*codes, orders=[order("CAF\u00c9")]))) == ["composed"]


def test_very_long_used_codes_are_codes(evaluate: Evaluator) -> None:
    long = "A" * 5000
    codes = [promo("li", code=long), promo("re", code="A+", match_mode="RE"), promo("short", code=long[1:])]
    assert matched(evaluate(world(*codes, orders=[order(f" {long} ")]))) == ["li", "re"]


def test_orders_with_the_same_code_do_not_disturb_each_other(evaluate: Evaluator) -> None:
    entered = ["SAVE", "OTHER,SAVE", None, "SAVE ,SAVE", "OTHER"]
    orders = [order(text, conversion_id=str(index)) for index, text in enumerate(entered)]
    result = evaluate(world(promo(), orders=orders, code_separator=","))
    assert sorted((v["conversion_id"], v["code_position"]) for v in result.verdicts) == [("0", 1), ("1", 2), ("3", 1)]
