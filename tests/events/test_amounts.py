"""Amounts from text: exact, of one scale per column, and the same one by one."""

from decimal import Decimal

import pandas as pd  # type: ignore[import-untyped] # has no stubs
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.events.amounts import amount_column, parse_amount

UNREADABLE = [
    pytest.param("1e3", id="an exponent"),
    pytest.param("1,50", id="a decimal comma"),
    pytest.param("1,000.00", id="a separator of thousands"),
    pytest.param("$5", id="a currency sign"),
    pytest.param(" 5", id="white space"),
    pytest.param("5\n", id="a line end"),
    pytest.param(".5", id="no digit before the point"),
    pytest.param("5.", id="no digit after the point"),
    pytest.param("--5", id="two signs"),
    pytest.param("NaN", id="not a number"),
    pytest.param("٥", id="Arabic digits"),
    pytest.param("1" * 21, id="21 digits before the point"),
    pytest.param("0." + "1" * 19, id="19 digits after the point"),
]


@pytest.mark.parametrize("text", UNREADABLE)
def test_other_texts_are_unreadable(text: str) -> None:
    assert amount_column(pl.Series([text])).to_list() == [None]
    with pytest.raises(ValueError, match="cannot be read as an amount"):
        parse_amount(text)


@pytest.mark.parametrize("texts", [["5", "-1.5"], ["5", "+1.005", "0.1e99999"], [None, "x"], []])
def test_the_type_of_amounts_does_not_hang_on_the_amounts(texts: list[str | None]) -> None:
    assert amount_column(pl.Series(texts, dtype=pl.String)).dtype == pl.Decimal(38, 18)


def test_the_longest_amounts_fit_one_column() -> None:
    whole, small = "-" + "9" * 20, "0." + "0" * 17 + "1"
    assert amount_column(pl.Series(["000" + "9" * 20, whole, small])).to_list() == [
        Decimal("9" * 20),
        Decimal(whole),
        Decimal(small),
    ]


@given(st.lists(st.from_regex(r"[+-]?[0-9]{1,22}(\.[0-9]{0,19})?|[-+.0-9e]{0,4}", fullmatch=True), max_size=5))
def test_a_column_reads_exactly_what_single_values_read(texts: list[str]) -> None:
    expected = []
    for text in texts:
        try:
            expected.append(parse_amount(text))
        except ValueError:
            expected.append(None)
    assert amount_column(pl.Series(texts, dtype=pl.String)).to_list() == expected


@pytest.mark.parametrize("value", [3, 2.5, Decimal("1.10"), None])
def test_numbers_are_kept_as_they_are(value: float | Decimal | None) -> None:
    assert parse_amount(value) is value


@pytest.mark.parametrize("value", [True, float("nan"), float("-inf"), Decimal("NaN"), b"5", [1]])
def test_what_is_no_amount_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="cannot be read as an amount"):
        parse_amount(value)


def test_an_empty_text_is_no_amount() -> None:
    assert parse_amount("") is None


def test_an_amount_that_pandas_has_as_missing_is_none_and_nan_is_bad() -> None:
    assert parse_amount(pd.NA) is None
    with pytest.raises(ValueError, match="cannot be read as an amount"):
        parse_amount(float("nan"))
