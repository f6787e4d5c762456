"""Checks made for a test, which say what the test wants to hear, and programs in files."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from attribution.validation import validate as front_door
from attribution.validation.check import Check, Needs, Notice
from attribution.validation.checks import BY_CODE, CHECKS
from attribution.validation.finding import Severity
from attribution.validation.subject import Subject
from tests.program.pages import write

FRAMEWORK = [check for check in CHECKS if check.code[0] in "FA" or check.code == "P001"]

Find = Callable[[Subject], Iterable[Notice]]
AS_OF = "2026-07-01T00:00Z"


def check(
    code: str,
    find: Find | Sequence[Notice] = (),
    *,
    slug: str = "",
    severity: Severity = Severity.WARNING,
    silenceable: bool = True,
    needs: Needs = Needs.NOTHING,
) -> Check:
    """A check that finds these notices, whatever the program."""
    said = find if callable(find) else lambda _: list(find)
    slug = slug or f"stand-in-{code.lower()}"
    return Check(
        code=code,
        slug=slug,
        severity=severity,
        summary="a stand-in",
        why="because",
        example="",
        mend="mend it",
        find=said,
        silenceable=silenceable,
        needs=needs,
    )


def notice(*promo_codes: int, field: str = "code", span: tuple[int, int] | None = None, **others: Any) -> Notice:
    """A notice about these promo codes."""
    return Notice("something is odd", "mend it", promo_codes, field, span, **others)


def use(monkeypatch: pytest.MonkeyPatch, *checks: Check) -> None:
    """Let these be the checks, beside those of the framework itself."""
    every = (*FRAMEWORK, *checks)
    monkeypatch.setattr(front_door, "CHECKS", every)
    monkeypatch.setattr(front_door, "BY_CODE", {one.code: one for one in every})
    assert set(BY_CODE) >= {one.code for one in FRAMEWORK}


def file(directory: Path, name: str, content: object) -> Path:
    """A file in a directory."""
    return write(directory / name, content)
