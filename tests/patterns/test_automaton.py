"""Trees and automata against `regex`."""

import pytest
from hypothesis import example, given

from attribution.automata.automaton import Dfa, TooLarge, dfa, nfa
from attribution.patterns.edges import whole
from attribution.patterns.syntax import parse
from attribution.patterns.tree import UNKNOWN, Leaf, has_anchor, has_opaque, lengths, without_anchors
from tests.draws import draws
from tests.patterns.small import TEXTS, compiled, patterns


@draws(300)
@given(patterns(odd=False))
@example("^*a")
@example("(^|b)a($|b)")
@example("$$")
@example(r"$\Z")
@example(r"\Z$")
@example("a$|^b|ab")
@example("(a*)*b")
def test_automata_accept_what_regex_matches(pattern: str) -> None:
    for search in (False, True):
        tree = whole(parse(pattern), search=search)
        assert not has_anchor(tree)
        if has_opaque(tree):
            continue
        judge = compiled(pattern).search if search else compiled(pattern).fullmatch
        slow, fast = nfa(tree), dfa(tree)
        for text in TEXTS:
            assert slow.accepts(text) == bool(judge(text)), text
            assert not text.isascii() or fast.accepts(text) == bool(judge(text)), text


@draws(300)
@given(patterns(odd=True))
def test_what_a_tree_does_not_know_it_bounds(pattern: str) -> None:
    for search in (False, True):
        tree = whole(parse(pattern), search=search)
        judge = compiled(pattern).search if search else compiled(pattern).fullmatch
        bound = nfa(without_anchors(tree))
        low, high = lengths(tree)
        for text in TEXTS:
            if judge(text):
                assert bound.accepts(text), text
                assert low <= len(text) <= (len(text) if high is None else high)


@pytest.mark.parametrize(
    "pattern",
    [
        "(?x) a b", "(?w)a", "(?f)a", "(?r)ab", "(?b)a", "(?p)a|ab", "a{e<=1}", "a{", r"\0", r"\01", r"\N{DIGIT ONE}",
        r"\Ka", r"\Ga", "(?R)", "(a)(?1)", "(?(1)a|b)", "(?(DEFINE)a)", "(*FAIL)", "[[ab]",
        r"a\g<1>", r"\123", "(?x: a)", "(?w:a)", "(?-a:a)", "(?a:a)", r"(?u:\w)", "[[:alpha]",
    ],
)  # fmt: skip
def test_constructs_of_doubtful_extent_make_the_whole_pattern_unknown(pattern: str) -> None:
    assert parse(pattern) == UNKNOWN


@pytest.mark.parametrize(
    "pattern",
    [
        "(?=a)b", r"\ba", r"(a)\1", "(?>a)b", "a*+", "a{2}+", "(?P<x>a)(?P=x)", r"\X", r"\R", "(?m)^a", "(?m)a$", "^*a",
        "(a^)b", "($|a)b",
    ],
)  # fmt: skip
def test_what_an_automaton_cannot_say_is_opaque(pattern: str) -> None:
    tree = whole(parse(pattern), search=False)
    assert has_opaque(tree)


@pytest.mark.parametrize(
    "pattern",
    [r"\d\D\s\S\w\W\h", r"\p{Lu}\PL[\p{L}-]", r"[a-z\]\-[:^alpha:]]", r"\x41\u0041\U00000041", r"[]a]", "(?|a|b)"],
)
def test_what_a_single_character_may_be_is_known(pattern: str) -> None:
    assert not has_opaque(parse(pattern))


def test_deep_nesting_is_unknown_rather_than_an_overflow() -> None:
    assert parse("(" * 200 + "a" + ")" * 200) == UNKNOWN


@pytest.mark.parametrize("pattern", ["a{4000}", "(a{100}){100}", "((a{1000}){1000}){1000}"])
def test_counts_beyond_reason_are_too_large(pattern: str) -> None:
    with pytest.raises(TooLarge):
        nfa(parse(pattern))


def test_sets_of_states_beyond_reason_are_too_large() -> None:
    tree = parse(".*a.{12}")
    assert nfa(tree).accepts("a" * 13)
    with pytest.raises(TooLarge):
        dfa(tree)


def test_a_table_tells_apart_only_what_the_pattern_tells_apart() -> None:
    automaton = dfa(parse(r"[A-Z]{2}\d"))
    assert isinstance(automaton, Dfa)
    assert len(set(automaton.classes[:128])) == 3
    assert len(automaton.rows) == 5


def test_lengths_are_those_of_the_shortest_and_longest_match() -> None:
    assert lengths(parse("ab?(c|dd){2,3}")) == (3, 8)
    assert lengths(parse("a+")) == (1, None)
    assert lengths(parse("(?=abc)")) == (0, 0)
    assert lengths(Leaf("[ab]")) == (1, 1)
