"""The sample validation: a program with one of everything, and the report of it."""

import re

import pytest

from attribution.validation.checks import CHECKS
from tests.cli.terminal import ROOT, run

SAMPLE = "samples/validation"
FILES = [f"{SAMPLE}/{name}" for name in ("program.yaml", "export.json", "bulk.csv")]
TABLES = ("--conversions", f"{SAMPLE}/conversions.csv", "--clicks", f"{SAMPLE}/clicks.csv")

TIMED = re.compile(r"(?<= backtracks ).*(?= \[P00[34] )")
"""What the report says of attacks is timed, so it is another on every machine."""


def report() -> str:
    done = run("validate", *FILES, *TABLES, "--as-of", "2026-07-01")
    assert done.exit_code == 1, done.output
    return done.stdout


def test_the_report_is_the_one_beside_the_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    expected = (ROOT / SAMPLE / "expected.txt").read_text(encoding="utf-8")
    assert TIMED.sub("...", report()) == TIMED.sub("...", expected)
    assert len(TIMED.findall(expected)) == 2


def test_every_check_has_a_finding_in_it() -> None:
    expected = (ROOT / SAMPLE / "expected.txt").read_text(encoding="utf-8")
    assert [check.code for check in CHECKS if f"[{check.code} {check.slug}]" not in expected] == []
