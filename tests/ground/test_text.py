"""What messages are made of: known names that are near, values in quotes, long texts."""

import pytest

from attribution.text import BadValueError, did_you_mean, escaped, joined, nearest, one_of, quoted_use, shortened


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        pytest.param("Match-Mode", ["match_mode"], id="what people vary in names does not matter"),
        pytest.param("MATCHMOD", ["match_mode"], id="a letter is missing"),
        pytest.param("credit", [], id="too far from all"),
        pytest.param("", [], id="nothing"),
        pytest.param("--", [], id="signs only"),
        pytest.param(5, [], id="not a text"),
    ],
)
def test_the_nearest_name_is_that_of_like_letters_and_digits(wanted: object, found: list[str]) -> None:
    assert nearest(wanted, among=["state", "match_mode", "_"]) == found


def test_the_first_of_several_wanted_names_that_is_like_any_is_answered() -> None:
    assert nearest("xyz", "partnr", "stat", among=["state", "partner"]) == ["partner"]


def test_of_names_that_differ_in_signs_only_the_first_is_meant() -> None:
    assert nearest("media id", among=["Media Id", "MEDIA_ID"]) == ["Media Id"]


def test_near_names_come_in_order_of_nearness() -> None:
    assert nearest("order12", among=["order34", "order13", "order 12", "x"], most=2) == ["order 12", "order13"]


def test_a_question_is_asked_only_if_a_name_is_near() -> None:
    assert did_you_mean("splt", among=["one", "split"]) == "did you mean 'split'?"
    assert did_you_mean("any", among=["one", "split"]) == ""


def test_message_and_help_stay_apart_until_they_are_printed() -> None:
    error = BadValueError(*one_of("splt", ["one", "split"]))
    assert (error.message, error.help) == ("'splt' is not one of one, split", "did you mean 'split'?")
    assert str(error) == "'splt' is not one of one, split; did you mean 'split'?"
    assert joined("a", "", "b") == "a; b"


@pytest.mark.parametrize(("length", "shown"), [(5, "xxxxx"), (6, "xxxx…")])
def test_a_long_text_is_cut_to_the_length(length: int, shown: str) -> None:
    assert shortened("x" * length, 5) == shown


def test_a_long_used_code_says_its_length() -> None:
    assert quoted_use("x" * 80) == f"'{'x' * 80}'"
    assert quoted_use("x" * 1204) == f"'{'x' * 79}…' (1,204 characters)"


def test_what_cannot_be_seen_is_an_escape() -> None:
    assert escaped("A\u200bB\\d é") == "A\\u200bB\\d é"
