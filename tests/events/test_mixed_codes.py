"""Codes in lists stay text, and a text beside lists is still one text to be split."""

from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from attribution import Engine, Program
from attribution.errors import AttributionError
from attribution.events.readers import read_conversions, scan_clicks

ORDERS = """\
{"conversion_id": 1, "event_time": "2026-06-01", "promo_code": "A,B"}
{"conversion_id": 2, "event_time": "2026-06-01", "promo_code": ["A,B", "C"]}
{"conversion_id": 3, "event_time": "2026-06-01", "promo_code": null}
{"conversion_id": 4, "event_time": "2026-06-01"}
{"conversion_id": 5, "event_time": "2026-06-01", "promo_code": [1E10, "x,1.5,y", 1.50 , 007.0, -2e3, true, 10]}
{"conversion_id": 6, "event_time": "2026-06-01", "promo_code": 1E10}
{"conversion_id": 7, "event_time": "2026-06-01", "promo_code": []}
"""


def codes(path: Path, separator: str | None) -> list[list[str] | None]:
    return read_conversions(path, timezone="UTC", code_separator=separator).good["promo_code"].to_list()


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    path = tmp_path / "orders.ndjson"
    path.write_text(ORDERS.replace("007.0", "7.0"))
    return path


LISTED = ["1E10", "x,1.5,y", "1.50", "7.0", "-2e3", "true", "10"]


def test_a_text_beside_lists_is_split_and_a_list_is_not(orders: Path) -> None:
    assert codes(orders, ",") == [["A", "B"], ["A,B", "C"], None, None, LISTED, ["1E10"], []]


def test_numbers_in_lists_keep_their_text(orders: Path) -> None:
    assert codes(orders, None) == [["A,B"], ["A,B", "C"], None, None, LISTED, ["1E10"], []]


def test_lines_of_both_kinds_are_credited_as_they_are_decided(orders: Path) -> None:
    program = {"settings": {"code_separator": ","}, "promo_codes": []}
    program["promo_codes"] = [
        {"id": code, "code": code, "match_mode": "LI", "credit_rule": "ALWAYS", "partner_id": code}
        for code in ("A", "A,B", "C", "1E10", "10000000000")
    ]
    engine = Engine(Program.model_validate(program))
    paid = dict(engine.credit(orders).credits.select("conversion_id", "partner_id").iter_rows())
    assert paid == {"1": "A", "2": "A,B", "3": None, "4": None, "5": "1E10", "6": "1E10", "7": None}
    order = {"event_time": "2026-06-01"}
    assert engine.decide({**order, "conversion_id": 1, "promo_code": "A,B"}).credits[0].partner_id == "A"
    assert engine.decide({**order, "conversion_id": 2, "promo_code": ["A,B", "C"]}).credits[0].partner_id == "A,B"


@pytest.mark.parametrize(
    ("number", "dtype"),
    [
        pytest.param(500_000_000_000_000_000, pl.Datetime("us", "UTC"), id="an instant of the year 17814"),
        pytest.param(2**62, pl.Datetime("ms", "UTC"), id="milliseconds beyond microseconds"),
        pytest.param(2**62, pl.Datetime("us"), id="a local time beyond the calendar"),
        pytest.param(-(2**62), pl.Datetime("ms"), id="long before the calendar"),
        pytest.param(2**31 - 1, pl.Date(), id="a date beyond the calendar"),
    ],
)
def test_a_time_outside_the_calendar_is_unreadable(number: int, dtype: pl.DataType) -> None:
    day = datetime(2026, 6, 1, tzinfo=UTC)
    times = pl.Series("event_time", [number, None], dtype=pl.Int64).cast(pl.Int32 if dtype == pl.Date() else pl.Int64)
    table = pl.DataFrame({"conversion_id": ["far", "none"], "event_time": times.cast(dtype)})
    read = read_conversions(table, timezone="Europe/Berlin")
    assert read.good.is_empty()
    assert read.bad.select("id", "reason", "value").rows() == [
        ("far", "UNREADABLE_TIME", str(number)),
        ("none", "NO_TIME", None),
    ]
    clicks = table.select("event_time", customer_id=pl.lit("c"), partner_id=pl.lit("p"))
    if dtype != pl.Datetime("us", "UTC"):
        rejected = scan_clicks(clicks, timezone="UTC").rejected(None)
        assert rejected["reason"].to_list() == ["UNREADABLE_TIME", "NO_TIME"]
    orders = pl.DataFrame({"conversion_id": ["o"], "event_time": [day], "customer_id": ["c"]})
    program = [{"id": 1, "code": "A", "match_mode": "LI", "credit_rule": "ALWAYS", "partner_id": "p"}]
    result = Engine(Program.model_validate(program)).credit(orders, clicks, bad_rows="reject")
    assert result.credits["path_clicks"].to_list() == [0]


def test_a_byte_order_mark_is_named(tmp_path: Path) -> None:
    path = tmp_path / "orders.ndjson"
    path.write_text(ORDERS, encoding="utf-8-sig")
    with pytest.raises(AttributionError, match="byte-order mark"):
        read_conversions(path, timezone="UTC")
