"""Scanning clicks: lazily, with what is asked for pushed down to the file, and bad rows by number."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from attribution.events.event_errors import UnreadableFileError
from attribution.events.readers import scan_clicks
from attribution.events.schema import CLICK, REJECTED

NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)
ROWS: dict[str, list[Any]] = {
    "customer_id": ["c", None, "", "c", "c", "c", "c"],
    "partner_id": ["p", "p", "p", None, "", "p", "p"],
    "event_time": ["2024-03-01T12:00:00Z"] * 5 + ["then", ""],
    "click_id": ["1", "", None, "4", None, "6", "7"],
}
REASONS = [(4, "4", "NO_PARTNER", None), (5, None, "NO_PARTNER", None), (6, "6", "UNREADABLE_TIME", "then"),
           (7, "7", "NO_TIME", None)]  # fmt: skip


def as_csv(path: Path) -> Path:
    pl.DataFrame(ROWS).write_csv(path / "clicks.csv")
    return path / "clicks.csv"


def as_ndjson(path: Path) -> Path:
    pl.DataFrame(ROWS).write_ndjson(path / "clicks.ndjson")
    return path / "clicks.ndjson"


def as_parquet(path: Path) -> Path:
    pl.DataFrame(ROWS).write_parquet(path / "clicks.parquet")
    return path / "clicks.parquet"


SOURCES = [
    pytest.param(as_csv, id="csv"),
    pytest.param(as_ndjson, id="ndjson"),
    pytest.param(as_parquet, id="parquet"),
    pytest.param(lambda _: pl.DataFrame(ROWS), id="frame"),
    pytest.param(lambda _: pl.LazyFrame(ROWS), id="lazy frame"),
]


@pytest.mark.parametrize("made", SOURCES)
def test_every_source_reads_the_same(made: Callable[[Path], Any], tmp_path: Path) -> None:
    scan = scan_clicks(made(tmp_path), timezone="UTC")
    frame = scan.frame.select("customer_id", "partner_id", "event_time", "click_id").collect(engine="streaming")
    assert frame.schema == {name: CLICK[name] for name in ROWS}
    assert frame["customer_id"].to_list() == ["c", None, None, "c", "c", "c", "c"]
    assert frame["partner_id"].to_list() == ["p", "p", "p", None, None, "p", "p"]
    assert frame["event_time"].to_list() == [NOON] * 5 + [None, None]
    assert scan.frame.select(scan.bad()).collect().to_series().to_list() == [False] * 3 + [True] * 4


@pytest.mark.parametrize("made", SOURCES)
def test_bad_clicks_are_told_by_number_and_reason(made: Callable[[Path], Any], tmp_path: Path) -> None:
    source = made(tmp_path)
    rejected = scan_clicks(source, timezone="UTC").rejected(None)
    assert rejected.schema == REJECTED
    assert rejected.select("row", "id", "reason", "value").rows() == REASONS
    assert rejected["source"].unique().to_list() == [str(source) if isinstance(source, Path) else None]
    assert rejected["table"].unique().to_list() == ["clicks"]


@pytest.mark.parametrize(("limit", "rows"), [(0, []), (2, [4, 5]), (9, [4, 5, 6, 7])])
def test_a_limit_is_kept(limit: int, rows: list[int]) -> None:
    assert scan_clicks(pl.DataFrame(ROWS), timezone="UTC").rejected(limit)["row"].to_list() == rows


def test_a_limit_holds_across_files(tmp_path: Path) -> None:
    for name in ("1.csv", "2.csv", "3.csv"):
        pl.DataFrame(ROWS).tail(2).write_csv(tmp_path / name)
    rejected = scan_clicks(tmp_path, timezone="UTC").rejected(3)
    assert [(Path(row[1]).name, row[2]) for row in rejected.rows()] == [("1.csv", 1), ("1.csv", 2), ("2.csv", 1)]


def test_a_click_without_customer_is_no_bad_row() -> None:
    frame = pl.DataFrame({"ProfileId": [None], "MediaId": [7], "EventDate": [NOON]})
    scan = scan_clicks(frame, timezone="UTC")
    assert scan.rejected(None).is_empty()
    assert scan.frame.collect().rows() == [(None, "7", NOON)]


def test_the_platforms_own_names_are_understood() -> None:
    frame = pl.DataFrame(
        {"Id": ["k"], "EventDate": [NOON], "MediaId": [1], "ProgramId": [2], "ProfileId": ["f"], "CustomerId": ["c"]}
    )
    assert scan_clicks(frame, timezone="UTC").frame.collect().row(0, named=True) == {
        "customer_id": "f", "partner_id": "1", "event_time": NOON, "click_id": "k", "program_id": "2",
    }  # fmt: skip
    mapped = scan_clicks(frame, timezone="UTC", columns={"customer_id": "CustomerId"})
    assert mapped.frame.collect()["customer_id"].to_list() == ["c"]


def test_only_the_columns_and_rows_asked_for_are_read_from_parquet(tmp_path: Path) -> None:
    rows = {"customer_id": ["c"], "MediaId": ["p"], "event_time": [NOON], "click_id": ["k"], "noise": ["n"]}
    pl.DataFrame(rows, schema_overrides={"event_time": CLICK["event_time"]}).write_parquet(tmp_path / "k.parquet")
    frame = scan_clicks(tmp_path / "k.parquet", timezone="Europe/Berlin").frame
    plan = frame.filter(pl.col("event_time") >= NOON).select("event_time", "partner_id").explain()
    assert "PROJECT 2/5 COLUMNS" in plan
    assert 'SELECTION: col("event_time") >=' in plan
    assert "cast" not in plan.replace("null.cast", "")


def test_instants_are_read_without_a_cast(tmp_path: Path) -> None:
    pl.DataFrame({"ProfileId": ["c"], "MediaId": ["p"], "EventDate": [NOON]}).write_parquet(tmp_path / "k.parquet")
    frame = scan_clicks(tmp_path / "k.parquet", timezone="Europe/Berlin").frame
    assert "python_udf" not in frame.explain()


def test_a_mixed_directory_is_one_table_with_row_numbers_per_file(tmp_path: Path) -> None:
    pl.DataFrame({"ProfileId": ["a"], "MediaId": [1], "EventDate": ["x"]}).write_csv(tmp_path / "1.csv")
    gz = pl.DataFrame({"MediaId": [2, None], "EventDate": ["2024-03-01"] * 2, "ProfileId": ["b"] * 2, "Id": ["k", "l"]})
    gz.write_csv(tmp_path / "2.csv.gz", compression="gzip")
    scan = scan_clicks(tmp_path, timezone="UTC")
    assert scan.frame.select("customer_id", "partner_id", "click_id").collect().rows() == [
        ("a", "1", None), ("b", "2", "k"), ("b", None, "l"),
    ]  # fmt: skip
    assert scan.rejected(None).select("source", "row", "id").rows() == [
        (str(tmp_path / "1.csv"), 1, None),
        (str(tmp_path / "2.csv.gz"), 2, "l"),
    ]


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_files_with_columns_in_another_order_or_with_others_beside_are_one_table(form: str, tmp_path: Path) -> None:
    rows = pl.DataFrame({"ProfileId": ["c"], "MediaId": ["p"], "EventDate": ["2024-03-01"], "x": ["1"]})
    layouts = [["ProfileId", "MediaId", "EventDate", "x"], ["x", "EventDate", "MediaId", "ProfileId"]]
    layouts += [["ProfileId", "MediaId", "EventDate"], ["ProfileId", "MediaId", "x", "EventDate"]]
    for number, names in enumerate(layouts):
        getattr(rows.select(names), f"write_{form}")(tmp_path / f"{number}.{form}")
    frame = scan_clicks(tmp_path, timezone="UTC").frame.collect()
    assert frame.select("customer_id", "partner_id").rows() == [("c", "p")] * 4


def test_like_files_are_one_scan(tmp_path: Path) -> None:
    for number in range(3):
        pl.DataFrame({"ProfileId": ["a"], "MediaId": ["1"], "EventDate": [NOON]}).write_parquet(
            tmp_path / f"{number}.parquet"
        )
    plan = scan_clicks(tmp_path, timezone="UTC").frame.explain()
    assert "UNION" not in plan
    assert scan_clicks(tmp_path, timezone="UTC").frame.collect().height == 3


def test_a_blank_line_of_csv_is_no_row_but_counts_as_a_line(tmp_path: Path) -> None:
    path = tmp_path / "k.csv"
    path.write_text("ProfileId,MediaId,EventDate\nc,p,2024-03-01\n\nc,,2024-03-01\n\n")
    scan = scan_clicks(path, timezone="UTC")
    assert scan.frame.collect().height == 2
    assert scan.rejected(None)["row"].to_list() == [3]


def test_a_log_without_a_line_is_a_table_without_a_row(tmp_path: Path) -> None:
    (tmp_path / "k.ndjson").write_text("\n")
    frame = scan_clicks(tmp_path / "k.ndjson", timezone="UTC").frame
    assert frame.collect_schema() == {name: CLICK[name] for name in ("customer_id", "partner_id", "event_time")}
    assert frame.collect().is_empty()


def test_damage_found_while_reading_is_told_with_the_source(tmp_path: Path) -> None:
    path = tmp_path / "k.csv"
    path.write_bytes(b"ProfileId,MediaId,EventDate\n" + b"c,p,2024-03-01\n" * 200 + b"c,p,2024-03-01,more\n")
    scan = scan_clicks(path, timezone="UTC")
    with pytest.raises(UnreadableFileError, match=r"k\.csv: cannot be read: .*more fields"), scan.reading():
        scan.frame.collect(engine="streaming")
    with pytest.raises(UnreadableFileError, match=r"k\.csv: cannot be read"):
        scan.rejected(None)
