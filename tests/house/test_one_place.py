"""What the package does in one place only."""

import ast
from collections.abc import Iterator
from pathlib import Path

import attribution
from attribution.terms import MatchMode

ROOT = Path(attribution.__file__).parent
SOURCES = sorted(ROOT.rglob("*.py"))


def nodes(*, but: set[str]) -> Iterator[tuple[str, ast.AST]]:
    """Place and node of all code, except that of these files and folders."""
    for path in SOURCES:
        name = path.relative_to(ROOT).as_posix()
        if not any(name == one or (one.endswith("/") and name.startswith(one)) for one in but):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                yield f"{name}:{getattr(node, 'lineno', 0)}", node


def test_a_time_limit_is_given_to_regex_by_the_decider_only() -> None:
    # The trial of backtracking measures the time that a pattern really takes.
    elsewhere = nodes(but={"matching/decider.py", "validation/backtracking/trial.py"})
    assert [place for place, node in elsewhere if isinstance(node, ast.keyword) and node.arg == "timeout"] == []


def test_match_modes_are_told_apart_by_languages_and_the_reading_of_programs_only() -> None:
    elsewhere = nodes(but={"terms.py", "program/", "matching/language.py"})
    names = [(place, node.attr) for place, node in elsewhere if isinstance(node, ast.Attribute)]
    assert [place for place, name in names if name in MatchMode.__members__] == []
