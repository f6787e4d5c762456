"""What is of the dialect, and what is said of what is not."""

import random
import time

import pytest
import regex
from hypothesis import example, given, settings
from hypothesis import strategies as st

from attribution import patterns
from attribution.errors import PatternError
from attribution.patterns.dialect import hoist
from attribution.patterns.shapes import all_runs, placeholders
from attribution.patterns.syntax import parse
from tests.patterns.small import ATOMS, ODDITIES, is_valid
from tests.patterns.small import patterns as small_patterns


def problem(pattern: str) -> PatternError:
    with pytest.raises(PatternError) as caught:
        patterns.check(pattern)
    return caught.value


@pytest.mark.parametrize(
    ("pattern", "hoisted"),
    [
        pytest.param("^(?i)(SUMMER).*", "(?i)^(SUMMER).*", id="the help centre's own recipe"),
        pytest.param("(?i)SUMMER", "(?i)SUMMER", id="at the start already"),
        pytest.param("(?is)^(?a)X", "(?isa)^X", id="before and after the caret"),
        pytest.param("(?i)(?s)X", "(?is)X", id="two groups"),
        pytest.param("^X(?i:Y)", "^X(?i:Y)", id="a scoped flag stays"),
        pytest.param(r"\(?i\)", r"\(?i\)", id="an escaped parenthesis is no group"),
        pytest.param("[(?i)]X", "[(?i)]X", id="in a class it is four characters"),
        pytest.param("[](?i)]X", "[](?i)]X", id="a first ] does not close the class"),
        pytest.param("[^](?i)]X", "[^](?i)]X", id="nor in a negated class"),
        pytest.param("[[:alpha:](?i)]", "[[:alpha:](?i)]", id="a named class does not close it either"),
        pytest.param("(?#use (?i:x) here)X", "(?#use (?i:x) here)X", id="in a comment"),
        pytest.param("(?x)X # (?i)\nY", "(?x)X # (?i)\nY", id="in a remark of verbose mode"),
        pytest.param("(?x:X # (?i)\n)Y", "(?x:X # (?i)\n)Y", id="in a remark of a verbose part"),
        pytest.param("(?x:(X) # (?i)\n)Y", "(?x:(X) # (?i)\n)Y", id="after a group of a verbose part"),
        pytest.param("(?R)?X", "(?R)?X", id="a call of the whole pattern is no flag"),
    ],
)
def test_flags_in_front_hold_for_the_whole_pattern(pattern: str, hoisted: str) -> None:
    assert hoist(pattern).text == hoisted
    assert (patterns.compile(pattern) if is_valid(hoisted) else problem(pattern)) is not None


@pytest.mark.parametrize(
    ("pattern", "position", "words"),
    [
        pytest.param("X(?i)Y", 1, "write (?i:...)", id="in the middle"),
        pytest.param("(X(?i))", 2, "write (?i:...)", id="in a group"),
        pytest.param("^^(?i)X", 2, "write (?i:...)", id="after two carets"),
        pytest.param("^(?i)X(?s)", 6, "write (?s:...)", id="a second one, counted in the text as written"),
        pytest.param("X #(?i)", 3, "write (?i:...)", id="a number sign is no remark without verbose mode"),
        pytest.param("(?x:a)#(?i)", 7, "write (?i:...)", id="nor after the verbose part"),
        pytest.param("(?-i)X", 0, "write (?-i:...)", id="switched off"),
        pytest.param("(?V1)X", 2, "version 0", id="the other version"),
        pytest.param("^(?iV1)X", 4, "version 0", id="the other version among others"),
        pytest.param("X(?V1)", 1, "version 0", id="the other version in the middle"),
        pytest.param("X(?V1:Y)", 1, "version 0", id="the other version for a part"),
        pytest.param("X()Y(?)", 4, "empty flag group", id="nothing"),
    ],
)
def test_an_error_shows_the_place_in_the_pattern_as_written(pattern: str, position: int, words: str) -> None:
    error = problem(pattern)
    assert (error.pattern, error.position) == (pattern, position)
    assert words in error.problem
    assert str(error).endswith("\n    " + " " * position + "^")


@pytest.mark.parametrize(
    ("pattern", "as_regex_reads_it"),
    [
        pytest.param("^(?i)(SUMMER", "(?i)^(SUMMER", id="unclosed group after hoisted flags"),
        pytest.param("(?i)^(?s)a[b", "(?i)(?s)^a[b", id="unclosed class after hoisted flags"),
        *(
            pytest.param(pattern, pattern, id=reason)
            for pattern, reason in [
                ("a**", "two quantifiers"),
                ("a)", "unopened group"),
                ("[b-a]", "reversed range"),
                (r"[\]z-WORD]", "reversed range by the first letter of a word"),
                ("\ue000[\\]z-WORD]", "reversed range beside a private character"),
                ("\\", "escape of nothing"),
                ("SUMMER(", "with a plain word before"),
            ]
        ),
    ],
)
def test_an_error_of_regex_shows_its_place_in_the_pattern_as_written(pattern: str, as_regex_reads_it: str) -> None:
    with pytest.raises(regex.error) as refused:
        regex.compile(as_regex_reads_it)
    error = problem(pattern)
    assert (error.pattern, error.position) == (pattern, refused.value.pos)
    assert str(error).endswith("\n    " + " " * refused.value.pos + "^")


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param("(?<²>a)", id="a digit that int() refuses"),
        pytest.param("(?au)x", id="flags that exclude each other"),
        pytest.param("(" * 3000 + ")" * 3000, id="deep nesting"),
        pytest.param("a{99999999999999999999}", id="a count beyond any integer"),
        pytest.param("(?(1)a|b)", id="a condition on no group"),
        pytest.param(r"\p{Nonsense}", id="a property that does not exist"),
        pytest.param(r"(?1)", id="a call of no group"),
        pytest.param(r"\L<words>", id="a named list that is not given"),
        pytest.param(r"\N{NO SUCH NAME}", id="a name that does not exist"),
    ],
)
def test_whatever_regex_raises_becomes_a_pattern_error(pattern: str) -> None:
    assert problem(pattern).problem


PIECES = st.sampled_from(
    [*ATOMS, *ODDITIES, *"()[]{}^\\|*>#²", "(?", "(?i)", "[^", "(?P<", "(?x)"]
)


SYNTAX = st.text("()[]?*+{}\\|^$<>P=!i1,a-:#", max_size=10)


@settings(max_examples=500)
@given(st.one_of(st.text(max_size=12), st.lists(PIECES, max_size=6).map("".join), SYNTAX))
@example("(?i)(?i")
@example("(?P<a")
@example("^(?")
def test_any_text_is_either_a_pattern_or_a_pattern_error(pattern: str) -> None:
    for judge in (patterns.check, patterns.compile):
        try:
            judge(pattern)
        except PatternError as refused:
            error = refused
        else:
            continue
        assert error.pattern == pattern
        assert error.position is None or 0 <= error.position <= len(pattern)
        assert pattern.translate({10: " ", 13: " ", 9: " "}) in str(error)


@settings(max_examples=300)
@given(st.lists(st.one_of(PIECES, st.sampled_from(["WORD", "X1", "SUMMER"])), max_size=6).map("".join))
@example("(?P<WORD>a)")
@example(r"\x4WORD")
@example("a{WORD}")
@example(r"\p{Lu}WORD")
def test_check_and_compile_judge_alike(pattern: str) -> None:
    verdicts = []
    for judge in (patterns.check, patterns.compile):
        try:
            judge(pattern)
            verdicts.append(None)
        except PatternError as error:
            verdicts.append((error.problem, error.position))
    assert verdicts[0] == verdicts[1]


@given(small_patterns(odd=True), st.sampled_from(["WORD", "X1", "ab"]))
def test_a_shape_whose_placeholders_are_literals_reads_like_its_pattern(pattern: str, word: str) -> None:
    text = pattern.replace("b", word)
    shape = all_runs(text)
    if shape.runs and placeholders(parse(shape.text)) == len(shape.runs):
        filled = iter(shape.runs)
        assert "".join(next(filled) if char == "\ue000" else char for char in shape.text) == text
        assert is_valid(text)


def test_plain_patterns_are_checked_without_compiling_each() -> None:
    draw = random.Random(1)
    words = ["".join(draw.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ", k=8)) for _ in range(10_000)]
    patterns.check("^(WARM).*")
    patterns.check(r"^WARM-\d{4}-UP$")
    start = time.perf_counter()
    for word in words:
        patterns.check(f"^({word}).*")
        patterns.check(rf"^{word}-\d{{4}}-{word[:2]}$")
    one = time.perf_counter()
    for word in words[:200]:
        regex.compile(f"^({word}).*", regex.VERSION0, cache_pattern=False)
    assert (one - start) / 20_000 < (time.perf_counter() - one) / 200 / 3


def test_a_compiled_pattern_is_version_0() -> None:
    # In version 1, which newer releases of regex take by default, [a-z--b] is a difference.
    assert patterns.compile(r"[a&&b]").fullmatch("&")
    assert patterns.compile("(?i)ß").fullmatch("ss") is None
