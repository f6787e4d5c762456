"""What depends on whether patterns are searched for, and what does not: judged by `regex` over all short strings."""

from itertools import product

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from attribution.automata.automaton import TooLarge
from attribution.automata.difference import shortest, shortest_difference
from attribution.patterns.dialect import hoist
from attribution.patterns.edges import whole
from attribution.patterns.syntax import parse
from attribution.patterns.tree import has_opaque
from attribution.validation.checks.patterns import matches_nothing, redundant_anchors, unanchored
from attribution.validation.checks.patterns.impossible import impossible_in_full, impossible_in_search
from attribution.validation.checks.patterns.redundant_anchors import superfluous
from attribution.validation.finding import Severity
from tests.draws import draws
from tests.patterns.small import patterns
from tests.validation.patterns.programs import FULL, SEARCH, fires, notices, pointed_at

UNANCHORED, REDUNDANT, NOTHING = unanchored.CHECK, redundant_anchors.CHECK, matches_nothing.CHECK
SHORT = ["".join(text) for size in range(1, 5) for text in product("abA1 ", repeat=size)]
USED_CODES = [text for text in SHORT if text.strip() == text]
def is_read(text: str) -> bool:
    try:
        regex.compile(hoist(text).text, regex.VERSION0, cache_pattern=False)
    except Exception:  # whatever regex or the dialect refuses is not drawn
        return False
    return True


ANCHORED = st.builds(
    "{}{}{}".format, st.sampled_from(("", "^", "^.*", ".*", "^^", r"\A", "(?i)", "^|")), patterns(odd=False),
    st.sampled_from(("", "$", ".*$", ".*", "$$", r"\Z", "|b$")),
).filter(is_read)  # fmt: skip


def judge(pattern: str) -> "regex.Pattern[str]":
    return regex.compile(hoist(pattern).text, regex.VERSION0, cache_pattern=False)


@draws(300)
@given(ANCHORED)
@example("^(ab).*")
@example("aa[ab]*aa")
@example("^a|b$")
@example(r"^a\S*")
@example("[^a]?aaa?")
@example("(ab|b)a")
def test_the_telling_code_is_the_shortest_that_tells(pattern: str) -> None:
    compiled = judge(pattern)
    telling = [code for code in USED_CODES if compiled.search(code) and not compiled.fullmatch(code)]
    loose = "|" in pattern
    for mode in (FULL, SEARCH):
        found = [notice.facts["used_code"] for notice in notices(UNANCHORED, pattern, **mode)]
        for code in found:
            assert compiled.search(code)
            assert not compiled.fullmatch(code)
        exact = not has_opaque(whole(parse(hoist(pattern).text), search=False))
        nothing = impossible_in_full(hoist(pattern).text) or impossible_in_search(hoist(pattern).text)
        if exact and telling and not loose and not nothing:
            (code,) = found
            assert len(code) <= len(telling[0])


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("SUMMER", "XSUMMER"), ("^SUMMER", "SUMMERX"), ("SUMMER$", "XSUMMER"), ("^SUMMER-[0-9]+", "SUMMER-1X"),
        (r"^SUMMER\S*", "SUMMER X"), (r"[A-Z]{4}\d{2}", "XXXXX11"), ("(?!TEST)SUM.+", "XSUMX"),
        ("^(?i)summer", "SUMMERX"),
        ("(SUMMER|WINTER).*", "XSUMMER"), (".?SUMMER", "SUMMERX"),
    ],
)  # fmt: skip
def test_the_shortest_used_code_that_tells_the_modes_apart_is_named(pattern: str, code: str) -> None:
    (notice,) = notices(UNANCHORED, pattern)
    assert notice.facts["used_code"] == code
    assert repr(code) in notice.message


@pytest.mark.parametrize(
    "pattern",
    ["^(SUMMER).*", "^.*(SUMMER)$", "^(?i)(SUMMER).*", "^SUMMER$", ".*SUMMER.*", r"\ASUMMER\Z",
     "^(SUMMER|WINTER)$", ".+", r"^\bSUMMER\b$"],
)  # fmt: skip
def test_a_pattern_that_means_the_same_either_way_is_fine(pattern: str) -> None:
    assert not fires(UNANCHORED, pattern)


@pytest.mark.parametrize("pattern", ["É[0-9]+", "[ÀÉ]+SUMMER", "(?:ĀB|ĀBĀB)+(?!X)", "^É$", "ÉTÉ-Ā"])
def test_patterns_beyond_ascii_are_told_apart_truly_if_at_all(pattern: str) -> None:
    compiled = judge(pattern)
    for notice in notices(UNANCHORED, pattern):
        assert compiled.search(notice.facts["used_code"])
        assert not compiled.fullmatch(notice.facts["used_code"])


def test_who_has_chosen_how_to_match_is_only_informed() -> None:
    assert [notice.severity for notice in notices(UNANCHORED, "SUMMER")] == [Severity.WARNING]
    assert [notice.severity for notice in notices(UNANCHORED, "SUMMER", **FULL)] == [Severity.INFO]
    assert [notice.severity for notice in notices(UNANCHORED, "SUMMER", **SEARCH)] == [Severity.INFO]


def test_the_message_says_what_happens_under_the_setting_in_force() -> None:
    (full,), (search,) = notices(UNANCHORED, "SUMMER", **FULL), notices(UNANCHORED, "SUMMER", **SEARCH)
    assert "with regex_match: full it does not match 'XSUMMER', with search it would" in full.message
    assert "with regex_match: search it matches 'XSUMMER', with full it would not" in search.message


def test_a_loose_alternation_is_not_called_unanchored_too() -> None:
    assert not fires(UNANCHORED, "^SUMMER|WINTER$")


@draws(300)
@given(ANCHORED)
@example("^.*ab.*$")
@example("^^a$$")
@example("^a.*$|b")
def test_leaving_out_what_is_called_superfluous_changes_no_used_code(pattern: str) -> None:
    text = hoist(pattern).text
    shorter = text
    for start, stop in reversed(superfluous(text)):
        assert text[start:stop] in {"^", "$", r"\A", r"\Z", r"\z"}
        shorter = shorter[:start] + shorter[stop:]
    if shorter != text:
        one, other = judge(text), judge(shorter)
        for code in USED_CODES:
            assert bool(one.search(code)) == bool(other.search(code))
            assert bool(one.fullmatch(code)) == bool(other.fullmatch(code))


@pytest.mark.parametrize(
    ("pattern", "anchors"),
    [
        ("^.*SUMMER.*$", ["^", "$"]), ("^SUMMER.*$", ["$"]), ("^^SUMMER$", ["^"]), ("^SUMMER$$", ["$"]),
        ("^.*SUMMER.*", ["^"]), ("(?i)^.*$", ["^", "$"]), (r"\A^SUMMER$", [r"\A"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("mode", [FULL, SEARCH], ids=["full", "search"])
def test_an_anchor_that_does_nothing_either_way_is_redundant(
    pattern: str, anchors: list[str], mode: dict[str, str]
) -> None:
    (notice,) = notices(REDUNDANT, pattern, **mode)
    assert len(notice.facts["anchors"]) == len(anchors)
    assert pattern[slice(*notice.span or (0, 0))] == notice.facts["anchors"][0]


@pytest.mark.parametrize(
    "pattern",
    ["^SUMMER$", "^(SUMMER).*", "^.*(SUMMER)$", "^(?i).*(SUMMER)$", "^SUMMER", "SUMMER$", "SUMMER", ".*SUMMER.*",
     "^.SUMMER.$", "^.+SUMMER$"],
)  # fmt: skip
def test_an_anchor_that_would_matter_in_the_other_mode_is_not(pattern: str) -> None:
    assert not fires(REDUNDANT, pattern)


@pytest.mark.parametrize(
    ("pattern", "part"),
    [("SAVE$10", "$"), ("^SAVE$10$", "$"), ("A^B", "^"), ("^(?i)SAVE$10", "$"), (r"A\AB", r"\A"), ("(A$|B$)C", "$")],
)
def test_an_anchor_amid_a_pattern_makes_it_match_nothing(pattern: str, part: str) -> None:
    if pattern == "(A$|B$)C":
        assert fires(NOTHING, pattern)
    else:
        assert pointed_at(NOTHING, pattern) == part


@pytest.mark.parametrize("pattern", ["SUMMER ", "^ SUMMER$", r"^SUMMER\s$", "^$", "[A-Z]{256}", "(A$)B", "^ +$"])
def test_a_pattern_that_no_used_code_can_fulfil_matches_nothing(pattern: str) -> None:
    assert fires(NOTHING, pattern, **FULL)


@pytest.mark.parametrize(
    "pattern",
    ["SAVE", r"SAVE\$10", "(A$|B)C", "(^A|B)C", "SUMMER ?", "SUM MER", r"^\s?A", "[A-Z]{255}", "é", "[é ]", "A|B$C",
     "(?m)A$\nB", ".*", "x?"],
)  # fmt: skip
def test_a_pattern_that_some_used_code_fulfils_is_not_impossible(pattern: str) -> None:
    assert not fires(NOTHING, pattern, **FULL)


def test_white_space_at_the_ends_may_be_found_within_a_used_code() -> None:
    assert not fires(NOTHING, "SUMMER ", **SEARCH)
    assert fires(NOTHING, "^ SUMMER", **SEARCH)


@draws(500)
@given(st.one_of(ANCHORED, patterns(odd=True)))
@example("a$b|a")
@example("(^a|b)a")
def test_what_is_called_impossible_matches_no_used_code(pattern: str) -> None:
    compiled, text = judge(pattern), hoist(pattern).text
    if impossible_in_full(text):
        assert [code for code in USED_CODES if compiled.fullmatch(code)] == []
    if impossible_in_search(text):
        assert [code for code in USED_CODES if compiled.search(code)] == []


@draws(300)
@given(patterns(odd=False), patterns(odd=False))
def test_a_shortest_difference_is_one_and_none_is_shorter(one: str, other: str) -> None:
    trees = [whole(parse(text), search=False) for text in (one, other)]
    if any(map(has_opaque, trees)):
        return
    try:
        code = shortest_difference(*trees)
    except TooLarge:
        return
    first, second = judge(one), judge(other)
    different = [text for text in ["", *USED_CODES] if first.fullmatch(text) and not second.fullmatch(text)]
    if code is not None:
        assert first.fullmatch(code)
        assert not second.fullmatch(code)
        assert code.strip() == code
    if different:
        assert code is not None
        assert len(code) <= len(different[0])


def test_the_shortest_text_of_a_pattern_reads_well() -> None:
    assert shortest(parse(r"[A-Z]{3}-\d{2}.")) == "XXX-11X"
    assert shortest(parse("[A-Z]")) == "X"


def test_a_blank_stands_within_a_used_code_only() -> None:
    more, less = parse("[a ]b[a ]"), parse("aba")
    assert shortest_difference(more, less) is None
    assert shortest_difference(more, less, begins=False) == " ba"
    assert shortest_difference(more, less, ends=False) == "ab "
