"""The import contract: packages depend downwards only, and the command line starts light."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import attribution

ROOT = Path(attribution.__file__).parent


def test_imports_point_downwards() -> None:
    """The contracts are in pyproject.toml, for every room."""
    program = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT.parent, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_name_of_a_module_is_unique_in_the_package() -> None:
    names = Counter(path.stem for path in ROOT.rglob("*.py") if not path.stem.startswith("__"))
    assert [name for name, number in names.items() if number > 1] == []


@pytest.mark.parametrize("module", ["attribution", "attribution.terms", "attribution.errors", "attribution.cli"])
def test_a_door_opens_without_the_heavy_libraries(module: str) -> None:
    heavy = ("polars", "pydantic", "numpy", "regex", "yaml")
    program = f"import sys, {module}; print(*[name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []
