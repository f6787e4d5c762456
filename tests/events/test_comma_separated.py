"""CSV: every line that is not blank is a row, and a file that cannot be read as it seems is refused."""

import gzip
from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped] # has no stubs
import pytest

from attribution.events import comma_separated
from attribution.events.event_errors import UnreadableFileError
from attribution.events.readers import read_conversions, scan_clicks


def reasons(path: Path) -> list[tuple[int, str]]:
    table = read_conversions(path, timezone="UTC")
    assert table.read == table.good.height + table.bad.height
    return table.bad.select("row", "reason").rows()


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_line_of_conversions_without_a_canonical_value_is_a_bad_row(end: str, tmp_path: Path) -> None:
    lines = ["conversion_id,event_time,note", "a,2024-03-01,", ",,lost order 55.00", "", ",,", "b,2024-03-01,", ""]
    (tmp_path / "c.csv").write_bytes(end.join([*lines, ""]).encode())
    assert reasons(tmp_path / "c.csv") == [(2, "NO_ID"), (4, "NO_ID")]


def test_a_line_of_clicks_without_a_canonical_value_is_a_bad_row(tmp_path: Path) -> None:
    (tmp_path / "k.csv").write_text("ProfileId,MediaId,EventDate,n\n\nc,p,2024-03-01,\n,,,\n,,,x\n\n")
    scan = scan_clicks(tmp_path / "k.csv", timezone="UTC")
    assert scan.frame.collect(engine="streaming").height == 3
    assert scan.rejected(None)["row"].to_list() == [3, 4]
    assert scan.bad_counts() == {"NO_TIME": 2}


def test_blank_lines_are_told_from_empty_fields_in_whichever_file_they_are(tmp_path: Path) -> None:
    header = "ProfileId,MediaId,EventDate\n"
    (tmp_path / "1.csv").write_text(header + "c,p,2024-03-01\n\n")
    (tmp_path / "2.csv").write_text("\n" + header + ",,\n")
    (tmp_path / "3.csv.gz").write_bytes(gzip.compress((header + '\n"a\n\n""b",p,2024-03-01\n\n,,\n""\n').encode()))
    (tmp_path / "4.csv").write_text(header)
    (tmp_path / "5.csv").write_text("\ufeff" + header + "\n,,\nc,p,2024-03-01\n\n\n")
    scan = scan_clicks(tmp_path, timezone="UTC")
    rows = scan.frame.collect(engine="streaming")
    assert rows["customer_id"].to_list() == ["c", None, 'a\n\n"b', None, None, None, "c"]
    assert [(Path(str(row[1])).name, row[2]) for row in scan.rejected(None).rows()] == [
        ("2.csv", 1), ("3.csv.gz", 4), ("3.csv.gz", 5), ("5.csv", 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b"Id,EventDate\ra,2024-03-01\rb,2024-03-01\r", "carriage return", id="line ends of one CR"),
        pytest.param("Id,EventDate\na,2024-03-01\n".encode("utf-16"), "not UTF-8", id="UTF-16"),
        pytest.param("Id,EventDate\na,2024-03-01\n".encode("utf-16-be"), "not UTF-8", id="UTF-16 without a mark"),
        pytest.param(b"Id,Id,EventDate\na,b,2024-03-01\n", "column 'Id' more than once", id="a column twice"),
    ],
)
def test_a_file_that_is_not_what_it_seems_is_refused(content: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_bytes(content)
    with pytest.raises(UnreadableFileError, match=rf"c\.csv: .*{message}"):
        read_conversions(tmp_path / "c.csv", timezone="UTC")


def test_a_column_twice_that_means_nothing_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("Id,n,n,EventDate,Id_duplicated_0\na,1,2,2024-03-01,3\n")
    assert read_conversions(tmp_path / "c.csv", timezone="UTC").good["conversion_id"].to_list() == ["a"]


def test_a_log_without_such_lines_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comma_separated, "_records", lambda _: pytest.fail("the lines were looked at"))
    (tmp_path / "k.csv").write_text("ProfileId,MediaId,EventDate\nc,p,2024-03-01\n,p,\n")
    assert scan_clicks(tmp_path / "k.csv", timezone="UTC").frame.collect().height == 2


def test_a_blank_line_in_zst_is_a_bad_row_rather_than_uncounted(tmp_path: Path) -> None:
    text = b"Id,EventDate\na,2024-03-01\n\n,\n"
    (tmp_path / "c.csv.zst").write_bytes(bytes(pa.compress(text, codec="zstd", asbytes=True)))
    assert reasons(tmp_path / "c.csv.zst") == [(2, "NO_ID"), (3, "NO_ID")]
