"""`attribution credit`: what it writes, what it prints, and what it leaves with."""

from pathlib import Path

import polars as pl
import pytest

from attribution import Engine, Program
from tests.cli.terminal import PROGRAM, QUICKSTART, TABLES, answer, run, small_program, written

ORDERS = "conversion_id,event_time,customer_id,promo_code,amount,currency\n"


def test_the_written_tables_are_those_of_the_engine(tmp_path: Path) -> None:
    done = run("credit", PROGRAM, *TABLES, "--output", tmp_path / "new" / "credits")
    assert done.exit_code == 0
    result = Engine(Program.load(PROGRAM)).credit(QUICKSTART / "conversions.csv", QUICKSTART / "clicks.csv")
    directory = tmp_path / "new" / "credits"
    assert sorted(path.name for path in directory.iterdir()) == ["credits.parquet", "verdicts.parquet"]
    assert pl.read_parquet(directory / "credits.parquet").equals(result.credits)
    assert pl.read_parquet(directory / "verdicts.parquet").equals(result.verdicts)


def test_the_places_written_to_are_a_remark_and_no_result(tmp_path: Path) -> None:
    done = run("credit", PROGRAM, *TABLES, "--output", tmp_path)
    assert done.stderr == f"written: {tmp_path / 'credits.parquet'}, {tmp_path / 'verdicts.parquet'}\n"
    assert "written" not in done.stdout


@pytest.mark.parametrize("columns", [80, 120])
def test_the_summary_fits_the_terminal(tmp_path: Path, columns: int) -> None:
    done = run("credit", PROGRAM, *TABLES, "--output", tmp_path, columns=columns)
    assert max(map(len, done.stdout.splitlines())) <= columns
    assert "16 conversions read = 16 credited + 0 rejected." in done.stdout
    assert "20 clicks read, of them 1 without a customer (in no click path), 0 bad." in done.stdout


def test_json_says_what_the_summary_says(tmp_path: Path) -> None:
    found = answer("credit", PROGRAM, *TABLES, "--output", tmp_path)
    assert (found["conversions_read"], found["conversions_credited"], found["conversions_rejected"]) == (16, 16, 0)
    assert {(one["outcome"], one["reason"]): one["conversions"] for one in found["outcomes"]} == {
        ("PROMO_CODE", "RULE_ALWAYS"): 3,
        ("PROMO_CODE", "RULE_INVOLVED"): 1,
        ("PROMO_CODE", "RULE_WINNER"): 3,
        ("LAST_CLICK", "NO_CODE_MATCHED"): 4,
        ("WITHHELD", "NOT_INVOLVED"): 2,
        ("WITHHELD", "NOT_WINNER"): 1,
        ("UNATTRIBUTED", "NO_CLICKS"): 2,
    }
    assert [(one["currency"], one["amount"]) for one in found["credited"]] == [("EUR", "297.00"), ("USD", "612.25")]
    assert found["clicks"] == {"read": 20, "without_customer": 1, "bad": 0}
    assert found["written"] == [str(tmp_path / "credits.parquet"), str(tmp_path / "verdicts.parquet")]


@pytest.mark.parametrize("form", ["csv", "ndjson", "parquet"])
def test_results_come_in_each_format(tmp_path: Path, form: str) -> None:
    run("credit", PROGRAM, *TABLES, "--output", tmp_path, "--format", form)
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"credits.{form}", f"verdicts.{form}"]


def test_rejected_rows_are_a_finding(tmp_path: Path) -> None:
    orders = written(tmp_path, "orders.csv", ORDERS + "a,2026-06-01,c,SAVE,1.00,EUR\na,2026-06-01,c,SAVE,1.00,EUR\n")
    program = small_program(tmp_path)
    options = ("--conversions", orders, "--output", tmp_path / "out", "--bad-rows", "reject")
    done = run("credit", program, *options, "--format", "csv")
    assert done.exit_code == 1
    assert "2 conversions read = 0 credited + 2 rejected." in done.stdout
    assert pl.read_csv(tmp_path / "out" / "rejected.csv")["reason"].to_list() == ["DUPLICATE_ID", "DUPLICATE_ID"]


def test_nothing_rejected_is_no_finding_and_an_empty_table(tmp_path: Path) -> None:
    done = run("credit", PROGRAM, *TABLES, "--output", tmp_path, "--bad-rows", "reject")
    assert done.exit_code == 0
    assert pl.read_parquet(tmp_path / "rejected.parquet").height == 0


def test_several_files_globs_and_directories_are_read_together(tmp_path: Path) -> None:
    for number in (1, 2, 3):
        written(tmp_path, f"day-{number}.csv", ORDERS + f"o{number},2026-06-0{number},c,SAVE,1.00,EUR\n")
    (tmp_path / "more").mkdir()
    written(tmp_path / "more", "day-4.csv", ORDERS + "o4,2026-06-04,c,SAVE,1.00,EUR\n")
    program, out = small_program(tmp_path), tmp_path / "out"
    sources = ("--conversions", tmp_path / "day-[12].csv", "--conversions", tmp_path / "day-3.csv")
    found = answer("credit", program, *sources, "--conversions", tmp_path / "more", "--output", out)
    assert found["conversions_read"] == 4


def test_settings_preset_and_partner_reach_the_program(tmp_path: Path) -> None:
    program = small_program(tmp_path, {"partner_id": None})
    orders = written(tmp_path, "orders.csv", ORDERS + "a,2026-06-01,c,save+x,1.00,EUR\n")
    options = ("--preset", "impact.com", "--set", "code_separator=+", "--partner-id", "77")
    found = answer("credit", program, "--conversions", orders, "--output", tmp_path / "out", *options)
    assert [partner["partner_id"] for partner in found["partners"]] == ["77"]


@pytest.mark.parametrize("mapping", ["clicks.partner_id=Pub", "partner_id=Pub"])
def test_columns_go_by_other_names_with_a_map(tmp_path: Path, mapping: str) -> None:
    clicks = written(tmp_path, "clicks.csv", "Wer,Pub,event_time\nc,p,2026-06-01T09:00:00Z\n")
    orders = written(tmp_path, "orders.csv", ORDERS + "a,2026-06-01T10:00:00Z,c,,1.00,EUR\n")
    maps = ("--map", mapping, "--map", "clicks.customer_id=Wer")
    tables = ("--conversions", orders, "--clicks", clicks, "--output", tmp_path / "out")
    found = answer("credit", small_program(tmp_path), *tables, *maps)
    assert [one["outcome"] for one in found["outcomes"]] == ["LAST_CLICK"]


def test_orders_that_carry_their_path_need_no_clicks(tmp_path: Path) -> None:
    path = '[{"partner_id":"p","event_time":"2026-06-01T09:00:00Z"}]'
    order = f'{{"conversion_id":"a","event_time":"2026-06-01T10:00:00Z","click_path":{path}}}\n'
    orders = written(tmp_path, "orders.ndjson", order)
    found = answer("credit", small_program(tmp_path), "--conversions", orders, "--output", tmp_path / "out")
    assert [one["reason"] for one in found["outcomes"]] == ["NO_CODE_MATCHED"]


def test_a_failed_run_leaves_the_results_of_the_run_before(tmp_path: Path) -> None:
    run("credit", PROGRAM, *TABLES, "--output", tmp_path / "out")
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    bad = written(tmp_path, "orders.csv", ORDERS + "a,yesterday,c,SAVE,1.00,EUR\n")
    assert run("credit", PROGRAM, "--conversions", bad, "--output", tmp_path / "out").exit_code == 2
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before


def test_shares_are_rounded_for_printing_only_and_that_is_said(tmp_path: Path) -> None:
    owners = [{"id": str(number), "partner_id": f"p{number}"} for number in (1, 2, 3)]
    program = small_program(tmp_path, *owners, resolution="split")
    orders = written(tmp_path, "orders.csv", ORDERS + "a,2026-06-01,c,SAVE,100.00,EUR\n")
    done = run("credit", program, "--conversions", orders, "--output", tmp_path / "out")
    assert done.stdout.count("33.33 EUR") == 3
    assert ["EUR", "1", "100.00"] in [line.split() for line in done.stdout.splitlines()]
    assert "Amounts are exact and rounded to 2 decimal places for printing." in done.stdout


def test_names_are_printed_as_they_are(tmp_path: Path) -> None:
    program = small_program(tmp_path, {"partner_name": "[bold]Käse & Söhne[/bold] :smile:"})
    orders = written(tmp_path, "orders.csv", ORDERS + "a,2026-06-01,c,SAVE,,\n")
    done = run("credit", program, "--conversions", orders, "--output", tmp_path / "out")
    assert "[bold]Käse & Söhne[/bold] :smile:" in done.stdout
    assert "1 credited conversion has no amount." in done.stdout
