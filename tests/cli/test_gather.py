"""`attribution gather`, and `attribution credit` from what it wrote."""

from pathlib import Path

import polars as pl
import pytest

from tests.cli.terminal import PROGRAM, TABLES, answer, prose, run, small_program, written

ORDER = "conversion_id,event_time,customer_id,promo_code\n1,2026-06-01,c,SAVE\n"
BAD_CLICK = "event_time,customer_id,partner_id\n,c,owner\n2026-05-31,c,owner\n"


@pytest.fixture
def history(tmp_path: Path) -> Path:
    done = run("gather", *TABLES, "--lookback", "60d", "--output", tmp_path / "history")
    assert done.exit_code == 0, done.stderr
    return tmp_path / "history"


@pytest.mark.parametrize("settings", [(), ("--set", "lookback=7d"), ("--set", "uncredited=default")])
def test_credits_from_a_history_are_those_from_the_tables(
    tmp_path: Path, history: Path, settings: tuple[str, ...]
) -> None:
    of_history = run("credit", PROGRAM, *settings, "--history", history, "--output", tmp_path / "a")
    of_tables = run("credit", PROGRAM, *settings, *TABLES, "--output", tmp_path / "b")
    assert of_history.exit_code == of_tables.exit_code == 0
    assert of_history.stdout == of_tables.stdout
    for name in ("credits.parquet", "verdicts.parquet"):
        assert pl.read_parquet(tmp_path / "a" / name).equals(pl.read_parquet(tmp_path / "b" / name))


def test_json_says_how_much_was_gathered(tmp_path: Path) -> None:
    found = answer("gather", *TABLES, "--lookback", "60d", "--output", tmp_path)
    assert (found["conversions_read"], found["conversions_rejected"]) == (16, 0)
    assert found["clicks"] == {"read": 20, "without_customer": 1, "bad": 0}
    assert found["referrals"] == pl.read_parquet(tmp_path / "clicks.parquet").height
    assert found["written"] == [str(tmp_path / f"{name}.parquet") for name in ("conversions", "clicks", "bad_rows")]


def test_bad_rows_stop_it_or_are_set_aside(tmp_path: Path) -> None:
    tables = "--conversions", written(tmp_path, "o.csv", ORDER), "--clicks", written(tmp_path, "k.csv", BAD_CLICK)
    rest = "--lookback", "30d", "--output", tmp_path / "history"
    stopped = run("gather", *tables, *rest)
    assert (stopped.exit_code, "1 bad row in clicks: 1 NO_TIME" in stopped.stderr) == (2, True)
    assert run("gather", *tables, *rest, "--bad-rows", "reject").exit_code == 1
    program = small_program(tmp_path, {"credit_rule": "INVOLVED"})
    given = "credit", program, "--history", tmp_path / "history", "--output", tmp_path / "credits"
    assert run(*given).exit_code == 2
    assert run(*given, "--bad-rows", "reject").exit_code == 1
    assert pl.read_parquet(tmp_path / "credits" / "rejected.parquet")["reason"].to_list() == ["NO_TIME"]
    assert pl.read_parquet(tmp_path / "credits" / "credits.parquet")["partner_id"].to_list() == ["owner"]


def test_without_a_click_table_it_says_so(tmp_path: Path) -> None:
    orders = written(tmp_path, "o.csv", ORDER)
    done = run("gather", "--conversions", orders, "--lookback", "30d", "--output", tmp_path / "history")
    assert "No click table was given." in done.stdout
    program = small_program(tmp_path)
    credited = run("credit", program, "--history", tmp_path / "history", "--output", tmp_path / "credits")
    assert "No click table was given." in credited.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(("--lookback", "5x"), "lookback: '5x' is not a duration", id="no length"),
        pytest.param(("--lookback", "5d", "--timezone", "Nowhere"), "timezone: 'Nowhere' is not an IANA", id="no zone"),
    ],
)
def test_what_cannot_be_understood_is_misuse(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    done = run("gather", *TABLES, *arguments, "--output", tmp_path / "history")
    assert (done.exit_code, said in prose(done.stderr)) == (2, True), done.stderr
    assert not list((tmp_path / "history").glob("*.parquet"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(("--history", "HISTORY", *TABLES), "stands for both tables", id="a history and tables"),
        pytest.param((), "give the conversions, or a --history", id="neither"),
        pytest.param(("--history", "HISTORY", "--set", "lookback=61d"), "gather it with --lookback 61d", id="longer"),
        pytest.param(("--history", "samples"), "is no gathered history", id="another folder"),
        pytest.param(("--history", "HISTORY", "--map", "clicks.partner_id=Pub"), "is of no use", id="a column"),
    ],
)
def test_a_history_misused_is_told(tmp_path: Path, history: Path, arguments: tuple[str, ...], said: str) -> None:
    given = [str(history) if one == "HISTORY" else one for one in arguments]
    (tmp_path / "samples").mkdir()
    given = [str(tmp_path / "samples") if one == "samples" else one for one in given]
    done = run("credit", PROGRAM, *given, "--output", tmp_path / "credits")
    assert (done.exit_code, said in prose(done.stderr)) == (2, True), done.stderr


def test_a_history_does_not_replace_what_it_is_gathered_from(tmp_path: Path) -> None:
    pl.read_csv(TABLES[1]).write_parquet(tmp_path / "conversions.parquet")
    done = run("gather", "--conversions", tmp_path / "conversions.parquet", "--lookback", "5d", "--output", tmp_path)
    assert (done.exit_code, "would be replaced by results" in done.stderr) == (2, True)


def test_results_do_not_go_into_the_history_that_is_read(history: Path) -> None:
    done = run("credit", PROGRAM, "--history", history, "--output", history)
    assert (done.exit_code, "is read from" in done.stderr) == (2, True)
