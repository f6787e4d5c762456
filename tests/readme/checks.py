"""The manual's table of checks, from the code. `python -m tests.readme.checks` writes it into the manual."""

from collections.abc import Iterator
from typing import Final

from attribution.validation.check import Check, Needs
from attribution.validation.checks import CHECKS
from tests.cli.terminal import ROOT

START: Final = "<!-- checks -->\n"
END: Final = "<!-- /checks -->\n"
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


def table() -> str:
    """The lines between the markers."""
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


def with_table(text: str) -> str:
    """The manual with the table as it is today."""
    before, rest = text.split(START)
    return f"{before}{START}{table()}{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    page = ROOT / "README.md"
    page.write_text(with_table(page.read_text(encoding="utf-8")), encoding="utf-8")
