"""The manual as a whole: its pages are found, linked and shipped, and the README is short."""

import tomllib
from pathlib import Path

import pytest

from attribution.validation.checks import CHECKS
from tests.cli.terminal import ROOT
from tests.manual.generated import COMMANDS
from tests.manual.pages import MANUAL, PAGES, READ, README, anchors, links


def test_the_readme_has_fewer_than_350_lines() -> None:
    assert len(README.read_text(encoding="utf-8").splitlines()) < 350


def test_every_page_is_linked_from_the_index_by_its_name() -> None:
    linked = [target.removesuffix(".md") for target in links(PAGES["index"])]
    assert set(linked) == set(PAGES) - {"index"}


def test_every_command_has_a_page_of_its_name() -> None:
    assert set(COMMANDS) - set(PAGES) == set()
    for name in COMMANDS:
        assert PAGES[name].read_text(encoding="utf-8").startswith(f"# attribution {name}\n")


def test_a_page_and_a_check_never_have_one_name() -> None:
    assert set(PAGES) & {name for check in CHECKS for name in (check.code.lower(), check.slug)} == set()


@pytest.mark.parametrize("path", READ, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_links_lead_somewhere(path: Path) -> None:
    for target in links(path):
        if not target.startswith("https://"):
            file, _, fragment = target.partition("#")
            there = (path.parent / file).resolve() if file else path
            assert there.exists(), target
            assert not fragment or fragment in anchors(there), target


def test_the_package_ships_every_page() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    package = ROOT / "attribution"
    globs = project["tool"]["setuptools"]["package-data"]["attribution"]
    shipped = {path for pattern in globs for path in package.glob(pattern)}
    assert {path for path in package.rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc")} == shipped
    assert set(MANUAL.iterdir()) <= shipped
