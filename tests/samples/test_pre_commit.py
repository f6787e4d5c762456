"""The hook for pre-commit names a command that there is."""

import re
import shlex
import tomllib
from typing import Any

import yaml
from typer.main import get_command

from attribution.cli import app
from attribution.program.program_files import _EXTENSIONS
from tests.cli.terminal import PROGRAM, ROOT, run


def hook() -> dict[str, Any]:
    (only,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    return dict(only)


def test_the_hook_runs_a_command_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    script, command = shlex.split(hook()["entry"])
    assert script in project["scripts"]
    assert command in get_command(app).commands  # type: ignore[attr-defined] # it is a group
    assert (hook()["id"], hook()["language"]) == ("attribution-validate", "python")
    assert run(command, PROGRAM, "--as-of", "2026-07-01", "--fail-on", "error").exit_code == 0


def test_the_hook_looks_at_every_kind_of_program_file() -> None:
    files = re.compile(hook()["files"])
    assert all(files.search(f"promo/codes{extension}") for extension in _EXTENSIONS)
    assert not files.search("README.md")
    assert hook()["pass_filenames"] is False
