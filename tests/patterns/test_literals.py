"""Required literals: every match holds one of them."""

import re
import sys

import pytest
import regex
from hypothesis import given

from attribution.patterns.edges import whole
from attribution.patterns.leaves import ascii_set, contains
from attribution.patterns.required_literals import fold, requirements
from attribution.patterns.syntax import parse
from attribution.patterns.tree import ANY_STAR, DOT_STAR, EMPTY, Leaf, Literal
from tests.draws import draws
from tests.patterns.small import TEXTS, compiled, patterns

EVERYTHING = "".join(chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000)


@pytest.mark.parametrize("flags", ["i", "ai"])
def test_whatever_regex_equates_with_an_ascii_character_folds_like_it(flags: str) -> None:
    for code in range(128):
        alike = regex.findall(f"(?{flags}){re.escape(chr(code))}", EVERYTHING, regex.VERSION0)
        assert {fold(char) for char in alike} == {fold(chr(code))}, chr(code)


def test_a_fold_keeps_every_character_in_its_place() -> None:
    assert len(fold(EVERYTHING)) == len(EVERYTHING)
    assert fold("Straße İı\u017f\u212a") == "straße iisk"


@pytest.mark.parametrize("flags", ["", "i", "ai"])
def test_a_literal_character_is_the_ascii_characters_that_regex_says(flags: str) -> None:
    for char in [*map(chr, range(128)), *"\u212a\u017fİıéß"]:
        judge = regex.compile(f"(?{flags or 'u'}){regex.escape(char)}", regex.VERSION0)
        said = sum(1 << code for code in range(128) if judge.fullmatch(chr(code)))
        assert ascii_set(Literal(char, flags)) == said, char


def test_the_dot_is_what_regex_says() -> None:
    for flags in ("", "s"):
        dot = regex.compile(f"(?{flags or 'u'}).", regex.VERSION0)
        for char in EVERYTHING[:3000] + "\u2028":
            assert contains(Leaf(".", flags), char) == bool(dot.fullmatch(char)), char


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [
        ("SUMMER", {"SUMMER"}),
        (r"^SUMMER\d+", {"SUMMER"}),
        ("SAVE|SALE", {"SAVE", "SALE"}),
        ("(SAVE|SALE)[0-9]*", {"SAVE", "SALE"}),
        ("(?i)Summer", {"summer"}),
        ("(?i:SUM)MER", {"sum"}),
        ("(?:SUM)+MER", {"SUM"}),
        ("SU[Mm]MER", {"MER"}),
        ("[Ss][Uu]MMER", {"MMER"}),
        ("SUMM?ER", {"SUM"}),
        ("SUMMER?", {"SUMME"}),
        ("A[.]B", {"A.B"}),
        (r"A\-B", {"A-B"}),
        ("SUM(?=MER)MER", {"SUMMER"}),
        ("(?!X)SUMMER", {"SUMMER"}),
        ("(?>SUMMER|SUM)MER", {"SUMMERMER", "SUMMER"}),
        ("(?i)été", set()),
        ("(?:SUMMER)?", set()),
        ("(?:SUMMER)*X", set()),
        ("SUMMER|.*", set()),
        ("[A-Z]{4}", set()),
        ("(?=SUMMER).*", set()),
        (r"(?=SUMMER)\w+", set()),
        (r"(?P<x>[AB])\1", set()),
    ],
)
def test_literals_of_patterns(pattern: str, literals: set[str]) -> None:
    found = {way.literal for way in requirements(whole(parse(pattern), search=False))}
    assert found == literals


@pytest.mark.parametrize(
    ("pattern", "search", "around"),
    [
        pytest.param("^(SUMMER).*", False, (EMPTY, DOT_STAR), id="prefix"),
        pytest.param("^.*(SUMMER)$", False, (DOT_STAR, EMPTY), id="suffix"),
        pytest.param("SUMMER", False, (EMPTY, EMPTY), id="whole"),
        pytest.param("SUMMER", True, (ANY_STAR, ANY_STAR), id="anywhere, searched for"),
        pytest.param(".*SUMMER.*", True, (ANY_STAR, ANY_STAR), id="anywhere, said twice"),
        pytest.param("^SUMMER", True, (EMPTY, ANY_STAR), id="prefix, searched for"),
        pytest.param(r"SUMMER\Z", True, (ANY_STAR, EMPTY), id="suffix, searched for"),
    ],
)
def test_what_stands_around_a_literal(pattern: str, search: bool, around: tuple[object, object]) -> None:
    (way,) = requirements(whole(parse(pattern), search=search))
    assert (way.head, way.tail, way.exact) == (*around, True)


@draws(500)
@given(patterns(odd=True))
def test_a_required_literal_is_required(pattern: str) -> None:
    for search in (False, True):
        ways = requirements(whole(parse(pattern), search=search))
        judge = compiled(pattern).search if search else compiled(pattern).fullmatch
        for text in TEXTS if ways else ():
            if judge(text):
                assert any(fold(way.literal) in fold(text) for way in ways), text
