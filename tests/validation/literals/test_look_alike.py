"""L002: literals that customers take for one another."""

from datetime import UTC, datetime, timedelta
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.explaining.confusables import skeleton
from attribution.terms import LiteralCase
from attribution.validation.checks.literals.look_alike import CHECK
from tests.oracle import ascii_folded
from tests.validation.literals.looking import about, look, promo


def pair(first: str, second: str, **fields: Any) -> list[dict[str, Any]]:
    return [promo("A1", first, "amy"), promo("B1", second, "bob", **fields)]


@pytest.mark.parametrize(
    ("first", "second", "how"),
    [
        pytest.param("SAVE10", "save10", "letter case", id="letter case"),
        pytest.param("SAVE10", "SAVE 10", "white space", id="white space"),
        pytest.param("A BC", "AB C", "white space", id="white space elsewhere"),
        pytest.param("A B", "A  B", "white space", id="more white space"),
        pytest.param(
            "SAVE10", "SAVE\u200b10", "what cannot be seen (U+200B ZERO WIDTH SPACE)", id="a zero-width space"
        ),
        pytest.param(
            "A B", "A\u00a0B", "white space and what cannot be seen (U+00A0 NO-BREAK SPACE)", id="another space"
        ),
        pytest.param("SAVE10", "SAVE1O", "look-alikes (O LATIN CAPITAL LETTER O for 0 DIGIT ZERO)", id="O and 0"),
        pytest.param("SALE1", "SALEI", "look-alikes (I LATIN CAPITAL LETTER I for 1 DIGIT ONE)", id="I and 1"),
        pytest.param(
            "SaIe",
            "Sale",
            "look-alikes (l LATIN SMALL LETTER L for I LATIN CAPITAL LETTER I)",
            id="I and l",
        ),
        pytest.param("sale1", "salel", "look-alikes (l LATIN SMALL LETTER L for 1 DIGIT ONE)", id="l and 1"),
        pytest.param(
            "SAVE10",
            "S\u0410VE10",
            "look-alikes (А U+0410 CYRILLIC CAPITAL LETTER A for A LATIN CAPITAL LETTER A)",
            id="a Cyrillic letter",
        ),
        pytest.param("barn", "bam", "look-alikes (m LATIN SMALL LETTER M for rn)", id="rn and m"),
        pytest.param("STRA\u00dfE", "STRASSE", "letter case", id="a sharp s"),
        pytest.param(
            "save1o",
            "SAVE 10",
            "letter case, white space and look-alikes (0 DIGIT ZERO for o LATIN SMALL LETTER O)",
            id="all of them",
        ),
        pytest.param(
            "0000",
            "OOOO",
            "look-alikes (O LATIN CAPITAL LETTER O for 0 DIGIT ZERO)",
            id="the same again",
        ),
        pytest.param(
            "0I1A\u0412",
            "Oll\u0410B",
            "look-alikes (O LATIN CAPITAL LETTER O for 0 DIGIT ZERO, "
            "l LATIN SMALL LETTER L for I LATIN CAPITAL LETTER I, l LATIN SMALL LETTER L for 1 DIGIT ONE, 2 more)",
            id="many",
        ),
        pytest.param(
            "\u00c9T\u00c9",
            "E\u0301TE\u0301",
            "look-alikes (E\u0301 LATIN CAPITAL LETTER E + U+0301 COMBINING ACUTE ACCENT "
            "for \u00c9 U+00C9 LATIN CAPITAL LETTER E WITH ACUTE)",
            id="composed or not",
        ),
    ],
)
def test_codes_that_look_alike_are_told_apart_in_words(first: str, second: str, how: str) -> None:
    said = [notice.message.partition(" only by ")[2] for notice in look(CHECK, *pair(first, second))]
    assert said == ([how] if how else [])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("SAVE10", "SAVE11", id="another digit"),
        pytest.param("BARN10", "BAM10", id="RN and M in capitals"),
        pytest.param("SAVE5", "SAVES", id="S and 5"),
        pytest.param("sail", "sall", id="i and l in small letters"),
        pytest.param("SAVE-10", "SAVE10", id="a hyphen"),
        pytest.param("CAF\u00c9", "CAFE", id="an accent"),
        pytest.param("SAVE10", "SAVE10", id="equal codes are an overlap"),
    ],
)
def test_codes_that_do_not_look_alike_are_left_alone(first: str, second: str) -> None:
    assert look(CHECK, *pair(first, second)) == []


def test_where_case_is_ignored_codes_that_differ_by_it_are_equal() -> None:
    assert look(CHECK, *pair("SAVE10", "save10"), literal_case="insensitive") == []
    assert len(look(CHECK, *pair("\u00c9T\u00c9", "\u00e9t\u00e9"), literal_case="insensitive")) == 1
    assert len(look(CHECK, *pair("SAVE10", "saveIO"), literal_case="insensitive")) == 1


def test_a_partner_may_have_codes_that_look_alike() -> None:
    assert look(CHECK, promo("A1", "SAVE10"), promo("A2", "SAVE1O")) == []


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        pytest.param("1", "1", 1, id="same program"),
        pytest.param("1", "2", 0, id="other programs"),
        pytest.param("1", None, 1, id="the second in all"),
        pytest.param(None, "1", 1, id="the first in all"),
        pytest.param(None, None, 1, id="no programs"),
    ],
)
def test_only_codes_of_one_program_are_mistaken(first: str | None, second: str | None, found: int) -> None:
    codes = [promo("A1", "SAVE10", program_id=first), promo("B1", "SAVE1O", "bob", program_id=second)]
    assert len(look(CHECK, *codes)) == found


@pytest.mark.parametrize(
    ("end", "start", "found"),
    [
        pytest.param("2026-06-01T00:00:00Z", "2026-06-01T00:00:00Z", 1, id="one instant in common"),
        pytest.param("2026-05-31T23:59:59.999999Z", "2026-06-01T00:00:00Z", 0, id="one microsecond before"),
        pytest.param("2026-06-02", None, 1, id="open start"),
    ],
)
def test_only_codes_with_common_dates_are_mistaken(end: str, start: str | None, found: int) -> None:
    codes = [promo("A1", "SAVE10", end_date=end), promo("B1", "SAVE1O", "bob", start_date=start)]
    assert len(look(CHECK, *codes)) == found
    assert len(look(CHECK, *reversed(codes))) == found


def test_a_code_that_is_never_active_is_not_mistaken() -> None:
    assert look(CHECK, *pair("SAVE10", "SAVE1O", state="EXPIRED")) == []
    assert look(CHECK, *pair("SAVE10", "SAVE1O", start_date="2026-06-02", end_date="2026-06-01")) == []


def test_the_finding_is_about_the_code_that_began_later_or_is_not_ascii_or_comes_later() -> None:
    assert about(CHECK, *pair("SAVE10", "SAVE1O")) == [["B1", "A1"]]
    assert about(CHECK, *pair("S\u0410VE10", "SAVE10")) == [["A1", "B1"]]
    assert about(CHECK, promo("A1", "SAVE10", start_date="2026-01-01"), promo("B1", "SAVE1O", "bob")) == [["A1", "B1"]]


def test_each_code_has_one_finding_though_it_looks_like_many() -> None:
    codes = [
        promo(str(at), code, f"p{at}") for at, code in enumerate(["SAVE00", "SAVE0O", "SAVEO0", "SAVEOO", "saveoo"])
    ]
    assert [ids[0] for ids in about(CHECK, *codes)] == ["1", "2", "3", "4"]


def test_the_message_names_both_codes_and_partners() -> None:
    [notice] = look(CHECK, *pair("SUMMER10", "SUMMER1O"))
    assert notice.message == (
        "promo code 'B1' (SUMMER1O) of partner 'bob' differs from 'A1' (SUMMER10) of partner 'amy' only by "
        "look-alikes (O LATIN CAPITAL LETTER O for 0 DIGIT ZERO)"
    )
    assert notice.facts == {"letter_case": False, "unseen": [], "look_alikes": [["O", "0"]]}


DAY_ONE = datetime(2026, 6, 1, tzinfo=UTC)
DAYS = [None, *(DAY_ONE + timedelta(days=day) for day in range(4))]
small_codes = st.fixed_dictionaries(
    {
        "code": st.sampled_from(["O0", "00", "o0", "0 0", "0\u200b0", "l0", "I0", "i0", "\u041e0"]),
        "partner": st.sampled_from("ab"),
        "program_id": st.sampled_from(["1", "2", None]),
        "start_date": st.sampled_from(DAYS),
        "end_date": st.sampled_from(DAYS),
    }
)


def days(code: dict[str, Any]) -> set[datetime]:
    start, end = code["start_date"] or DAYS[1], code["end_date"] or DAYS[-1]
    return {day for day in DAYS if day is not None and start <= day <= end}


def are_mistaken(one: dict[str, Any], other: dict[str, Any], case: LiteralCase) -> bool:
    programs = {one["program_id"], other["program_id"]}
    texts = one["code"], other["code"]
    return (
        bool(days(one) & days(other))
        and one["partner_id"] != other["partner_id"]
        and (len(programs) == 1 or None in programs)
        and len({ascii_folded(text) if case is LiteralCase.INSENSITIVE else text for text in texts}) == 2
        and (len(set(map(skeleton, texts))) == 1 or len({skeleton(text.upper()) for text in texts}) == 1)
    )


@given(st.lists(small_codes, min_size=1, max_size=7), st.sampled_from(LiteralCase))
def test_of_each_pair_that_is_mistaken_one_is_named_and_no_other_pair_is(
    fields: list[dict[str, Any]], case: LiteralCase
) -> None:
    codes = [promo(str(at), **one) for at, one in enumerate(fields)]
    found = about(CHECK, *codes, literal_case=case)
    assert all(are_mistaken(codes[int(one)], codes[int(other)], case) for one, other in found)
    named = [one for one, _ in found]
    assert len(set(named)) == len(named)
    mistaken = [{one["id"], other["id"]} for one, other in combinations(codes, 2) if are_mistaken(one, other, case)]
    assert all(pair & set(named) for pair in mistaken)


def test_partners_that_share_a_code_are_told_of_the_look_alike_and_not_of_each_other() -> None:
    codes = [promo("A1", "SAVE10", "amy"), promo("B1", "SAVE10", "bob"), promo("C1", "SAVE1O", "carl")]
    assert about(CHECK, *codes) == [["C1", "A1"]]


def test_a_rival_is_found_behind_equal_codes_and_codes_of_the_same_partner_that_end_later() -> None:
    rival = promo("A1", "SAVE00", "amy", start_date="2026-01-01", end_date="2026-08-01")
    same_code = promo("B1", "SAVE0O", "bob", start_date="2026-02-01", end_date="2026-10-01")
    same_partner = promo("C1", "SAVEO0", "carl", start_date="2026-03-01", end_date="2026-12-01")
    late = promo("C2", "SAVE0O", "carl", start_date="2026-04-01")
    assert about(CHECK, rival, same_code, same_partner, late)[-1] == ["C2", "A1"]
