"""Which texts look alike: the skeleton, and the names of characters."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.explaining.confusables import LOOK_LIKE, is_unseen, name, prototype, skeleton
from attribution.validation.checks.literals.differences import differences

lookers = st.text(
    st.sampled_from("0Oo1lI|mrnASs\u00df \t\u200b\u00a0\u0410\uff21\u00c9E\u0301\u2160\u00bd-\u2013"), max_size=6
)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        pytest.param("O", "0", id="O and zero"),
        pytest.param("I", "l", id="capital I and small l"),
        pytest.param("1", "|", id="one and bar"),
        pytest.param("\u0391", "A", id="Greek alpha"),
        pytest.param("\u0430", "a", id="Cyrillic a"),
        pytest.param("\uff21", "A", id="full-width"),
        pytest.param("\U0001d400", "A", id="mathematical bold"),
        pytest.param("\u2160", "1", id="Roman numeral"),
        pytest.param("\u2013", "-", id="en dash"),
        pytest.param("\u00c9", "E\u0301", id="composed and decomposed"),
        pytest.param("A\u202eB", " AB\t", id="what cannot be seen"),
    ],
)
def test_look_alikes_share_a_skeleton(text: str, same: str) -> None:
    assert skeleton(text) == skeleton(same)


@pytest.mark.parametrize(
    ("text", "other"), [("S", "5"), ("B", "8"), ("E", "\u00c9"), ("O", "Q"), ("l", "i"), ("A", "a")]
)
def test_what_unicode_does_not_call_confusable_differs(text: str, other: str) -> None:
    assert skeleton(text) != skeleton(other)


@given(lookers)
def test_a_skeleton_is_its_own(text: str) -> None:
    assert skeleton(skeleton(text)) == skeleton(text)


@given(st.text(st.characters(max_codepoint=127)))
def test_the_short_way_for_ascii_is_the_long_one(text: str) -> None:
    assert skeleton(text) == "".join(map(prototype, text))


@given(lookers, lookers)
def test_any_two_texts_that_look_alike_are_told_apart(text: str, other: str) -> None:
    for capitals in (False, True):
        one, two = (text.upper(), other.upper()) if capitals else (text, other)
        if text != other and skeleton(one) == skeleton(two):
            assert str(differences(text, other, capitals=capitals))


def test_the_table_has_characters_beyond_ascii_for_characters_of_ascii() -> None:
    assert len(LOOK_LIKE) > 400
    assert not [
        char for char in LOOK_LIKE if char.isascii() or is_unseen(char) or unicodedata.normalize("NFKD", char) != char
    ]
    assert all(len(like) == 1 and like.isascii() for like in LOOK_LIKE.values())
    assert not set(LOOK_LIKE.values()) & set("01Im|")  # they have prototypes of their own


@pytest.mark.parametrize(
    ("char", "said"),
    [("A", "LATIN CAPITAL LETTER A"), ("\u200b", "U+200B ZERO WIDTH SPACE"), ("\t", "TAB"), ("\ue000", "U+E000")],
)
def test_a_character_has_a_name_or_a_number(char: str, said: str) -> None:
    assert name(char) == said
