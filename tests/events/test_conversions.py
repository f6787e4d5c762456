"""Reading conversions: columns, types, bad rows and their reasons."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from attribution.events.readers import ConversionTable, read_conversions
from attribution.events.schema import CLICK_PATH, CONVERSION, REJECTED

NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)
TEXT = "2024-03-01T12:00:00Z"


def read(rows: dict[str, list[Any]], **options: Any) -> ConversionTable:
    schema = options.pop("schema", {})
    return read_conversions(pl.DataFrame(rows, schema_overrides=schema), timezone="UTC", **options)


def reasons(table: ConversionTable) -> list[tuple[int, str, str | None]]:
    return [(row["row"], row["reason"], row["value"]) for row in table.bad.iter_rows(named=True)]


def test_a_table_of_two_columns_has_the_full_schema() -> None:
    table = read({"conversion_id": ["a"], "event_time": [TEXT]})
    assert table.good.schema == CONVERSION
    assert table.good.row(0) == (0, "a", NOON, None, None, None, None, None)
    assert table.bad.schema == REJECTED
    assert table.read == 1


def test_an_empty_table_has_the_full_schema() -> None:
    table = read({"conversion_id": [], "event_time": []})
    assert (table.good.schema, table.bad.schema, table.read) == (CONVERSION, REJECTED, 0)


def test_the_platforms_own_names_are_understood() -> None:
    table = read(
        {
            "Oid": ["a"], "EventDate": [TEXT], "OrderPromoCode": ["X"], "CampaignId": [7], "CustomerId": ["c"],
            "Amount": ["1.5"], "CurrencyCode": ["USD"], "State": ["PENDING"],
        }
    )  # fmt: skip
    assert table.good.row(0) == (0, "a", NOON, "c", "X", Decimal("1.50"), "USD", "7")


@pytest.mark.parametrize(
    ("columns", "chosen"),
    [
        pytest.param(["conversion_id", "Id", "OrderId", "Oid"], "conversion_id", id="the canonical name first"),
        pytest.param(["Oid", "OrderId", "Id"], "Id", id="then Id"),
        pytest.param(["Oid", "OrderId"], "OrderId", id="then OrderId"),
    ],
)
def test_of_several_names_the_earlier_is_taken(columns: list[str], chosen: str) -> None:
    table = read({**{name: [name] for name in columns}, "event_time": [TEXT]})
    assert table.good["conversion_id"].to_list() == [chosen]


def test_a_mapping_outranks_every_name() -> None:
    table = read({"conversion_id": ["a"], "Oid": ["b"], "event_time": [TEXT]}, columns={"conversion_id": "Oid"})
    assert table.good["conversion_id"].to_list() == ["b"]


def test_one_column_may_be_two_things() -> None:
    table = read({"Ref": ["a"], "event_time": [TEXT]}, columns={"conversion_id": "Ref", "customer_id": "Ref"})
    assert table.good.select("conversion_id", "customer_id").row(0) == ("a", "a")


@pytest.mark.parametrize(
    ("values", "dtype", "texts"),
    [
        pytest.param([7, -1], pl.Int8(), ["7", "-1"], id="small integers"),
        pytest.param([2**64 - 1, 0], pl.UInt64(), ["18446744073709551615", "0"], id="large integers"),
        pytest.param([Decimal(10**30), None], pl.Decimal(38, 0), [str(10**30), None], id="integers beyond 64 bits"),
        pytest.param(["007", ""], pl.Categorical(), ["007", None], id="categories"),
        pytest.param(["1E10", "true"], pl.Enum(["true", "1E10"]), ["1E10", "true"], id="an enumeration"),
        pytest.param(["", " x "], pl.String(), [None, " x "], id="text is not stripped"),
        pytest.param([None, None], pl.Null(), [None, None], id="nothing at all"),
    ],
)
def test_ids_become_text(values: list[Any], dtype: pl.DataType, texts: list[str | None]) -> None:
    frame = pl.DataFrame(
        {"conversion_id": ["a", "b"], "event_time": [TEXT, TEXT], "customer_id": pl.Series(values, dtype=dtype)}
    )
    assert read_conversions(frame, timezone="UTC").good["customer_id"].to_list() == texts


@pytest.mark.parametrize(
    ("values", "dtype", "expected"),
    [
        pytest.param(["A", ""], pl.String(), ["A", ""], id="text"),
        pytest.param([10, None], pl.Int64(), ["10", None], id="integers"),
        pytest.param([["A", "B"], []], pl.List(pl.String()), [["A", "B"], []], id="lists of text"),
        pytest.param([[1, None], None], pl.List(pl.Int64()), [["1", None], None], id="lists of integers"),
        pytest.param([["A"], ["B"]], pl.Array(pl.String(), 1), [["A"], ["B"]], id="arrays of text"),
        pytest.param([["A"], []], pl.List(pl.Categorical()), [["A"], []], id="lists of categories"),
    ],
)
def test_promo_codes_are_text_or_lists_of_text(values: list[Any], dtype: pl.DataType, expected: list[Any]) -> None:
    codes = pl.Series(values, dtype=dtype)
    table = read_conversions(
        pl.DataFrame({"conversion_id": ["a", "b"], "event_time": [TEXT, TEXT], "promo_code": codes}), timezone="UTC"
    )
    assert table.good["promo_code"].to_list() == expected
    assert table.good.schema["promo_code"] in (pl.String(), pl.List(pl.String()))


@pytest.mark.parametrize("dtype", [pl.Float64(), pl.Float32(), pl.Int32(), pl.UInt8(), pl.Decimal(10, 3)])
def test_numbers_of_frames_keep_their_type(dtype: pl.DataType) -> None:
    table = read({"conversion_id": ["a"], "event_time": [TEXT], "amount": [5]}, schema={"amount": dtype})
    assert table.good.schema["amount"] == dtype


@pytest.mark.parametrize(
    ("columns", "reason", "value"),
    [
        pytest.param({"conversion_id": [None]}, "NO_ID", None, id="no id"),
        pytest.param({"conversion_id": [""]}, "NO_ID", None, id="an empty id"),
        pytest.param({"event_time": [None]}, "NO_TIME", None, id="no time"),
        pytest.param({"event_time": [" "]}, "NO_TIME", None, id="a blank time"),
        pytest.param({"event_time": ["2024-13-01"]}, "UNREADABLE_TIME", "2024-13-01", id="no such month"),
        pytest.param({"amount": ["19,99"]}, "UNREADABLE_AMOUNT", "19,99", id="a decimal comma"),
        pytest.param({"amount": [float("nan")]}, "UNREADABLE_AMOUNT", "NaN", id="not a number"),
        pytest.param({"amount": [float("inf")]}, "UNREADABLE_AMOUNT", "inf", id="infinity"),
        pytest.param({"conversion_id": [None], "event_time": ["x"]}, "NO_ID", None, id="no id before its time"),
        pytest.param({"event_time": ["x"], "amount": ["y"]}, "UNREADABLE_TIME", "x", id="time before amount"),
    ],
)
def test_a_bad_row_has_the_first_reason(columns: dict[str, list[Any]], reason: str, value: str | None) -> None:
    table = read({"conversion_id": ["a"], "event_time": [TEXT], **columns})
    assert reasons(table) == [(1, reason, value)]
    assert table.good.is_empty()
    assert table.bad["source"].to_list() == [None]


def test_all_rows_that_share_an_id_are_bad_whatever_else_they_are() -> None:
    times = [TEXT, TEXT, "x", TEXT, TEXT]
    table = read({"Id": ["a", "b", "a", "a", None], "EventDate": times, "Amount": ["1", "1", "1", "z", "1"]})
    assert table.good["conversion_id"].to_list() == ["b"]
    assert [reason for _, reason, _ in reasons(table)] == [
        "DUPLICATE_ID", "UNREADABLE_TIME", "DUPLICATE_ID", "NO_ID",
    ]  # fmt: skip


def test_two_missing_ids_are_no_duplicates_of_each_other() -> None:
    table = read({"Id": ["", None], "EventDate": [TEXT, TEXT]})
    assert [reason for _, reason, _ in reasons(table)] == ["NO_ID", "NO_ID"]


def test_7_and_text_7_are_the_same_id_only_where_the_text_is_the_same(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_text(f"Id,EventDate\n7,{TEXT}\n007,{TEXT}\n7.0,{TEXT}\n")
    assert read_conversions(path, timezone="UTC").good["conversion_id"].to_list() == ["7", "007", "7.0"]


def test_good_rows_know_their_place_in_the_input() -> None:
    table = read({"Id": ["a", None, "b"], "EventDate": [TEXT] * 3})
    assert table.good.select("row", "conversion_id").rows() == [(0, "a"), (2, "b")]


CLICK = {"partner_id": "p", "event_time": TEXT, "click_id": "k"}


@pytest.mark.parametrize(
    ("path", "bad"),
    [
        pytest.param([CLICK], False, id="one click"),
        pytest.param([], False, id="no click"),
        pytest.param(None, False, id="no path"),
        pytest.param([CLICK, {**CLICK, "click_id": None}], False, id="a click without id"),
        pytest.param([CLICK, {**CLICK, "partner_id": ""}], True, id="a click without partner"),
        pytest.param([{**CLICK, "event_time": None}, CLICK], True, id="a click without time"),
        pytest.param([{**CLICK, "event_time": "x"}], True, id="a click whose time cannot be read"),
        pytest.param([None], True, id="a null among the clicks"),
    ],
)
def test_a_click_path_needs_partner_and_time(path: list[dict[str, str | None] | None] | None, bad: bool) -> None:
    struct = pl.Struct({"partner_id": pl.String, "event_time": pl.String, "click_id": pl.String})
    rows: dict[str, list[Any]] = {"Id": ["a", "b"], "EventDate": [TEXT] * 2, "click_path": [path, [CLICK]]}
    table = read(rows, schema={"click_path": pl.List(struct)})
    assert [reason for _, reason, _ in reasons(table)] == (["BAD_CLICK_PATH"] if bad else [])
    assert table.good.schema["click_path"] == CLICK_PATH
    assert table.good["click_path"].to_list()[-1] == [{"partner_id": "p", "event_time": NOON, "click_id": "k"}]


def test_the_fields_of_a_click_path_have_the_types_of_columns() -> None:
    struct = pl.Struct({"event_time": pl.Datetime("ns"), "x": pl.Float64, "partner_id": pl.UInt16})
    path = [[{"event_time": datetime(2024, 3, 1, 12), "x": 1.0, "partner_id": 7}]]
    rows: dict[str, list[Any]] = {"Id": ["a"], "EventDate": [TEXT], "click_path": path}
    frame = pl.DataFrame(rows, schema_overrides={"click_path": pl.List(struct)})
    good = read_conversions(frame, timezone="Europe/Berlin").good
    assert good["click_path"].to_list() == [
        [{"partner_id": "7", "event_time": datetime(2024, 3, 1, 11, tzinfo=UTC), "click_id": None}]
    ]


@pytest.mark.parametrize("paths", [[None], [[]]])
def test_a_click_path_without_any_click_has_its_type(paths: list[Any]) -> None:
    table = read({"Id": ["a"], "EventDate": [TEXT], "click_path": paths})
    assert table.good.schema["click_path"] == CLICK_PATH
    assert table.bad.is_empty()
