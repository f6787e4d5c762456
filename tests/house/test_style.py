"""The habits of the house that a machine can check."""

import ast
import importlib
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
import regex

import attribution

ROOT = Path(attribution.__file__).parent
PROJECT = ROOT.parent
SOURCES = sorted(ROOT.rglob("*.py"))


def place(path: Path) -> str:
    return str(path.relative_to(ROOT))


def run(*arguments: str) -> None:
    done = subprocess.run([sys.executable, "-m", *arguments], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_ruff_has_nothing_to_say() -> None:
    run("ruff", "check", "--quiet", "attribution", "tests")


def test_mypy_has_nothing_to_say() -> None:
    run("mypy", "--strict")


def test_only_the_command_line_prints() -> None:
    printing = [
        f"{place(path)}:{node.lineno}"
        for path in SOURCES
        if not path.relative_to(ROOT).parts[0].startswith("cli")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert printing == []


def test_modules_are_named_after_what_they_do() -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "misc"}
    assert [place(path) for path in SOURCES if vague & {path.stem, *path.relative_to(ROOT).parts}] == []


def test_every_module_says_what_it_does() -> None:
    trees = {place(path): ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES}
    assert [name for name, tree in trees.items() if tree.body and not ast.get_docstring(tree)] == []


def test_an_ignored_complaint_has_its_reason_beside_it_or_above() -> None:
    silent = []
    for path in SOURCES:
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, (above, line) in enumerate(pairwise(["", *lines]), start=1):
            ignored = regex.search(r"# (?:type: ignore|noqa)(?:\[[\w, -]+\]|: [A-Z]+\d+(?:, [A-Z]+\d+)*)?(.*)", line)
            if ignored and not ignored[1].strip(" -#") and not above.strip().startswith("#"):
                silent.append(f"{place(path)}:{number} {line.strip()}")
    assert silent == []


def test_nothing_is_left_for_later() -> None:
    later = regex.compile("TODO|FIXME|XXX|NotImplementedError")
    assert [place(path) for path in SOURCES if later.search(path.read_text(encoding="utf-8"))] == []


def test_the_public_names_exist_and_are_sorted() -> None:
    assert attribution.__all__ == sorted(attribution.__all__)
    assert set(attribution.__all__) <= set(dir(attribution))
    assert {"Engine", "Program", "PromoCode", "Settings", "Conversion", "Click"} <= set(attribution.__all__)


@pytest.mark.parametrize("name", attribution.__all__)
def test_a_public_name_is_documented(name: str) -> None:
    thing = getattr(importlib.import_module("attribution"), name)
    documentation = thing.__doc__ or ""
    # A dataclass without docstring is given its signature as one.
    assert len(documentation) > 20
    assert not documentation.startswith(f"{name}(")


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        attribution.nonsense  # noqa: B018  # reading the attribute is the test


def test_names_are_compared_in_one_module() -> None:
    comparing = [place(path) for path in SOURCES if "difflib" in path.read_text(encoding="utf-8").split()]
    assert comparing == ["text.py"]
