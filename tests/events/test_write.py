"""Writing results: exact in every format, and never half a table or two runs mixed, also when killed."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from attribution.events import output
from attribution.events.earlier_results import KNOWN_TABLES
from attribution.events.event_errors import OutputError
from attribution.events.output import prepare_directory, write_tables
from attribution.events.readers import read_conversions
from attribution.events.schema import CREDITS, REJECTED, VERDICTS

TABLE = pl.DataFrame(
    {
        "conversion_id": ["007", "1E10", "", None, 'a,"b\n'],
        "event_time": [datetime(2024, 3, 1, 12, tzinfo=UTC), datetime(2024, 3, 1, 12, 0, 0, 5, tzinfo=UTC)]
        + [None] * 3,
        "amount": [Decimal("12345678901234567890.10"), Decimal("0.10"), Decimal("-1"), None, Decimal(0)],
        "share": [1.0, 1 / 3, 0.0, None, 0.5],
        "met": [True, False, None, True, True],
    },
    schema_overrides={"amount": pl.Decimal(38, 2), "event_time": pl.Datetime("us", "UTC")},
)


def run(of: str, *names: str) -> dict[str, pl.DataFrame]:
    """Tables of one row, which has the label of the run in all of its columns."""
    return {name: pl.DataFrame({column: [of] for column in KNOWN_TABLES[name]}) for name in names}


def label(path: Path) -> str:
    return str(pl.read_parquet(path).item(0, 0))


def labels(directory: Path) -> dict[str, str]:
    return {path.name: label(path) for path in sorted(directory.iterdir())}


def test_parquet_gives_back_what_was_written(tmp_path: Path) -> None:
    assert write_tables(tmp_path, {"credits": TABLE}) == [tmp_path / "credits.parquet"]
    assert pl.read_parquet(tmp_path / "credits.parquet").equals(TABLE)


def test_csv_keeps_text_and_writes_instants_with_z(tmp_path: Path) -> None:
    write_tables(tmp_path, {"credits": TABLE}, "csv")
    assert (tmp_path / "credits.csv").read_text().splitlines() == [
        "conversion_id,event_time,amount,share,met",
        "007,2024-03-01T12:00:00Z,12345678901234567890.10,1.0,true",
        "1E10,2024-03-01T12:00:00.000005Z,0.10,0.3333333333333333,false",
        '"",,-1.00,0.0,',
        ",,,,true",
        '"a,""b',
        '",,0.00,0.5,true',
    ]


def test_ndjson_keeps_decimals_exact(tmp_path: Path) -> None:
    write_tables(tmp_path, {"credits": TABLE}, "ndjson")
    assert (tmp_path / "credits.ndjson").read_text().splitlines()[:2] == [
        '{"conversion_id":"007","event_time":"2024-03-01T12:00:00Z","amount":"12345678901234567890.10",'
        '"share":1.0,"met":true}',
        '{"conversion_id":"1E10","event_time":"2024-03-01T12:00:00.000005Z","amount":"0.10",'
        '"share":0.3333333333333333,"met":false}',
    ]


@pytest.mark.parametrize("form", ["csv", "ndjson"])
def test_an_instant_of_any_zone_is_written_in_utc(form: str, tmp_path: Path) -> None:
    zoned = TABLE.head(1).select(pl.col("event_time").dt.convert_time_zone("Asia/Tokyo"))
    [path] = write_tables(tmp_path, {"credits": zoned}, form)
    assert "2024-03-01T12:00:00Z" in path.read_text()


@pytest.mark.parametrize("form", ["parquet", "csv", "ndjson"])
def test_what_is_written_can_be_read_as_conversions(form: str, tmp_path: Path) -> None:
    first = TABLE.head(2)
    [path] = write_tables(tmp_path, {"credits": first}, form)
    good = read_conversions(path, timezone="Europe/Berlin").good
    assert good.select("conversion_id", "event_time", "amount").equals(first.drop("share", "met"))


@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_an_empty_table_keeps_its_columns(form: str, tmp_path: Path) -> None:
    schemas = {"credits": CREDITS, "verdicts": VERDICTS, "rejected": REJECTED}
    tables = {name: pl.DataFrame(schema=schema) for name, schema in schemas.items()}
    for path, table in zip(write_tables(tmp_path, tables, form), tables.values(), strict=True):
        read = pl.read_parquet(path) if form == "parquet" else pl.read_csv(path)
        assert read.columns == table.columns
        assert form == "csv" or read.schema == table.schema


def test_a_directory_is_made(tmp_path: Path) -> None:
    write_tables(tmp_path / "new" / "deep", run("1", "credits"))
    assert labels(tmp_path / "new" / "deep") == {"credits.parquet": "1"}


def test_a_run_replaces_all_that_an_earlier_run_left_and_nothing_else(tmp_path: Path) -> None:
    write_tables(tmp_path, run("1", "credits", "verdicts", "rejected"), "csv")
    write_tables(tmp_path, run("2", "credits", "verdicts", "rejected"))
    (tmp_path / "notes.csv").write_text("mine")
    write_tables(tmp_path, run("3", "credits", "verdicts"))
    (tmp_path / "notes.csv").unlink()
    assert labels(tmp_path) == {"credits.parquet": "3", "verdicts.parquet": "3"}


def test_a_single_table_is_replaced_in_one_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_tables(tmp_path, run("1", "credits"))
    replace = os.replace

    def looking(source: Path, target: Path) -> None:
        assert label(tmp_path / "credits.parquet") == "1"
        replace(source, target)

    monkeypatch.setattr(os, "replace", looking)
    write_tables(tmp_path, run("2", "credits"))
    assert labels(tmp_path) == {"credits.parquet": "2"}


@pytest.mark.parametrize("form", ["parquet", "csv", "ndjson"])
def test_a_run_of_another_format_is_replaced_also_where_its_tables_are_empty(form: str, tmp_path: Path) -> None:
    schemas = {"credits": CREDITS, "verdicts": VERDICTS, "rejected": REJECTED}
    for tables in (run("1", *schemas), {name: pl.DataFrame(schema=schema) for name, schema in schemas.items()}):
        write_tables(tmp_path, tables, form)
        write_tables(tmp_path, run("2", "credits"))
        assert labels(tmp_path) == {"credits.parquet": "2"}


FOREIGN = ["conversion_id,event_time\n1,2026-06-01\n", "", '[{"Id": 1}]', "\x00\ufffd", "[1]\n"]


@pytest.mark.parametrize("text", FOREIGN)
@pytest.mark.parametrize("name", ["credits.csv", "verdicts.parquet", "rejected.ndjson"])
def test_a_file_that_is_no_result_is_let_be_where_it_is_not_in_the_way(name: str, text: str, tmp_path: Path) -> None:
    mine = tmp_path / name
    mine.write_text(text or "\n")
    form = "csv" if name.endswith("parquet") else "parquet"
    write_tables(tmp_path, run("1", "credits", "verdicts", "rejected"), form)
    write_tables(tmp_path, run("2", "credits", "verdicts"), form)
    assert mine.read_text() == (text or "\n")
    assert {path.name for path in tmp_path.iterdir()} == {f"credits.{form}", f"verdicts.{form}", name}


@pytest.mark.parametrize("form", ["parquet", "csv", "ndjson"])
@pytest.mark.parametrize("suffix", ["", ".previous"])
def test_a_file_that_is_no_result_is_never_replaced(form: str, suffix: str, tmp_path: Path) -> None:
    mine = tmp_path / f"verdicts.{form}{suffix}"
    mine.write_text("mine\n")
    with pytest.raises(OutputError, match="is there and no result of an earlier run"):
        write_tables(tmp_path, run("1", "credits", "verdicts"), form)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {mine.name: "mine\n"}


def test_leftovers_of_a_killed_run_are_cleared_away(tmp_path: Path) -> None:
    (tmp_path / ".attribution-credits.csv.tmp").write_text("half a li")
    write_tables(tmp_path, run("1", "credits"))
    assert labels(tmp_path) == {"credits.parquet": "1"}


def test_a_failure_while_writing_leaves_the_earlier_run_as_it_was(tmp_path: Path) -> None:
    write_tables(tmp_path, run("1", "credits", "verdicts"), "parquet")
    tables = {**run("2", "credits"), "verdicts": pl.DataFrame({"codes": [["A"]]})}
    with pytest.raises(OutputError, match=r"verdicts\.csv: CSV has no lists; write codes as Parquet or NDJSON"):
        write_tables(tmp_path, tables, "csv")
    assert labels(tmp_path) == {"credits.parquet": "1", "verdicts.parquet": "1"}


class Killed(BaseException):
    """The process is gone: nothing of it runs any more."""


@pytest.mark.parametrize("step", range(10))
def test_wherever_a_run_stops_credits_never_stand_beside_tables_of_another_run(
    step: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_tables(tmp_path, run("1", "credits", "verdicts", "rejected"))
    steps = iter(range(100))

    def counted(done: object) -> object:
        def act(*arguments: object, **options: object) -> object:
            if next(steps) == step:
                raise Killed
            return done(*arguments, **options)  # type: ignore[operator] # one of the functions below

        return act

    with monkeypatch.context() as patched:
        patched.setattr(output, "_remove_temporaries", lambda _: None)
        for name in ("replace", "fsync"):
            patched.setattr(os, name, counted(getattr(os, name)))
        patched.setattr(Path, "unlink", counted(Path.unlink))
        with pytest.raises(Killed):
            write_tables(tmp_path, run("2", "credits", "verdicts"))
    there = {path.name: label(path) for path in tmp_path.glob("[!.]*")}
    visible = {name: of for name, of in there.items() if not name.endswith(".previous")}
    if "credits.parquet" in visible:
        assert len(set(visible.values())) == 1
        assert len(visible) == (3 if visible["credits.parquet"] == "1" else 2)
    else:
        assert (tmp_path / ".attribution-credits.parquet.tmp").exists()
    if visible.get("credits.parquet") != "2":
        kept = {name.removesuffix(".previous") for name, of in there.items() if of == "1"}
        assert kept == {"credits.parquet", "verdicts.parquet", "rejected.parquet"}, "nothing of the earlier run is lost"
    write_tables(tmp_path, run("3", "credits", "verdicts"))
    assert labels(tmp_path) == {"credits.parquet": "3", "verdicts.parquet": "3"}


SLOW_RUN = """
import sys, time
import polars as pl
from attribution.events import output
from attribution.events.earlier_results import KNOWN_TABLES
real = output.os.fsync
def slow(descriptor):
    print("flushing", flush=True)
    time.sleep(60)
output.os.fsync = slow
columns = {name: KNOWN_TABLES[name] for name in ("credits", "verdicts")}
output.write_tables(sys.argv[1], {name: pl.DataFrame(dict.fromkeys(columns[name], ["2"])) for name in columns})
"""


def test_a_killed_process_leaves_the_earlier_run_whole(tmp_path: Path) -> None:
    write_tables(tmp_path, run("1", "credits", "verdicts"))
    with subprocess.Popen([sys.executable, "-c", SLOW_RUN, tmp_path], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "flushing\n"
        process.kill()
    visible = {path.name: label(path) for path in tmp_path.glob("[!.]*")}
    assert visible == {"credits.parquet": "1", "verdicts.parquet": "1"}
    assert ".attribution-credits.parquet.tmp" in [path.name for path in tmp_path.glob(".*")]
    write_tables(tmp_path, run("3", "credits"))
    assert labels(tmp_path) == {"credits.parquet": "3"}


def test_a_file_is_no_directory(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(OutputError, match="out: is a file; results are several files and need a directory") as caught:
        prepare_directory(tmp_path / "out")
    assert caught.value.exit_code == 2
    with pytest.raises(OutputError, match="cannot be written: Not a directory"):
        prepare_directory(tmp_path / "out" / "below")
    assert (tmp_path / "out").read_text() == "mine"


def test_a_directory_that_refuses_is_an_error_before_any_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "touch", refuse)
    with pytest.raises(OutputError, match="cannot be written: Permission denied"):
        prepare_directory(tmp_path)


def test_a_full_disk_is_an_error_and_leaves_the_earlier_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_tables(tmp_path, run("1", "credits"))

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left on device"):
        write_tables(tmp_path, run("2", "credits"))
    assert labels(tmp_path) == {"credits.parquet": "1"}


def test_a_directory_in_the_place_of_a_table_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "credits.parquet").mkdir()
    with pytest.raises(OutputError, match=r"credits\.parquet: is a directory"):
        write_tables(tmp_path, run("1", "credits"))


def test_an_unknown_format_is_an_error() -> None:
    with pytest.raises(OutputError, match="xlsx: is no output format; there are parquet, csv, ndjson"):
        write_tables("out", {}, "xlsx")
