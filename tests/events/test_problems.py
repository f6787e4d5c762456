"""Messages: they name what is wrong, where, what there is, and the way out."""

import pickle
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from attribution.events.event_errors import (
    BadRowsError,
    EventError,
    MappedColumnError,
    MissingColumnError,
    WrongTypeError,
    explain,
)
from attribution.events.readers import read_conversions, scan_clicks
from attribution.terms import RowReason

TEXT = "2024-03-01T12:00:00Z"


def test_a_missing_column_names_those_there_are_and_the_nearest() -> None:
    with pytest.raises(MissingColumnError) as caught:
        read_conversions(pl.DataFrame({"Order_Id": ["a"], "State": ["x"]}), timezone="UTC")
    assert str(caught.value) == (
        "conversions: 2 columns are missing\n"
        "  no conversion_id (or Id, OrderId, Oid); did you mean 'Order_Id'?\n"
        "  no event_time (or EventDate)\n"
        "  columns there are: Order_Id, State\n"
        "  name another column with columns={...} or --map canonical=TheirName"
    )
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("missing", ["customer_id", "partner_id", "event_time"])
def test_clicks_need_three_columns(missing: str) -> None:
    there = {name: ["x"] for name in ("customer_id", "partner_id", "event_time") if name != missing}
    with pytest.raises(MissingColumnError, match=rf"clicks: a column is missing\n  no {missing}"):
        scan_clicks(pl.DataFrame(there), timezone="UTC")


def test_a_missing_column_of_a_file_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("a;b\n1;2\n")
    with pytest.raises(MissingColumnError, match=r"c\.csv: .*\n.*\n.*\n  columns there are: a;b"):
        read_conversions(tmp_path / "c.csv", timezone="UTC")
    (tmp_path / "k.ndjson").write_text('{"a":1}\n')
    with pytest.raises(MissingColumnError, match=r"k\.ndjson: 3 columns are missing"):
        scan_clicks(tmp_path / "k.ndjson", timezone="UTC")


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        pytest.param(
            {"customer_id": "Customer"},
            "conversions: customer_id was mapped to a column that is not there, 'Customer'; "
            "did you mean 'CustomerId'?\n"
            "  there are: Id, EventDate, CustomerId",
            id="a column that is not there",
        ),
        pytest.param(
            {"customer": "CustomerId"},
            "conversions: no canonical column is called 'customer'; did you mean 'customer_id'?\n"
            "  there are: conversion_id, event_time, customer_id, promo_code, amount, currency, program_id, click_path",
            id="an unknown canonical name",
        ),
    ],
)
def test_a_wrong_mapping_names_the_right_names(columns: dict[str, str], message: str) -> None:
    frame = pl.DataFrame({"Id": ["a"], "EventDate": [TEXT], "CustomerId": ["c"]})
    with pytest.raises(MappedColumnError) as caught:
        read_conversions(frame, timezone="UTC", columns=columns)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("column", "values", "message"),
    [
        pytest.param(
            "event_time", [1.5], "'event_time' is Float64; it must be a date-time, a date or text", id="float"
        ),
        pytest.param("event_time", [1], "'event_time' is Int64", id="epoch seconds"),
        pytest.param(
            "Amount", [True], r"'Amount' \(read as amount\) is Boolean; it must be numbers or text", id="bool"
        ),
        pytest.param("customer_id", [7.0], "'customer_id' is Float64; it must be text or integers", id="float id"),
        pytest.param("customer_id", [True], "'customer_id' is Boolean", id="boolean id"),
        pytest.param("customer_id", [{"a": 1}], r"'customer_id' is Struct\(", id="struct id"),
        pytest.param("customer_id", [b"x"], "'customer_id' is Binary", id="binary id"),
        pytest.param("promo_code", [[1.5]], r"'promo_code' is List\(Float64\)", id="list of floats"),
        pytest.param("promo_code", [[["A"]]], r"'promo_code' is List\(List\(String\)\)", id="list of lists"),
        pytest.param("click_path", ["[]"], "'click_path' is String; it must be a list of structs", id="path as text"),
        pytest.param("click_path", [[{"partner_id": "p"}]], "'click_path' is List", id="path without time"),
        pytest.param(
            "click_path", [[{"partner_id": 1.5, "event_time": TEXT}]], "'click_path' is List", id="path of floats"
        ),
    ],
)
def test_a_wrong_type_is_named_with_the_right_ones(column: str, values: list[Any], message: str) -> None:
    rows: dict[str, list[Any]] = {"conversion_id": ["a"], "event_time": [TEXT], column: values}
    with pytest.raises(WrongTypeError, match=message):
        read_conversions(pl.DataFrame(rows), timezone="UTC")


def bad_rows() -> BadRowsError:
    rows = {"Id": ["a", None, "c", "c", "d", "e"], "EventDate": ["2024-13-01", TEXT, TEXT, TEXT, "", TEXT]}
    bad = read_conversions(pl.DataFrame({**rows, "Amount": ["1"] * 5 + ["x"]}), timezone="UTC").bad
    counts = dict(bad["reason"].value_counts().iter_rows())
    clicks = pl.DataFrame({"MediaId": [""], "ProfileId": ["c"], "EventDate": [TEXT]})
    rejected = scan_clicks(clicks, timezone="UTC").rejected(5)
    return BadRowsError(
        {"conversions": counts, "clicks": {"NO_PARTNER": 1234}}, pl.concat([bad, rejected]), {"clicks": "k.csv"}
    )


def test_bad_rows_are_counted_first_and_then_shown() -> None:
    assert str(bad_rows()) == (
        "6 bad rows in conversions: 1 NO_ID, 1 NO_TIME, 1 UNREADABLE_TIME, 2 DUPLICATE_ID, 1 UNREADABLE_AMOUNT\n"
        "  row 1: event_time '2024-13-01' cannot be read as a time\n"
        "  row 2: no conversion_id\n"
        "  row 3: conversion_id 'c' is there more than once\n"
        "  row 4: conversion_id 'c' is there more than once\n"
        "  row 5: no event_time\n"
        "  ... and 1 more\n"
        "1,234 bad rows in k.csv: 1,234 NO_PARTNER\n"
        "  row 1: no partner_id\n"
        "  ... and 1,233 more\n"
        'nothing was written; use bad_rows="reject" (--bad-rows reject) to set them aside'
    )


def test_bad_rows_of_several_files_are_named_by_file(tmp_path: Path) -> None:
    for name in ("1.csv", "2.csv"):
        (tmp_path / name).write_text(f"Id,EventDate\n,{TEXT}\n")
    bad = read_conversions(tmp_path, timezone="UTC").bad
    error = BadRowsError({"conversions": {"NO_ID": 2}}, bad, {"conversions": str(tmp_path)})
    assert f"{tmp_path / '2.csv'} row 1: no conversion_id" in str(error)


@pytest.mark.parametrize("reason", RowReason)
def test_every_reason_has_its_words(reason: RowReason) -> None:
    assert explain(reason, "a", "x")


def test_errors_survive_pickling() -> None:
    frame = pl.DataFrame({"x": [1]})
    with pytest.raises(EventError) as caught:
        read_conversions(frame, timezone="UTC")
    for error in (caught.value, bad_rows()):
        again = pickle.loads(pickle.dumps(error))
        assert (type(again), str(again)) == (type(error), str(error))
