"""What a command prints with `--json` is what the result of the library says of itself."""

import json
from pathlib import Path
from typing import Any

import pytest

from attribution import Engine, Program, run_cases, summarise
from attribution.cases.case import CaseHead
from attribution.cases.case_record import record_cases
from attribution.explaining.explain import explain
from attribution.explaining.match_answer import MatchAnswer
from attribution.explaining.near import NearMisses
from attribution.validation.validate import review
from tests.cli.terminal import PROGRAM, QUICKSTART, TABLES, answer, run

CONVERSIONS, CLICKS = TABLES[1], TABLES[3]
CASES = QUICKSTART / "cases.yaml"
PROGRAM_OF_CODES = Program.load(PROGRAM)
ENGINE = Engine(PROGRAM_OF_CODES)


def is_plain(value: Any) -> bool:
    """Whether a value has exactly the types that JSON gives back."""
    match value:
        case dict():
            return all(type(name) is str and is_plain(part) for name, part in value.items())
        case list():
            return all(map(is_plain, value))
    return value is None or type(value) in (str, int, float, bool)


def test_figures(tmp_path: Path) -> None:
    printed = answer("credit", PROGRAM, *TABLES, "--output", tmp_path)
    figures = summarise(ENGINE.credit(CONVERSIONS, CLICKS), PROGRAM_OF_CODES).to_dict()
    assert printed == {**figures, "written": [str(tmp_path / f"{name}.parquet") for name in ("credits", "verdicts")]}
    assert is_plain(figures)


def test_figures_without_a_click_table_have_no_counts_of_clicks(tmp_path: Path) -> None:
    result = ENGINE.credit(CONVERSIONS)
    done = run("credit", PROGRAM, *TABLES[:2], "--output", tmp_path, "--json")
    assert json.loads(done.stdout)["clicks"] is None
    assert (result.to_dict()["clicks"], result.clicks.read) == (None, 0)


@pytest.mark.parametrize("ident", ["A-1002", "A-1005", "A-1008"])
def test_an_explanation(ident: str) -> None:
    found = explain(ENGINE, CONVERSIONS, CLICKS, ident).to_dict()
    assert answer("explain", PROGRAM, *TABLES, "--id", ident) == found
    assert is_plain(found)


def test_answers_of_matching() -> None:
    codes, near = ["SUMMER26", "hazel10"], NearMisses(PROGRAM_OF_CODES)
    found = [MatchAnswer(code, ENGINE.match(code), tuple(near.of(code))).to_dict() for code in codes]
    assert answer("match", PROGRAM, *codes, code=1) == found
    assert is_plain(found)


def test_a_review() -> None:
    found = review(PROGRAM, as_of="2026-07-01").to_dict()
    done = run("validate", PROGRAM, "--as-of", "2026-07-01", "--format", "json")
    assert json.loads(done.stdout) == found
    assert found["findings"]
    assert is_plain(found)


def test_a_report_of_cases() -> None:
    found = run_cases(CASES, preset="impact.com").to_dict()
    done = run("test", CASES, "--preset", "impact.com", "--coverage", "--json")
    assert json.loads(done.stdout) == found
    assert found["failed"]
    assert is_plain(found)


def test_a_recording(tmp_path: Path) -> None:
    path = str(tmp_path / "cases.yaml")
    found = record_cases(path, CaseHead((PROGRAM,)), CONVERSIONS, CLICKS).to_dict()
    assert answer("test", "--record", path, "--program", PROGRAM, *TABLES)["cases"] == found["cases"]
    assert is_plain(found)


def test_a_decision_and_the_tables_of_a_batch() -> None:
    order = {"conversion_id": 1, "event_time": "2026-06-20T12:00:00Z", "promo_code": "HAZEL10", "amount": "1.50"}
    decision = ENGINE.decide(order).to_dict()
    assert (decision["event_time"], decision["amount"], decision["outcome"]) == (
        "2026-06-20T12:00:00Z", "1.50", "PROMO_CODE",
    )  # fmt: skip
    assert is_plain(decision)
    assert is_plain(ENGINE.credit(CONVERSIONS, CLICKS).to_dict())
