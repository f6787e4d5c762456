"""The import contract: packages depend downwards only, and the command line starts light."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import attribution

ROOT = Path(attribution.__file__).parent
SOURCES = sorted(ROOT.rglob("*.py"))

# From the ground up; what stands on one line does not import each other.
LAYERS = [
    ("errors", "terms"),
    ("collector", "text", "text_table"),
    ("times",),
    ("patterns",),
    ("automata",),
    ("program", "events"),
    ("matching",),
    ("crediting",),
    ("explaining",),
    ("engine",),
    ("validation",),
    ("cases",),
    ("cli",),
]
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}

# The front door names everything, lazily; `python -m attribution` is the command line.
DOORS = {"attribution": len(LAYERS), "__main__": len(LAYERS)}


def room(path: Path) -> str:
    """The package or module directly below `attribution` that a file belongs to."""
    inside = path.relative_to(ROOT).with_suffix("").parts
    return "attribution" if inside == ("__init__",) else inside[0]


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Line and dotted name of every import of this package in a file, also for type checking and within functions."""
    package = ("attribution", *path.relative_to(ROOT).parent.parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            start = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(part for part in (start, node.module) if part)
            names = [f"{module}.{alias.name}" for alias in node.names] if module == "attribution" else [module]
        for name in names:
            if name.split(".")[0] == "attribution":
                yield getattr(node, "lineno", 0), name


def depends_on(name: str) -> str:
    """The room that a dotted name is in."""
    parts = name.split(".")
    return parts[1] if len(parts) > 1 else "attribution"


def test_every_room_has_its_place_in_the_layers() -> None:
    assert {room(path) for path in SOURCES} - set(LEVEL) - set(DOORS) == set()


def test_imports_point_downwards() -> None:
    level = {**LEVEL, **DOORS}
    upwards = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in SOURCES
        for line, name in imported(path)
        if depends_on(name) != room(path) and level[depends_on(name)] >= level[room(path)]
    ]
    assert upwards == []


def test_modules_of_one_package_do_not_import_in_circles() -> None:
    files = {".".join(("attribution", *path.relative_to(ROOT).with_suffix("").parts)): path for path in SOURCES}
    graph = {name: {found for _, found in imported(path)} & set(files) for name, path in files.items()}
    while leaves := {name for name, needs in graph.items() if not needs & set(graph)}:
        graph = {name: needs for name, needs in graph.items() if name not in leaves}
    assert sorted(graph) == [], "these import each other, or something that does"


@pytest.mark.parametrize("module", ["attribution", "attribution.terms", "attribution.errors", "attribution.cli"])
def test_a_door_opens_without_the_heavy_libraries(module: str) -> None:
    heavy = ("polars", "pydantic", "numpy", "regex", "yaml")
    program = f"import sys, {module}; print(*[name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []
