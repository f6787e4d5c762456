"""Named boundary cases of matching by text."""

import copy
import pickle
import threading
from itertools import product

import numpy as np
import polars as pl
import pytest
import regex

from attribution.errors import PatternError
from attribution.matching import PatternTimeoutError, decider
from attribution.matching.index import column, pairs
from attribution.matching.matcher import LONGEST
from tests.matching.judge import FULL, INSENSITIVE, SEARCH, Choice, column_matches, matcher, single_matches

KELVIN = "\u212a"


def both(patterns: list[str], literals: list[str], used_code: str, choice: Choice = FULL) -> set[int]:
    """The indices that match, on whose identity the two forms agree; among neighbours that must not disturb."""
    made = matcher(patterns, literals, choice)
    one = {index for _, index in single_matches(made, [used_code])}
    many = column_matches(made, list(dict.fromkeys(["other", used_code, used_code + "!", "\n", "é", "x" * 500])))
    assert {index for text, index in many if text == used_code} == one
    return one


@pytest.mark.parametrize(
    ("literal", "used_code", "sensitive", "insensitive"),
    [
        pytest.param("SAVE10", "SAVE10", True, True, id="equal"),
        pytest.param("SAVE10", "save10", False, True, id="other case"),
        pytest.param("SAVE10", "SAVE1", False, False, id="shorter"),
        pytest.param("SAVE10", "SAVE100", False, False, id="longer"),
        pytest.param("K", KELVIN, False, False, id="the Kelvin sign is no K"),
        pytest.param(KELVIN, "k", False, False, id="nor is K the Kelvin sign"),
        pytest.param(KELVIN, KELVIN, True, True, id="the Kelvin sign is itself"),
        pytest.param("ÉTÉ", "été", False, False, id="folding is ASCII only"),
        pytest.param("Été", "ÉTé", False, True, id="ASCII letters fold among others"),
        pytest.param("İ", "i", False, False, id="dotted capital I"),
        pytest.param("STRASSE", "straße", False, False, id="sharp s"),
        pytest.param("e\u0301", "é", False, False, id="no normal forms"),
        pytest.param("А", "A", False, False, id="no look-alikes"),
        pytest.param("007", "7", False, False, id="codes are text"),
        pytest.param("S.VE", "SAVE", False, False, id="a literal is no pattern"),
        pytest.param("A\x00B", "a\x00b", False, True, id="even a null character"),
    ],
)
def test_a_literal_matches_equal_text(literal: str, used_code: str, sensitive: bool, insensitive: bool) -> None:
    assert both([], [literal], used_code) == ({0} if sensitive else set())
    assert both([], [literal], used_code, INSENSITIVE) == ({0} if insensitive else set())


@pytest.mark.parametrize(
    ("pattern", "used_code", "full", "search"),
    [
        pytest.param("^(?i)(SUMMER).*", "summer24", True, True, id="the help centre's case recipe"),
        pytest.param("^(SUMMER).*", "summer24", False, False, id="patterns are case-sensitive"),
        pytest.param("^(SUMMER).*", "MIDSUMMER", False, False, id="anchored prefix"),
        pytest.param("^.*(SUMMER)$", "MIDSUMMER", True, True, id="anchored suffix"),
        pytest.param("SUMMER", "MIDSUMMER20", False, True, id="unanchored"),
        pytest.param("SUMMER", "SUMMER", True, True, id="whole"),
        pytest.param("SUMMER$", "SUMMER\n", False, True, id="the dollar before a final newline"),
        pytest.param(r"SUMMER\Z", "SUMMER\n", False, False, id="the end is the end"),
        pytest.param("SUMMER.*", "SUMMER\nX", False, True, id="the dot is no newline"),
        pytest.param("(?s)SUMMER.*", "SUMMER\nX", True, True, id="unless so said"),
        pytest.param("(?i)k", KELVIN, True, True, id="regex equates the Kelvin sign with k"),
        pytest.param("(?i)KISS-K", f"{KELVIN}i\u017fs-k", True, True, id="so a literal must be found in it"),
        pytest.param("K", KELVIN, False, False, id="but not with case"),
        pytest.param("(?i)SÉ", "sé", True, True, id="Unicode case beyond ASCII"),
        pytest.param("", "X", False, True, id="the empty pattern"),
        pytest.param(".*", "X", True, True, id="anything"),
        pytest.param("[A-Z]+", "ABC", True, True, id="without a literal"),
        pytest.param(r"(?!TEST)[A-Z]+", "TESTER", False, True, id="look-ahead"),
        pytest.param(r"([A-Z])\1+", "AAA", True, True, id="back-reference"),
        pytest.param(r"([A-Z])\1+", "AAB", False, True, id="back-reference to something else"),
        pytest.param(r"\bSAVE\b", "A-SAVE-B", False, True, id="word boundary"),
        pytest.param("SAVE|SALE", "SALE", True, True, id="either"),
        pytest.param("^SAVE|SALE$", "SAVEX", False, True, id="anchors of the branches"),
        pytest.param("SAVE10.", "SAVE10", False, False, id="fails in the last character"),
        pytest.param(r"[A-Z]\d{2}", "A1\u0662", True, True, id="digits of other scripts"),
        pytest.param(".*[AB].{20}", "A" + "C" * 20, True, True, id="an automaton too large to build"),
        pytest.param("SAVE.*[AB].{20}", "SAVEA" + "C" * 20, True, True, id="a tail too large to build"),
        pytest.param("SAVE.*[AB].{20}", "SAVEA" + "C" * 19, False, False, id="and not matched"),
        pytest.param("(SAVE)+", "SAVESAVE", True, True, id="a word again and again"),
        pytest.param("(SAVE){2}", "SAVESAVE", True, True, id="a word twice"),
        pytest.param("(SAVE){2}", "SAVE", False, False, id="but not once"),
        pytest.param("(?i)ÉTÉ", "été", True, True, id="a word whose every case regex knows"),
        pytest.param("(?i)ABÉ", "abé", True, True, id="a word with one such character"),
        pytest.param("\u017f(?i:ab)", "sab", False, False, id="a long s with case, before a part without"),
        pytest.param("SAVE.*|SAVER.*", "SAVER", True, True, id="in two ways at once"),
        pytest.param("(?#a:WORD)\ue000", "WORD", False, False, id="a private character that stands for nothing"),
        pytest.param("(?#a:WORD)\ue000", "\ue000", True, True, id="but itself"),
        pytest.param("X{0,3}[.]", "XXX.", True, True, id="a dot in brackets"),
    ],
)
def test_a_pattern_matches_what_the_specification_says(pattern: str, used_code: str, full: bool, search: bool) -> None:
    assert both([pattern], [], used_code) == ({0} if full else set())
    assert both([pattern], [], used_code, SEARCH) == ({0} if search else set())


def test_all_promo_codes_that_match_are_named_in_ascending_order() -> None:
    made = matcher(["SAVE.*", "[A-Z]+", "(?=S)SAVE"], ["SAVE", "OTHER", "SAVE", "save"], INSENSITIVE)
    assert made.match_one("SAVE") == (0, 1, 2, 3, 5, 6)
    assert column_matches(made, ["SAVE"]) == {("SAVE", index) for index in (0, 1, 2, 3, 5, 6)}


def test_literals_whose_hashes_collide_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    def same(series: pl.Series) -> pl.Series:
        return pl.Series([7] * len(series), dtype=pl.UInt64)

    monkeypatch.setattr(pl.Series, "hash", same)
    assert column_matches(matcher([], ["A", "B", "A", "C"]), ["A", "B", "D"]) == {("A", 0), ("A", 2), ("B", 1)}


def test_very_long_used_codes_match_too() -> None:
    for size in (LONGEST - 1, LONGEST, LONGEST + 1, 40_000):
        assert both(["A+B", "(?s).*AAB", "A{3,}[BC]"], ["A" * size + "B"], "A" * size + "B") == {0, 1, 2, 3}


@pytest.mark.parametrize("used_codes", [[], [None], ["", None, "é"]])
def test_nothing_to_match_is_no_pairs_of_the_right_type(used_codes: list[str | None]) -> None:
    for made in (matcher(), matcher(["SAVE.*", "[A-Z]+", "(?=S)..*"], ["SAVE"])):
        places, indices = made.match_column(pl.Series(used_codes, dtype=pl.String))
        assert len(places) == len(indices) == 0
        assert places.dtype == indices.dtype == np.uint32


def test_a_matcher_of_nothing_matches_nothing() -> None:
    assert matcher().match_one("SAVE") == ()
    assert matcher([], ["SAVE"]).match_one("SALE") == ()


def test_text_that_no_column_can_hold_matches_itself_alone() -> None:
    made = matcher([".."], ["\ud800", "SAVE"])
    assert made.match_one("\ud800") == (1,)
    assert made.match_one("\ud800a") == (0,)
    assert column_matches(made, ["SAVE", "ab"]) == {("SAVE", 2), ("ab", 0)}


def test_an_invalid_pattern_is_named_as_written() -> None:
    with pytest.raises(PatternError) as caught:
        matcher(["SUMMER(?i)"])
    assert caught.value.pattern == "SUMMER(?i)"


def test_a_column_of_several_blocks_is_matched_like_one(monkeypatch: pytest.MonkeyPatch) -> None:
    patterns = ["AB.*", ".*B", "[AB]+C?", "(?=A).*C", ".*C.*", "(?i)ab+"]
    texts = ["".join(text) for text in product("ABCa", repeat=4)]
    whole = column_matches(matcher(patterns), texts)
    monkeypatch.setattr(column, "BLOCK_ROWS", 7)
    monkeypatch.setattr(pairs, "_MOST_AT_ONCE", 3)
    assert column_matches(matcher(patterns), texts) == whole == single_matches(matcher(patterns), texts)


@pytest.mark.parametrize("pattern", ["(A+)+B", "(A|A)+B", "(A*)*B", "(.*A){15}B", "X*(A+)+SUMMER"])
def test_a_regular_pattern_never_hangs(pattern: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decider, "TIMEOUT", 0.05)
    for used_code in ("A" * 60, "A" * 60 + "B", "A" * 60 + "é", "A" * 60 + "SUMMER", "éA" * 30 + "SUMMER"):
        ending = "SUMMER" if pattern.endswith("SUMMER") else "B"
        expected = used_code.endswith(ending) and "é" not in used_code and ending != "B"
        expected = expected or (ending == "B" and used_code == "A" * 60 + "B")
        assert both([pattern], [], used_code) == ({0} if expected else set())


def test_a_pattern_that_only_backtracking_decides_is_stopped_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decider, "TIMEOUT", 0.05)
    made = matcher(["OTHER", r"(?=(A|A)+B)\w+", "FINE"])
    for ask in (lambda: made.match_one("A" * 60), lambda: column_matches(made, ["A" * 60])):
        with pytest.raises(PatternTimeoutError) as caught:
            ask()
        assert caught.value.place == 1
        assert (caught.value.promo_code_id, caught.value.pattern) == ("re1", r"(?=(A|A)+B)\w+")
        assert "promo code 're1'" in str(caught.value)
        assert f"used code '{'A' * 60}' came" in str(caught.value)


def test_a_timeout_shows_the_beginning_of_a_long_used_code_and_the_way_out() -> None:
    message = str(PatternTimeoutError(3, "12", "(?=(A|A)+B).*", "A" * 5000, 1.0))
    assert f"used code '{'A' * 79}…' (5,000 characters) came to no end within 1 s" in message
    assert "rewrite the pattern of promo code '12' without one repeat inside another" in message
    assert len(message) < 400


def test_a_copy_matches_the_same() -> None:
    patterns, texts = ["SAVE.*", "[A-Z]+", "(?=S).*"], ["SAVE", "SAVE10", "sale", "X", "é"]
    made = matcher(patterns, ["SALE"], INSENSITIVE)
    before = column_matches(made, texts)
    for other in (pickle.loads(pickle.dumps(made)), copy.deepcopy(made)):
        assert column_matches(other, texts) == single_matches(other, texts) == before


def test_pickling_carries_no_compiled_pattern() -> None:
    made = matcher(["(?=S)SAVE.*"])
    fresh = len(pickle.dumps(made))
    made.match_one("SAVE10")
    column_matches(made, ["SAVE10"])
    assert len(pickle.dumps(made)) == fresh


def test_threads_may_share_a_matcher() -> None:
    patterns = [f"WORD{n}.*[AB]{{2}}" for n in range(50)] + [r"(?=W).*\d", "[A-Z]+[0-9]", "(?i)word.*"]
    texts = [f"WORD{n}{end}" for n in range(50) for end in ("", "AB", "XX", "é")]
    expected = single_matches(matcher(patterns), texts)
    made = matcher(patterns)
    wrong: list[object] = []

    def work() -> None:
        for answer in (single_matches(made, texts), column_matches(made, texts)):
            if answer != expected:
                wrong.append(answer ^ expected)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


@pytest.mark.parametrize("pattern", ["b|[^a]|(?i:é)", r"b|\D|(?i:x)", "((?i:é)|[^a]|é)b?", "(?i:SUMMER)|WINTER[0-9]"])
@pytest.mark.parametrize("used_code", ["A", "b", "B", "É", "Ab", "summer", "winter1", "WINTER1"])
def test_alternatives_that_mix_letter_case_match_what_regex_matches(pattern: str, used_code: str) -> None:
    # `regex` joins branches of one character into a set, and then [^a] does not match A.
    matched = regex.compile(pattern, regex.VERSION0).fullmatch(used_code)
    assert both([pattern], [], used_code) == ({0} if matched else set())
