"""The sample validation: a program with one of everything, and the report of it."""

import re

import pytest

from attribution.validation.checks import CHECKS
from tests.cli.terminal import ROOT, run

SAMPLE = "samples/validation"
FILES = [f"{SAMPLE}/{name}" for name in ("program.yaml", "export.json", "bulk.csv")]
TABLES = ("--conversions", f"{SAMPLE}/conversions.csv", "--clicks", f"{SAMPLE}/clicks.csv")

BORROWED = re.compile(r"(?<= backtracks ).*(?= \[P00[34] )|(?<=pattern is not valid: ).*(?= \[P001 )")
"""What attacks on patterns cost is another on every machine, and the words of `regex` in another release of it."""


def report() -> str:
    done = run("validate", *FILES, *TABLES, "--as-of", "2026-07-01")
    assert done.exit_code == 1, done.output
    return done.stdout


def test_the_report_is_the_one_beside_the_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    expected = (ROOT / SAMPLE / "expected.txt").read_text(encoding="utf-8")
    assert BORROWED.sub("...", report()) == BORROWED.sub("...", expected)
    assert len(BORROWED.findall(expected)) == 3


def test_every_check_has_a_finding_in_it() -> None:
    expected = (ROOT / SAMPLE / "expected.txt").read_text(encoding="utf-8")
    assert [check.code for check in CHECKS if f"[{check.code} {check.slug}]" not in expected] == []
