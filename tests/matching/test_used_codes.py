"""Used codes of one order and of a column."""

import unicodedata

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.matching.used_codes import used_code_table, used_codes
from attribution.terms import WHITE_SPACE
from tests.draws import draws


def table(values: list[object], separator: str | None, dtype: pl.DataType) -> dict[int, list[tuple[int, str]]]:
    rows = pl.Series([10 * at for at in range(len(values))], dtype=pl.UInt32)
    found = used_code_table(rows, pl.Series(values, dtype=dtype), separator)
    assert found.schema == {"row": pl.UInt32, "code_position": pl.UInt32, "used_code": pl.String}
    answer: dict[int, list[tuple[int, str]]] = {}
    for row, position, code in found.sort("row", "code_position").rows():
        answer.setdefault(row, []).append((position, code))
    return answer


@pytest.mark.parametrize(
    ("value", "separator", "codes"),
    [
        pytest.param(None, None, (), id="none"),
        pytest.param("", None, (), id="empty"),
        pytest.param(" \t\u200b\ufeff\u3000", ",", (), id="white space only"),
        pytest.param("\u200b SAVE\xa0", None, ("SAVE",), id="stripped"),
        pytest.param("\u200bSA\u200bVE", None, ("SA\u200bVE",), id="only at the ends"),
        pytest.param("\x1cSAVE", None, ("\x1cSAVE",), id="a separator control is no white space"),
        pytest.param("\u180eSAVE", None, ("\u180eSAVE",), id="nor is the Mongolian vowel separator"),
        pytest.param("A,B", None, ("A,B",), id="not split without a separator"),
        pytest.param("B, A ,,B", ",", ("B", "A"), id="split, in order, once each"),
        pytest.param("A||B", "||", ("A", "B"), id="a longer separator"),
        pytest.param("A.B", ".", ("A", "B"), id="a separator is no pattern"),
        pytest.param("A B", " ", ("A", "B"), id="white space as separator"),
        pytest.param("A,B", "", ("A,B",), id="an empty separator is none"),
        pytest.param(["A,B", None, " C", "", "C"], ",", ("A,B", "C"), id="a list is taken as it is"),
        pytest.param([], ",", (), id="empty list"),
        pytest.param(["a", "A"], None, ("a", "A"), id="case is kept"),
    ],
)
def test_used_codes_of_an_order(
    value: str | list[str | None] | None, separator: str | None, codes: tuple[str, ...]
) -> None:
    assert used_codes(value, separator) == codes
    dtype = pl.List(pl.String) if isinstance(value, list) else pl.String
    expected = {0: list(enumerate(codes, start=1))} if codes else {}
    assert table([value], separator, dtype) == expected


TEXT = st.text("Aa, |\u200b\xa0\t\x1cé", max_size=8)


@draws(150)
@given(
    st.one_of(
        st.lists(st.none() | TEXT, max_size=8).map(lambda values: (values, pl.String())),
        st.lists(st.none() | st.lists(st.none() | TEXT, max_size=4), max_size=8).map(
            lambda values: (values, pl.List(pl.String))
        ),
    ),
    st.sampled_from([None, ",", " ", "|", "a", ", ", "\u200b"]),
)
def test_a_column_reads_like_its_orders(drawn: tuple[list[object], pl.DataType], separator: str | None) -> None:
    values, dtype = drawn
    expected = {}
    for at, value in enumerate(values):
        codes = used_codes(value, separator)  # type: ignore[arg-type]  # drawn to fit
        if codes:
            expected[10 * at] = list(enumerate(codes, start=1))
    assert table(values, separator, dtype) == expected


def test_white_space_is_what_unicode_says_and_two_of_no_width() -> None:
    for char in map(chr, range(0x110000)):
        if unicodedata.category(char) in {"Zs", "Zl", "Zp"}:
            assert char in WHITE_SPACE
    assert set(WHITE_SPACE) - set("\u200b\ufeff") <= {char for char in map(chr, range(0x110000)) if char.isspace()}


def test_a_categorical_column_is_text() -> None:
    codes = pl.Series(["A", " B", None], dtype=pl.Categorical)
    found = used_code_table(pl.Series([1, 2, 3], dtype=pl.UInt32), codes, ",")
    assert found.sort("row").rows() == [(1, 1, "A"), (2, 1, "B")]
