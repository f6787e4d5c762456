"""L003 to L007: what a literal is made of."""

import pytest

from attribution.validation.check import Check
from attribution.validation.checks import family
from attribution.validation.checks.literals.contains_separator import CHECK as SEPARATOR
from attribution.validation.checks.literals.invisible_characters import CHECK as INVISIBLE
from attribution.validation.checks.literals.never_matches import CHECK as NEVER
from attribution.validation.checks.literals.not_ascii import CHECK as NOT_ASCII
from attribution.validation.checks.literals.too_long import CHECK as TOO_LONG
from attribution.validation.finding import Severity
from tests.validation.literals.looking import example_and_mend, literal, look, promo

CHECKS = family("literals")


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_the_example_of_the_page_triggers_and_the_mended_one_does_not(check: Check) -> None:
    assert example_and_mend(check) == (1, 0)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_patterns_are_no_literals(check: Check) -> None:
    odd = [" SАVE\u200b.*," + "X" * 300, "SUMMER1O", "SUMMER10"]
    codes = [promo(str(at), code, f"p{at}", match_mode="RE") for at, code in enumerate(odd)]
    assert look(check, *codes, code_separator=",") == []


@pytest.mark.parametrize(
    ("char", "name"),
    [
        pytest.param("\u200b", "U+200B ZERO WIDTH SPACE", id="zero-width space"),
        pytest.param("\u200d", "U+200D ZERO WIDTH JOINER", id="joiner"),
        pytest.param("\u00ad", "U+00AD SOFT HYPHEN", id="soft hyphen"),
        pytest.param("\u00a0", "U+00A0 NO-BREAK SPACE", id="no-break space"),
        pytest.param("\u3000", "U+3000 IDEOGRAPHIC SPACE", id="wide space"),
        pytest.param("\ufeff", "U+FEFF ZERO WIDTH NO-BREAK SPACE", id="byte order mark"),
        pytest.param("\u202e", "U+202E RIGHT-TO-LEFT OVERRIDE", id="bidi control"),
        pytest.param("\u2066", "U+2066 LEFT-TO-RIGHT ISOLATE", id="bidi isolate"),
        pytest.param("\ufe0f", "U+FE0F VARIATION SELECTOR-16", id="variation selector"),
        pytest.param("\ufe00", "U+FE00 VARIATION SELECTOR-1", id="first variation selector"),
        pytest.param("\u034f", "U+034F COMBINING GRAPHEME JOINER", id="grapheme joiner"),
        pytest.param("\u3164", "U+3164 HANGUL FILLER", id="filler"),
        pytest.param("\U000e0100", "U+E0100 VARIATION SELECTOR-17", id="variation selector beyond the plane"),
        pytest.param("\t", "TAB", id="tab"),
        pytest.param("\n", "LINE FEED", id="line feed"),
        pytest.param("\x7f", "DELETE", id="delete"),
        pytest.param("\x01", "U+0001", id="a control without a name"),
    ],
)
def test_what_cannot_be_seen_is_named(char: str, name: str) -> None:
    [notice] = literal(INVISIBLE, f"SAVE{char}10{char}X")
    assert notice.facts == {"characters": [name], "places": [4, 7]}
    assert notice.span == (4, 5)
    assert notice.message.endswith(f"has something in it that cannot be seen: {name}")


@pytest.mark.parametrize(
    "code", ["SAVE 10", "ÉTÉ10", "春SALE", "A_B", "10€", "SAVE10\u200b", "\u00a0SAVE10", "e\u0301"]
)
def test_what_can_be_seen_or_is_stripped_from_used_codes_is_not_invisible(code: str) -> None:
    assert literal(INVISIBLE, code) == []


def test_an_invisible_character_between_white_space_at_the_end_and_the_code_is_found_at_its_place() -> None:
    [notice] = literal(INVISIBLE, "  A\u200bB ")
    assert notice.facts["places"] == [3]


def test_the_message_shows_the_code_with_escapes() -> None:
    [notice] = literal(INVISIBLE, "SAVE\u200b10")
    assert notice.message == (
        r"promo code 'A1' (SAVE\u200b10) has something in it that cannot be seen: U+200B ZERO WIDTH SPACE"
    )


@pytest.mark.parametrize(
    ("code", "said", "span"),
    [
        pytest.param("SAVE10 ", "ends with white space (SPACE)", (6, 7), id="space at the end"),
        pytest.param(" SAVE10", "begins with white space (SPACE)", (0, 1), id="space at the start"),
        pytest.param("\tA \n", "begins and ends with white space (TAB, SPACE, LINE FEED)", (0, 1), id="both ends"),
        pytest.param("A\u200b", "ends with white space (U+200B ZERO WIDTH SPACE)", (1, 2), id="zero-width space"),
        pytest.param(
            "A\ufeff", "ends with white space (U+FEFF ZERO WIDTH NO-BREAK SPACE)", (1, 2), id="byte order mark"
        ),
        pytest.param(
            "A\u2007\x85", "ends with white space (U+2007 FIGURE SPACE, U+0085 NEXT LINE)", (1, 3), id="odd ones"
        ),
        pytest.param("  ", "begins with white space (SPACE)", (0, 2), id="nothing else"),
    ],
)
def test_a_literal_with_white_space_around_it_never_matches(code: str, said: str, span: tuple[int, int]) -> None:
    [notice] = literal(NEVER, code)
    assert f"{said}, so that it never matches" in notice.message
    assert notice.span == span
    assert NEVER.severity is Severity.ERROR


@pytest.mark.parametrize("code", ["SAVE 10", "A\u200bB", "A\x1f", "\u200dA", "SAVE10"])
def test_only_what_is_stripped_from_used_codes_keeps_a_literal_from_matching(code: str) -> None:
    assert literal(NEVER, code) == []


def test_the_way_out_of_white_space_is_the_code_without_it() -> None:
    assert [notice.help for notice in literal(NEVER, " SAVE 10 ")] == ["write it as SAVE 10"]
    assert [notice.help for notice in literal(NEVER, " ")] == ["write the code that customers enter"]


@pytest.mark.parametrize(
    ("code", "slip", "places"),
    [
        pytest.param("S\u0410VE10", True, [1], id="a Cyrillic letter among Latin ones"),
        pytest.param("SAVE\u201310", True, [4], id="an en dash"),
        pytest.param("\uff33AVE", True, [0], id="a full-width letter"),
        pytest.param(
            "\u0412\u0415\u0421\u041d\u041010", True, [0, 1, 2, 3, 4], id="a Cyrillic word, all of it like Latin"
        ),
        pytest.param("\u041b\u0415\u0422\u041e10", False, [0, 1, 2, 3], id="a Cyrillic word"),
        pytest.param("\u00c9T\u00c9", False, [0, 2], id="accents"),
        pytest.param("\u6625SALE", False, [0], id="an ideograph"),
        pytest.param("\u00c9T\u0415", True, [2], id="an accent and a slip"),
    ],
)
def test_what_passes_for_ascii_is_a_warning_and_the_rest_is_mentioned(code: str, slip: bool, places: list[int]) -> None:
    [notice] = literal(NOT_ASCII, code)
    assert (notice.severity or NOT_ASCII.severity) is (Severity.WARNING if slip else Severity.INFO)
    assert notice.facts["looks_like_ascii"] is slip
    assert notice.facts["places"] == places
    assert notice.span == (places[0], places[0] + 1)


@pytest.mark.parametrize("code", ["SAVE10", "SAVE\u200b10", "A\u00a0B", "~`|"])
def test_ascii_and_what_cannot_be_seen_are_not_beyond_ascii(code: str) -> None:
    assert literal(NOT_ASCII, code) == []


def test_the_message_names_the_characters_once() -> None:
    assert [notice.message for notice in literal(NOT_ASCII, "\u00c9T\u00c9")] == [
        "promo code 'A1' (ÉTÉ) goes beyond ASCII: É U+00C9 LATIN CAPITAL LETTER E WITH ACUTE"
    ]


@pytest.mark.parametrize(
    ("length", "found"), [pytest.param(255, 0, id="the longest"), pytest.param(256, 1, id="longer")]
)
def test_an_order_carries_255_characters(length: int, found: int) -> None:
    notices = literal(TOO_LONG, "É" * length)
    assert len(notices) == found
    assert all(notice.facts == {"characters": 256, "longest": 255} for notice in notices)
    assert all(notice.span == (255, 256) for notice in notices)


def test_a_long_code_is_shortened_in_its_message() -> None:
    [notice] = literal(TOO_LONG, "A" * 1200)
    assert (
        notice.message == f"promo code 'A1' ({'A' * 59}…) has 1,200 characters, and an order carries no more than 255"
    )


def test_a_literal_with_the_separator_in_it_is_no_used_code() -> None:
    [notice] = literal(SEPARATOR, "AB::CD", code_separator="::")
    assert notice.span == (2, 4)
    assert notice.message == (
        "promo code 'A1' (AB::CD) contains the code_separator '::', at which used codes are split, "
        "so that it matches none of them"
    )


@pytest.mark.parametrize("settings", [{}, {"code_separator": ";"}, {"code_separator": ", "}])
def test_without_the_separator_it_is_one(settings: dict[str, str]) -> None:
    assert literal(SEPARATOR, "A,B", **settings) == []
