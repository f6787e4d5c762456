"""What is measured is written, read again and printed."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import results
from benchmarks.command import main
from benchmarks.report import quantity, report
from benchmarks.results import Outcome, Result, read_results

OURS = Outcome("ours", seconds={"process": [3.0, 1.0, 2.0]}, peak_bytes=[5 * 2**20], counts={"verdicts": 3})
PEER = Outcome("duckdb", agrees=True, seconds={"process": [4.0, 5.0, 6.0]}, peak_bytes=[2**30])
RESULT = Result("job-40M-0", "a job", 1.0, {"cpu": "one"}, ["process"], repeats=3, contenders=[OURS, PEER])


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "RESULTS", tmp_path)


def test_a_result_is_read_as_it_was_written() -> None:
    RESULT.write()
    assert read_results(1.0) == {"job-40M-0": RESULT}


def test_results_of_other_scales_are_kept_apart() -> None:
    replace(RESULT, scale=0.01).write()
    assert read_results(1.0) == {}
    assert list(read_results(0.01)) == ["job-40M-0"]


def test_the_median_counts_and_a_share_is_scaled_up_but_for_the_compilation() -> None:
    slow = Outcome("slow", share=0.1, unscaled=["compile"], seconds={"compile": [1.0], "match": [2.0]})
    assert OURS.total(["process"]) == 2.0
    assert slow.total(["compile", "match"]) == pytest.approx(21.0)


def test_a_target_is_met_or_not_by_the_ratio_of_the_medians() -> None:
    printed = report({"job-40M-0": RESULT}, 1.0)
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in printed.splitlines()]
    assert ["whole process, 40M clicks, 0 regexes: DuckDB / ours", "at least 1.25 x", "2.50 x", "yes"] in rows
    assert ["duckdb", "5 s", "2.50 x"] in [row[:3] for row in rows]


def test_a_contender_that_failed_says_why() -> None:
    failed = Outcome("duckdb", status="not installed: duckdb")
    assert "not installed: duckdb" in report({"job-40M-0": replace(RESULT, contenders=[OURS, failed])}, 1.0)


def test_the_report_is_made_from_the_files(capsys: pytest.CaptureFixture[str]) -> None:
    RESULT.write()
    assert main(["report"]) == 0
    assert "### job-40M-0" in capsys.readouterr().out


def test_all_cases_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--list", "--only", "job-4*"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 6


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        pytest.param(2.5, "s", "2.5 s", id="seconds"),
        pytest.param(3.1e-7, "s", "310 ns", id="nanoseconds"),
        pytest.param(12_345.0, "x", "12,345 x", id="a large ratio"),
        pytest.param(3e9, "B", "2.79 GiB", id="bytes"),
    ],
)
def test_a_quantity_reads_in_its_unit(value: float, unit: str, text: str) -> None:
    assert quantity(value, unit) == text
