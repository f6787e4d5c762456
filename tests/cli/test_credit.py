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
    assert [(one["currency"], one["amount"]) for one in found["attributed"]] == [("EUR", "297.00"), ("USD", "612.25")]
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
    orders = written(tmp_path, "orders.csv", ORDERS + "a,2026-06-01,c,SAVE,,\nb,2026-06-01,c,,1.00,\n")
    done = run("credit", program, "--conversions", orders, "--output", tmp_path / "out")
    assert "[bold]Käse & Söhne[/bold] :smile:" in done.stdout
    assert "1 attributed conversion has no amount." in done.stdout


def test_names_and_ids_cannot_break_the_table(tmp_path: Path) -> None:
    program = small_program(tmp_path, {"partner_name": "one\ntwo\x1b[2J", "partner_id": "7\t"})
    orders = written(tmp_path, "orders.csv", ORDERS + "a,2026-06-01,c,SAVE,1.00,\n")
    done = run("credit", program, "--conversions", orders, "--output", tmp_path / "out")
    row = ["one\\ntwo\\x1b[2J", "7\\t", "1", "0", "1.00", "(none)"]
    assert row in [line.split() for line in done.stdout.splitlines()]


def test_orders_withheld_for_want_of_clicks_are_a_remark(tmp_path: Path) -> None:
    program = small_program(tmp_path, {"credit_rule": "INVOLVED"})
    order = "{},2026-06-01,c,SAVE,1.00,EUR\n"
    orders = written(tmp_path, "orders.csv", ORDERS + order.format("a"))
    arguments = ("credit", program, "--output", tmp_path / "out", "--conversions", orders)
    done = run(*arguments)
    assert done.stdout.endswith("\nNo click table was given.\n")
    assert done.stderr.startswith(
        "1 order was withheld by rules that need clicks (INVOLVED, WINNER); give the clicks with --clicks\nwritten: "
    )
    found = answer(*arguments)
    assert (found["clicks"], found["withheld_without_clicks"]) == (None, 1)
    more = written(tmp_path, "more.csv", ORDERS + order.format("b"))
    assert "2 orders were withheld by rules that need clicks" in run(*arguments, "--conversions", more).stderr


def test_nothing_is_remarked_where_no_rule_needs_clicks_or_clicks_are_given(tmp_path: Path) -> None:
    orders = written(tmp_path, "orders.csv", ORDERS + "a,2026-06-01,c,SAVE,1.00,EUR\n")
    arguments = ("--conversions", orders, "--output", tmp_path / "out")
    assert "withheld" not in run("credit", small_program(tmp_path), *arguments).stderr
    clicks = written(tmp_path, "clicks.csv", "customer_id,partner_id,event_time\n")
    program = small_program(tmp_path, {"credit_rule": "INVOLVED"})
    done = run("credit", program, *arguments, "--clicks", clicks)
    assert "withheld" not in done.stderr
    assert done.stdout.endswith("\n0 clicks read.\n")


def test_one_is_counted_in_the_singular(tmp_path: Path) -> None:
    orders = written(tmp_path, "orders.csv", ORDERS + "a,2026-06-01,c,SAVE,1.00,EUR\n")
    clicks = written(tmp_path, "clicks.csv", "customer_id,partner_id,event_time\nc,p,2026-06-01\n")
    tables = ("--conversions", orders, "--clicks", clicks)
    found = run("credit", small_program(tmp_path), *tables, "--output", tmp_path / "out").stdout
    assert found.startswith("1 conversion read = 1 credited + 0 rejected.\n")
    assert "\n1 click read, of them 0 without" in found


def test_without_amounts_there_is_no_money_table(tmp_path: Path) -> None:
    orders = written(tmp_path, "orders.csv", "conversion_id,event_time,promo_code\na,2026-06-01,SAVE\n")
    found = run("credit", small_program(tmp_path), "--conversions", orders, "--output", tmp_path / "out").stdout
    assert "\nNo amounts.\n" in found
    assert ["owner", "1", "0"] in [line.split() for line in found.splitlines()]
    assert "amount" not in found.replace("No amounts", "")


@pytest.mark.parametrize(("amount", "shown"), [(19.9, "19.90"), (0.0005, "0.0005"), (1 / 3, "0.333333333")])
def test_amounts_that_are_floats_are_not_said_to_be_exact(tmp_path: Path, amount: float, shown: str) -> None:
    orders = tmp_path / "orders.parquet"
    order = {"conversion_id": ["a"], "event_time": ["2026-06-01"], "promo_code": ["SAVE"], "amount": [amount]}
    pl.DataFrame(order).write_parquet(orders)
    arguments = ("credit", small_program(tmp_path), "--conversions", orders, "--output", tmp_path / "out")
    found = run(*arguments).stdout
    digits = len(shown) - shown.index(".") - 1
    assert ["(none)", "1", shown] in [line.split() for line in found.splitlines()]
    assert f"Amounts are floating-point numbers, as in the input, and rounded to {digits} decimal places" in found
    assert "exact" not in found
    assert answer(*arguments)["attributed"][0]["amount"] == shown
