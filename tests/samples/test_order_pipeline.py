"""The sample order_pipeline: the script runs and prints what is expected of it."""

import runpy
from pathlib import Path

import pytest

from tests.cli.terminal import ROOT

SAMPLE = ROOT / "samples" / "order_pipeline"


def test_the_script_prints_what_is_expected(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(SAMPLE / "pipeline.py"), run_name="__main__")
    assert capsys.readouterr().out == (SAMPLE / "expected.txt").read_text(encoding="utf-8")


def test_every_sample_has_a_test() -> None:
    tested = {path.stem.removeprefix("test_") for path in (ROOT / "tests").rglob("test_*.py")}
    assert {path.name for path in (ROOT / "samples").iterdir() if path.is_dir()} <= tested


def test_every_sample_says_what_it_is() -> None:
    for sample in (ROOT / "samples").iterdir():
        page = sample / "README.md"
        assert page.exists() or any(Path(script).read_text(encoding="utf-8") for script in sample.glob("*.py"))
