"""What may be given as a table: files, globs, directories, lists, Arrow-speaking objects; and what may not."""

import gzip
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd  # type: ignore[import-untyped] # has no stubs
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped] # has no stubs
import pytest

from attribution.events.event_errors import EventError, SourceError, UnreadableFileError, WrongTypeError
from attribution.events.readers import read_conversions, scan_clicks

NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)
TEXT = "2024-03-01T12:00:00Z"
CSV = f"Id,EventDate\na,{TEXT}\n"
NDJSON = f'{{"Id":"a","EventDate":"{TEXT}"}}\n'


def ids(source: Any, columns: Mapping[str, str] | None = None) -> list[str]:
    return read_conversions(source, timezone="UTC", columns=columns).good["conversion_id"].to_list()


def zstandard(text: str) -> bytes:
    return bytes(pa.compress(text.encode(), codec="zstd", asbytes=True))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("c.csv", CSV.encode(), id="csv"),
        pytest.param("c.CSV", CSV.encode(), id="csv in capitals"),
        pytest.param("c.v1.csv", CSV.encode(), id="a name with a point"),
        pytest.param("c[1].csv", CSV.encode(), id="a name that looks like a glob"),
        pytest.param("c.csv", b"\xef\xbb\xbf" + CSV.replace("\n", "\r\n").encode(), id="as a spreadsheet writes it"),
        pytest.param("c.csv.gz", gzip.compress(CSV.encode()), id="csv.gz"),
        pytest.param("c.csv.zst", zstandard(CSV), id="csv.zst"),
        pytest.param("c.ndjson", NDJSON.encode(), id="ndjson"),
        pytest.param("c.jsonl", NDJSON.encode(), id="jsonl"),
        pytest.param("c.json", NDJSON.rstrip().encode(), id="json lines without a last line end"),
        pytest.param("c.ndjson.gz", gzip.compress(NDJSON.encode()), id="ndjson.gz"),
        pytest.param("c.jsonl.zst", zstandard(NDJSON), id="jsonl.zst"),
    ],
)
def test_a_file_is_read_by_its_name(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    assert ids(tmp_path / name) == ["a"]
    assert ids(str(tmp_path)) == ["a"]


def test_csv_is_text_whatever_it_looks_like(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text(
        f'Id,EventDate,PromoCode,CustomerId\n007,{TEXT},1E10,true\n"a ""b""",{TEXT},"x\ny",\n 1 ,{TEXT},NULL,NaN\n'
    )
    good = read_conversions(tmp_path / "c.csv", timezone="UTC").good
    assert good.select("conversion_id", "promo_code", "customer_id").rows() == [
        ("007", "1E10", "true"), ('a "b"', "x\ny", None), (" 1 ", "NULL", "NaN"),
    ]  # fmt: skip


def write_three(place: Path) -> None:
    for name, identifier in {"a.csv": "1", "b.csv": "2", "b2.csv": "3", ".hidden.csv": "4", "_SUCCESS": "5"}.items():
        (place / name).write_text(f"Id,EventDate\n{identifier},{TEXT}\n")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(lambda place: place, ["1", "2", "3"], id="a directory, sorted"),
        pytest.param(lambda place: str(place / "b*.csv"), ["2", "3"], id="a glob"),
        pytest.param(lambda place: place / "b?.csv", ["3"], id="a glob as a path"),
        pytest.param(lambda place: [place / "b.csv", str(place / "a.csv")], ["2", "1"], id="a list in its order"),
        pytest.param(lambda place: (place / "b.csv", place / "b*.csv"), ["2", "3"], id="each file once"),
        pytest.param(lambda place: place / ".hidden.csv", ["4"], id="a hidden file by its name"),
    ],
)
def test_many_files_are_one_table(source: Callable[[Path], Any], expected: list[str], tmp_path: Path) -> None:
    write_three(tmp_path)
    assert ids(source(tmp_path)) == expected


def test_files_may_differ_in_columns_and_compression(tmp_path: Path) -> None:
    (tmp_path / "1.csv").write_text(f"Id,EventDate,Amount\na,{TEXT},1.5\na,,\n")
    (tmp_path / "2.csv.gz").write_bytes(gzip.compress(f"EventDate,OrderId,PromoCode,Amount\n{TEXT},b,X,.\n".encode()))
    (tmp_path / "3.csv").write_text(f"Id,EventDate,Amount\nc,{TEXT},2.125\n")
    table = read_conversions(tmp_path, timezone="UTC")
    assert table.good.select("row", "conversion_id", "promo_code", "amount").rows() == [
        (3, "c", None, Decimal("2.125"))
    ]
    assert table.good.schema["amount"] == pl.Decimal(38, 18)
    assert [(Path(row[1]).name, row[2], row[4]) for row in table.bad.rows()] == [
        ("1.csv", 1, "DUPLICATE_ID"), ("1.csv", 2, "NO_TIME"), ("2.csv.gz", 1, "UNREADABLE_AMOUNT"),
    ]  # fmt: skip


def test_text_and_numbers_as_amounts_do_not_mix(tmp_path: Path) -> None:
    rows: dict[str, list[Any]] = {"Id": ["a"], "EventDate": [NOON]}
    pl.DataFrame({**rows, "Amount": [1.5]}).write_parquet(tmp_path / "1.parquet")
    pl.DataFrame({**rows, "Amount": ["1.5"]}).write_parquet(tmp_path / "2.parquet")
    with pytest.raises(WrongTypeError, match="numbers in all files or text in all"):
        ids(tmp_path)


def test_code_lists_and_plain_codes_of_several_files_become_lists(tmp_path: Path) -> None:
    (tmp_path / "1.ndjson").write_text(f'{{"Id":1,"EventDate":"{TEXT}","PromoCode":"A B"}}\n')
    (tmp_path / "2.ndjson").write_text(f'{{"Id":2,"EventDate":"{TEXT}","PromoCode":["A"]}}\n')
    (tmp_path / "3.ndjson").write_text(f'{{"Id":3,"EventDate":"{TEXT}"}}\n')
    good = read_conversions(tmp_path, timezone="UTC").good
    assert good["promo_code"].to_list() == [["A B"], ["A"], None]


@pytest.mark.parametrize(
    ("made", "message"),
    [
        pytest.param(lambda place: place / "none.csv", "no such file", id="no such file"),
        pytest.param(lambda place: place / "*.csv", "no file matches", id="a glob without a match"),
        pytest.param(lambda place: place, "directory has no files", id="an empty directory"),
        pytest.param(lambda _: [], "names no file", id="an empty list"),
        pytest.param(lambda _: 5, "neither a frame nor a path", id="a number"),
        pytest.param(lambda _: b"c.csv", "neither a frame nor a path", id="bytes"),
        pytest.param(lambda _: [pl.DataFrame()], "neither a frame nor a path", id="a list of frames"),
        pytest.param(lambda _: {"Id": ["a"]}, "neither a frame nor a path", id="a dictionary"),
    ],
)
def test_what_names_no_table_is_an_error(made: Callable[[Path], Any], message: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=message) as caught:
        ids(made(tmp_path))
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("name", ["c.txt", "c", "c.parquet.gz", "c.gz", "c.csv.bz2", "c.xlsx"])
def test_a_name_must_say_its_format(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(CSV)
    with pytest.raises(SourceError, match="does not say which format"):
        ids(tmp_path / name)


def test_formats_do_not_mix(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(CSV)
    (tmp_path / "b.ndjson.gz").write_bytes(gzip.compress(NDJSON.encode()))
    with pytest.raises(SourceError, match=r"mix formats: a\.csv is csv, b\.ndjson\.gz is ndjson"):
        ids(tmp_path)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("c.csv", b"", id="an empty csv"),
        pytest.param("c.parquet", b"", id="an empty parquet"),
        pytest.param("c.parquet", b"PAR1 and no more", id="half a parquet"),
        pytest.param("c.csv.gz", gzip.compress(CSV.encode() * 9999)[:-50], id="half a gzip"),
        pytest.param("c.csv.gz", gzip.compress(b""), id="an empty gzip"),
        pytest.param("c.csv", b"Id,EventDate\n\xff\xfe,x\n", id="not UTF-8"),
        pytest.param("c.csv", b"Id,EventDate\na,b,c\n", id="more fields than columns"),
        pytest.param("c.ndjson", b"[\n{}\n]\n", id="a JSON list"),
    ],
)
def test_a_damaged_file_is_an_error_that_names_it(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableFileError, match=r"c\.[a-z.]+: ") as caught:
        ids(tmp_path / name)
    assert caught.value.exit_code == 2
    assert "\n" not in str(caught.value)


def test_a_table_with_a_header_and_no_row_is_empty(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("Id,EventDate\n")
    assert ids(tmp_path / "c.csv") == []
    (tmp_path / "c.ndjson").write_text("")
    assert ids(tmp_path / "c.ndjson") == []


def test_a_pandas_column_of_mixed_objects_is_an_error_of_events() -> None:
    with pytest.raises(SourceError, match=r"conversions: .*cannot be taken over"):
        ids(pd.DataFrame({"Id": [1, "a", b"x", [1]], "EventDate": [TEXT] * 4}))


ARROW = {"MediaId": [1, 2], "ProfileId": ["c", None], "EventDate": [NOON, NOON]}


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(lambda: pa.table(ARROW), id="a pyarrow table"),
        pytest.param(lambda: pa.table(ARROW).to_reader(), id="a pyarrow reader, read once"),
        pytest.param(lambda: pd.DataFrame(ARROW), id="a pandas frame"),
        pytest.param(lambda: pl.DataFrame(ARROW).lazy(), id="a lazy frame"),
    ],
)
def test_whatever_speaks_arrow_is_a_table_and_can_be_read_twice(made: Callable[[], Any]) -> None:
    scan = scan_clicks(made(), timezone="UTC")
    for _ in range(2):
        assert scan.frame.collect(engine="streaming").rows() == [("c", "1", NOON), (None, "2", NOON)]
    conversions = read_conversions(made(), timezone="UTC", columns={"conversion_id": "MediaId"})
    assert conversions.good["conversion_id"].to_list() == ["1", "2"]


def test_a_stream_is_not_held_in_memory_and_leaves_no_file_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    frame = scan_clicks(pa.table(ARROW).to_reader(), timezone="UTC").frame
    assert "Parquet SCAN" in frame.explain()
    assert frame.collect().height == 2
    assert list(tmp_path.iterdir()) == []


def test_a_lazy_frame_that_fails_is_an_error_of_events() -> None:
    frame = pl.LazyFrame({"Id": ["a"], "EventDate": ["x"]}).with_columns(pl.col("EventDate").cast(pl.Int64))
    with pytest.raises(EventError, match="conversions"):
        ids(frame.with_columns(pl.col("EventDate").cast(pl.String)))


def test_decimals_that_do_not_fit_one_column_are_an_error_that_names_amount(tmp_path: Path) -> None:
    for name, text, scale in (("1", "123456789012345678901234567890.12", 2), ("2", "1.5", 20)):
        amount = pl.Series([Decimal(text)], dtype=pl.Decimal(38, scale))
        pl.DataFrame({"Id": [name], "EventDate": [NOON], "Amount": amount}).write_parquet(tmp_path / f"{name}.parquet")
    with pytest.raises(WrongTypeError, match="'amount'"):
        ids(tmp_path)


def test_plain_codes_are_split_also_where_another_file_has_lists(tmp_path: Path) -> None:
    for name, codes in (("1", "A,B"), ("2", ["C,D"]), ("3", None)):
        rows = {"Id": [name], "EventDate": [NOON], "PromoCode": pl.Series([codes], dtype=None if codes else pl.String)}
        pl.DataFrame(rows).write_parquet(tmp_path / f"{name}.parquet")
    good = read_conversions(tmp_path, timezone="UTC", code_separator=",").good
    assert good["promo_code"].to_list() == [["A", "B"], ["C,D"], None]
