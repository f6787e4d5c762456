"""The parts of the manual that come from the code and from results. `python -m tests.manual.generated` writes them.

Each part stands between `<!-- NAME -->` and `<!-- /NAME -->`.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from typer.main import get_command

from attribution.cli import app
from attribution.validation.check import Check, Needs
from attribution.validation.checks import CHECKS
from benchmarks.figures import tables
from tests.manual.pages import PAGES

COMMANDS: Final[Mapping[str, Any]] = get_command(app).commands  # type: ignore[attr-defined] # it is a group
FAMILIES: Final = {
    "F": "Files: what stops a program from being used",
    "O": "Overlap",
    "P": "Patterns",
    "L": "Literals",
    "D": "Dates",
    "R": "Rules",
    "U": "Usage: what the data say",
    "A": "Allowances",
}


def commands() -> str:
    """The list of commands with what each does."""
    return "\n".join(f"- [{name}]({name}.md): {made.get_short_help_str(200)}" for name, made in COMMANDS.items()) + "\n"


def checks() -> str:
    """The table of checks."""
    return "\n".join(["| check | severity | finds |", "|---|---|---|", *_rows()]) + "\n"


def _rows() -> Iterator[str]:
    family = ""
    for check in CHECKS:
        if check.code[0] != family:
            family = check.code[0]
            yield f"| **{FAMILIES[family]}** | | |"
        yield _row(check)


def _row(check: Check) -> str:
    finds = check.summary.replace("|", "\\|")
    if check.needs is not Needs.NOTHING:
        finds += f" (`--{check.needs.value}`)"
    if not check.silenceable:
        finds += " †"
    return f"| `{check.code}` `{check.slug}` | {check.severity} | {finds} |"


PARTS: Final[Mapping[str, Callable[[], Mapping[str, str]]]] = {
    "index": lambda: {"commands": commands()},
    "checks": lambda: {"checks": checks()},
    "performance": tables,
}
"""What is generated in each page, by the names of its markers."""


def with_parts(text: str, parts: Mapping[str, str]) -> str:
    """The text of a page with its generated parts as they are today."""
    for name, part in parts.items():
        before, rest = text.split(f"<!-- {name} -->\n")
        after = rest.split(f"<!-- /{name} -->\n")[1]
        text = f"{before}<!-- {name} -->\n{part}<!-- /{name} -->\n{after}"
    return text


def markers(text: str) -> list[str]:
    """The names of the generated parts of a page."""
    return re.findall(r"^<!-- (\w+) -->$", text, re.MULTILINE)


if __name__ == "__main__":
    for name, parts in PARTS.items():
        old = PAGES[name].read_text(encoding="utf-8")
        PAGES[name].write_text(with_parts(old, parts()), encoding="utf-8")
