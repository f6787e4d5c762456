"""The example of the manual is a file of cases that passes; its keys are those that there are."""

import re
from pathlib import Path

import pytest

from attribution.cases.case import COMPARED
from attribution.cases.case_clicks import _NAMES as CLICK
from attribution.cases.case_files import _FILE as FILE
from attribution.cases.case_orders import _CASE as CASE
from attribution.cases.case_orders import _ORDER as ORDER
from attribution.cases.run import run_cases
from tests.cli.terminal import QUICKSTART
from tests.manual.pages import page, words

PAGE = page("test-cases")
WORDS = words(PAGE)


def test_the_example_of_the_manual_passes(tmp_path: Path) -> None:
    (example,) = re.findall(r"^```yaml cases\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    (tmp_path / "program.json").write_bytes((QUICKSTART / "program.json").read_bytes())
    (tmp_path / "cases.yaml").write_text(example, encoding="utf-8")
    report = run_cases(tmp_path / "cases.yaml")
    assert [(result.case.name, result.differences) for result in report.results if result.differences] == []
    assert len(report.results) == 3


@pytest.mark.parametrize("keys", [FILE, CASE, ORDER, CLICK, COMPARED], ids=["file", "case", "order", "click", "expect"])
def test_every_key_is_in_the_manual(keys: tuple[str, ...]) -> None:
    assert set(keys) - WORDS == set()
