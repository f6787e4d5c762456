"""When the text of a promo code matches a used code: literals, patterns, case, flags."""

from typing import Any

import pytest

from attribution.errors import AttributionError
from tests.cases.records import matched, order, promo, world
from tests.evaluators import Evaluator, engine_of

KELVIN, LONG_S, DOTTED_I, DOTLESS_I = "\u212a", "\u017f", "\u0130", "\u0131"


@pytest.mark.parametrize(
    ("code", "entered", "sensitive", "insensitive"),
    [
        pytest.param("SAVE10", "SAVE10", True, True, id="equal"),
        pytest.param("SAVE10", "save10", False, True, id="small letters"),
        pytest.param("save10", "SAVE10", False, True, id="a small code"),
        pytest.param("SaVe", "sAvE", False, True, id="mixed"),
        pytest.param("SAVE", "SAVE1", False, False, id="longer"),
        pytest.param("SAVE", "SAV", False, False, id="shorter"),
        pytest.param("K", KELVIN, False, False, id="K is not the Kelvin sign"),
        pytest.param(KELVIN, "k", False, False, id="the Kelvin sign is not k"),
        pytest.param(KELVIN, KELVIN, True, True, id="the Kelvin sign is itself"),
        pytest.param("S", LONG_S, False, False, id="S is not the long s"),
        pytest.param("I", DOTLESS_I, False, False, id="I is not the dotless i"),
        pytest.param("i", DOTTED_I, False, False, id="i is not the dotted I"),
        pytest.param("É", "é", False, False, id="only ASCII letters fold"),
        pytest.param("straße", "STRASSE", False, False, id="sharp s is not ss"),
        pytest.param("straße", "STRAßE", False, True, id="the ASCII letters around a sharp s fold"),
        pytest.param("@[`{", "`{@[", False, False, id="neighbours of the letters do not fold"),
        pytest.param("S.VE", "SAVE", False, False, id="a literal is no pattern"),
        pytest.param("A+B(1)", "a+b(1)", False, True, id="pattern characters in a literal"),
        pytest.param("007", "7", False, False, id="numbers are text"),
        pytest.param("1E10", "1e10", False, True, id="an exponent is text"),
    ],
)
def test_literals(evaluate: Evaluator, code: str, entered: str, sensitive: bool, insensitive: bool) -> None:
    for case, expected in (("sensitive", sensitive), ("insensitive", insensitive)):
        result = evaluate(world(promo(code=code), orders=[order(entered)], literal_case=case))
        assert (matched(result) == ["k"]) is expected, case


def test_literals_are_case_sensitive_unless_set(evaluate: Evaluator) -> None:
    assert matched(evaluate(world(promo(), orders=[order("save")]))) == []


def test_the_used_code_is_shown_as_entered(evaluate: Evaluator) -> None:
    result = evaluate(world(promo(), orders=[order(" sAVe")], literal_case="insensitive"))
    assert [row["used_code"] for row in (*result.verdicts, *result.credits)] == ["sAVe", "sAVe"]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        pytest.param({}, ["k"], id="the preset alone"),
        pytest.param({"literal_case": "sensitive"}, [], id="an explicit setting overrides it"),
    ],
)
def test_the_preset_of_the_platform_folds_literals(
    evaluate: Evaluator, settings: dict[str, Any], expected: list[str]
) -> None:
    plain = world(promo(), orders=[order("save")], **settings)
    assert matched(evaluate(plain.but(program={**plain.program, "preset": "impact.com"}))) == expected


@pytest.mark.parametrize(
    ("pattern", "entered", "full", "search"),
    [
        pytest.param("SAVE", "SAVE", True, True, id="a plain word"),
        pytest.param("SAVE", "SAVE10", False, True, id="a prefix"),
        pytest.param("SAVE", "XSAVE", False, True, id="a suffix"),
        pytest.param("SAVE", "save", False, False, id="patterns are case-sensitive"),
        pytest.param("SAVE|SAVE10", "SAVE10", True, True, id="a shorter alternative first"),
        pytest.param("SAVE|OFF", "SAVEOFF", False, True, id="alternatives side by side"),
        pytest.param("^SAVE", "SAVE10", False, True, id="an anchored start"),
        pytest.param("SAVE$", "XSAVE", False, True, id="an anchored end"),
        pytest.param("^(SUMMER).*", "SUMMER25", True, True, id="the recipe for starts-with"),
        pytest.param("^(SUMMER).*", "MIDSUMMER", False, False, id="starts-with does not end with"),
        pytest.param("^.*(SUMMER)$", "MIDSUMMER", True, True, id="the recipe for ends-with"),
        pytest.param("^(?i)(SUMMER).*", "summer25", True, True, id="the recipe without case"),
        pytest.param("^(?i)(SUMMER).*", "MIDsummer", False, False, id="the recipe stays anchored"),
        pytest.param("(?i)summer", "SUMMER", True, True, id="a flag at the start"),
        pytest.param("^(?i)A|B", "b", True, True, id="a flag after the anchor holds for all alternatives"),
        pytest.param("^(?i)A|B", "xb", False, True, id="the anchor is of the first alternative only"),
        pytest.param("(?i:s)AVE", "sAVE", True, True, id="a scoped flag"),
        pytest.param("(?i:s)AVE", "save", False, False, id="a scoped flag holds in its group"),
        pytest.param("(?i)k", KELVIN, True, True, id="a case-insensitive pattern folds the Kelvin sign"),
        pytest.param(f"(?i){KELVIN}", "k", True, True, id="and the other way round"),
        pytest.param("(?i)s", LONG_S, True, True, id="and the long s"),
        pytest.param("(?i)é", "É", True, True, id="and letters beyond ASCII"),
        pytest.param("(?i)straße", "STRASSE", False, False, id="simple folding only"),
        pytest.param("A.B", "A\nB", False, False, id="a dot is no line feed"),
        pytest.param("(?s)A.B", "A\nB", True, True, id="a dot is any character under (?s)"),
        pytest.param("^(?s)A.B", "A\nB", True, True, id="(?s) after the anchor"),
        pytest.param("(?is)a.b", "A\nB", True, True, id="two flags"),
        pytest.param("A$", "A\nB", False, False, id="a dollar is the end of the text"),
        pytest.param("(?m)A$", "A\nB", False, True, id="a dollar is the end of a line under (?m)"),
        pytest.param("(?x) S A V E # save", "SAVE", True, True, id="a verbose pattern"),
        pytest.param(r"\d{3}", "007", True, True, id="digits"),
        pytest.param(r"\d", "\u0663", True, True, id="digits of other scripts"),
        pytest.param(r"(?a)\d", "\u0663", False, False, id="ASCII digits only under (?a)"),
        pytest.param(r"\w+", "ÀÉ", True, True, id="letters of other alphabets"),
        pytest.param(".", "\U0001f600", True, True, id="a dot is one code point"),
        pytest.param(".*", "x", True, True, id="anything"),
        pytest.param("X*", "A", False, True, id="an empty match is somewhere in anything"),
        pytest.param("(?:)", "A", False, True, id="a pattern of nothing"),
        pytest.param("SUM(?=MER)", "SUMMER", False, True, id="look-ahead"),
        pytest.param("SUM(?=MER).*", "SUMMER", True, True, id="look-ahead and the rest"),
        pytest.param("SAVE(?!10).*", "SAVE10", False, False, id="negative look-ahead"),
        pytest.param(r"(?<=A)B", "AB", False, True, id="look-behind"),
        pytest.param(r"([A-Z])\1", "AA", True, True, id="a back-reference"),
        pytest.param(r"([A-Z])\1", "AB", False, False, id="a back-reference that fails"),
        pytest.param("(?>A|AB)C", "ABC", False, False, id="an atomic group does not give back"),
        pytest.param("A++A", "AAA", False, False, id="a possessive quantifier neither"),
        pytest.param("[[a]b]", "a", False, False, id="version 0: no nested sets"),
        pytest.param("[[a]b]", "ab]", True, True, id="version 0: a set ends at its first bracket"),
        pytest.param("[[a]b]", "[b]", True, True, id="version 0: a bracket in a set is itself"),
        pytest.param(r"\bSAVE\b", "SAVE-10", False, True, id="word boundaries"),
        pytest.param("(SAVE){e<=1}", "SAXE", True, True, id="approximate matching"),
        pytest.param(r"\p{Lu}+", "ÄB", True, True, id="Unicode properties"),
    ],
)
def test_patterns(evaluate: Evaluator, pattern: str, entered: str, full: bool, search: bool) -> None:
    for mode, expected in (("full", full), ("search", search)):
        code = promo(code=pattern, match_mode="RE")
        result = evaluate(world(code, orders=[order(entered)], regex_match=mode))
        assert (matched(result) == ["k"]) is expected, mode


def test_patterns_match_the_whole_used_code_unless_set(evaluate: Evaluator) -> None:
    code = promo(match_mode="RE")
    assert matched(evaluate(world(code, orders=[order(["SAVE10", "XSAVE"])]))) == []


def test_folding_of_literals_does_not_touch_patterns(evaluate: Evaluator) -> None:
    code = promo(match_mode="RE")
    assert matched(evaluate(world(code, orders=[order("save")], literal_case="insensitive"))) == []


def test_many_codes_meet_one_used_code_each_on_its_own(evaluate: Evaluator) -> None:
    texts = ["SAVE", "SAVE10", "SAVE1", "AVE10", "VE", "10"]
    literals = [promo(f"li {text}", code=text) for text in texts]
    patterns = [promo(f"re {text}", code=text, match_mode="RE") for text in texts]
    flags = [promo(f"ci {text}", code=f"^(?i){text.lower()}.*", match_mode="RE") for text in texts]
    orders = [order("SAVE10")]
    assert matched(evaluate(world(*literals, *patterns, *flags, orders=orders))) == sorted(
        ["li SAVE10", "re SAVE10", "ci SAVE", "ci SAVE1", "ci SAVE10"]
    )
    searched = evaluate(world(*literals, *patterns, orders=orders, regex_match="search"))
    assert matched(searched) == sorted(["li SAVE10", *(f"re {text}" for text in texts)])


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param("SUMMER(?i)", id="a global flag at the end"),
        pytest.param("SUM(?i)MER", id="a global flag in the middle"),
        pytest.param("A|(?i)B", id="a global flag in an alternative"),
        pytest.param("((?i)A)", id="a global flag in a group"),
        pytest.param("(SUMMER", id="an open group"),
        pytest.param("[A-", id="an open set"),
        pytest.param("*A", id="nothing to repeat"),
        pytest.param(r"(A)\2", id="a reference to no group"),
    ],
)
def test_a_pattern_outside_the_dialect_is_an_error_of_the_program(pattern: str) -> None:
    with pytest.raises(AttributionError, match="pattern"):
        engine_of(world(promo("bad one", code=pattern, match_mode="RE")))


def test_the_advice_for_a_misplaced_flag_is_a_scoped_one() -> None:
    with pytest.raises(AttributionError, match=r"\(\?i:"):
        engine_of(world(promo(code="SUM(?i)MER", match_mode="RE")))
