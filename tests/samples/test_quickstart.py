"""The sample quickstart: its page says what comes out, its expected files have all of it."""

from pathlib import Path

import polars as pl
import pytest

from attribution import Engine, Program
from tests.cli.terminal import PROGRAM, QUICKSTART, TABLES, run


def credits(**given: object) -> dict[str, tuple[str, ...]]:
    """Outcome, reason and partner of each order."""
    program = Program.load(PROGRAM, **given)  # type: ignore[arg-type] # settings or preset, as each test says
    result = Engine(program).credit(QUICKSTART / "conversions.csv", QUICKSTART / "clicks.csv")
    rows = result.credits.select("conversion_id", "outcome", "reason", "partner_id").fill_null("")
    return {row[0]: row[1:] for row in rows.rows()}


def promised() -> dict[str, tuple[str, ...]]:
    lines = (QUICKSTART / "README.md").read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| A-")]
    return {order: (outcome, reason, partner) for order, _, outcome, reason, partner, _ in cells}


def test_every_order_is_credited_as_the_page_says() -> None:
    assert len(promised()) == 16
    assert credits() == promised()


@pytest.mark.parametrize("table", ["credits", "verdicts"])
def test_the_written_tables_are_the_expected_ones(table: str, tmp_path: Path) -> None:
    assert run("credit", PROGRAM, *TABLES, "--output", tmp_path, "--format", "csv").exit_code == 0
    written = (tmp_path / f"{table}.csv").read_text(encoding="utf-8")
    assert written == (QUICKSTART / "expected" / f"{table}.csv").read_text(encoding="utf-8")


def test_every_outcome_of_the_defaults_occurs() -> None:
    found = {(outcome, reason) for outcome, reason, _ in promised().values()}
    assert len({outcome for outcome, _ in found}) == 4
    assert len({reason for _, reason in found}) == 7


def test_other_settings_do_what_the_page_says() -> None:
    by_default = credits(settings={"uncredited": "default"})
    assert by_default["A-1004"] == ("LAST_CLICK", "RULE_NOT_MET", "1299679")
    assert by_default["A-1005"] == ("LAST_CLICK", "RULE_NOT_MET", "2552842")
    assert credits(settings={"default_crediting": "none"})["A-1006"] == ("UNATTRIBUTED", "DEFAULT_NONE", "")
    assert credits(preset="impact.com")["A-1008"] == ("PROMO_CODE", "RULE_ALWAYS", "2552842")


def test_each_rule_has_a_literal_and_a_pattern() -> None:
    codes = Program.load(PROGRAM).promo_codes
    assert {(code.match_mode, code.credit_rule) for code in codes} == {
        (mode, rule) for mode in ("LI", "RE") for rule in ("ALWAYS", "INVOLVED", "WINNER")
    }


def test_the_tables_are_small_enough_to_read() -> None:
    assert pl.read_csv(QUICKSTART / "conversions.csv").height <= 20
