"""Both ways to match against `regex`: all small patterns, and random larger ones."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.draws import draws
from tests.matching.judge import SEARCH, Choice, column_matches, matcher, single_matches, true_matches
from tests.patterns.small import TEXTS, is_valid
from tests.patterns.small import patterns as small_patterns

MODES = pytest.mark.parametrize("choice", [Choice(), SEARCH], ids=["full", "search"])

PARTS = (
    "a", "b", ".", "[ab]", "(ab)", "(a|b)", "(ab|b)", "|", "^", "$", "*", "+", "?", "{1,2}", "(?i:a)", "ab", "(?=a)",
    "a*+",
)  # fmt: skip
SMALL = [p for size in (1, 2, 3) for p in map("".join, product(PARTS, repeat=size)) if is_valid(p)]


def disagreement(said: set[tuple[str, int]], true: set[tuple[str, int]], patterns: list[str]) -> list[tuple[str, str]]:
    """Pattern and text of the first few differences, shortest patterns first."""
    return sorted(((patterns[at], text) for text, at in said ^ true), key=lambda two: (len(two[0]), two))[:5]


@MODES
@pytest.mark.parametrize(("flags", "step"), [("", 1), ("(?i)", 4)], ids=["as they are", "without case"])
def test_all_small_patterns_match_what_regex_matches(choice: Choice, flags: str, step: int) -> None:
    patterns = [flags + pattern for pattern in SMALL[::step]]
    texts = TEXTS[::2] if choice == SEARCH else TEXTS
    true = true_matches(patterns, texts, choice)
    made = matcher(patterns, choice=choice)
    assert disagreement(column_matches(made, texts), true, patterns) == []
    assert disagreement(single_matches(made, texts), true, patterns) == []


@draws(60)
@given(st.lists(small_patterns(odd=True), min_size=1, max_size=12), st.sampled_from([Choice(), SEARCH]))
def test_random_patterns_match_what_regex_matches(patterns: list[str], choice: Choice) -> None:
    true = true_matches(patterns, TEXTS, choice)
    made = matcher(patterns, choice=choice)
    assert disagreement(column_matches(made, TEXTS), true, patterns) == []
    assert disagreement(single_matches(made, TEXTS), true, patterns) == []


WORDS = st.sampled_from(["SAVE", "SALE", "SAVER", "ALE", "AVES", "X1", "SAVE10", "s", "10"])
FRAMES = st.sampled_from(
    [
        "^({}).*", r"^{}\d{{2,4}}$", ".*{}$", "^{}-[A-Z0-9]{{3}}$", "^[A-Z]{{2,5}}{}[0-9]+$", ".*{}.*", "{}|{}",
        "{}.*|{}.*", "({}|{})-{}", "(?:{})+{}", "{}(?!{})", r"\b{}\b", "(?>{}|{}).*", "(?s).*{}", "{}?", "[{}]+",
        "(?P<{}>.)", "{}[.]{}", ".*[AB].{{9}}{}", "(?#{}){}", "(?i:{}){}",
    ]
)  # fmt: skip
FLAGS = st.sampled_from(["", "", "(?i)", "(?s)"])
USED = st.lists(st.one_of(WORDS, st.sampled_from(["-", "7", "42", "B", "\n", "é", "\u212a", ".", "sAvE"])), max_size=4)


@draws(150)
@given(
    st.lists(st.tuples(FLAGS, FRAMES, WORDS, WORDS, WORDS), min_size=1, max_size=30),
    st.lists(USED.map("".join), min_size=1, max_size=30, unique=True),
    st.sampled_from([Choice(), SEARCH]),
)
def test_patterns_of_one_frame_and_many_words_match_what_regex_matches(
    drawn: list[tuple[str, str, str, str, str]], texts: list[str], choice: Choice
) -> None:
    patterns = [flags + frame.format(*words) for flags, frame, *words in drawn]
    patterns = [pattern for pattern in patterns if is_valid(pattern)]
    true = true_matches(patterns, texts, choice)
    made = matcher(patterns, choice=choice)
    assert disagreement(column_matches(made, texts), true, patterns) == []
    assert disagreement(single_matches(made, texts), true, patterns) == []
