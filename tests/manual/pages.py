"""The manual's pages and the README as text, and what stands in them: fenced blocks, sections, code spans, links."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.cli.terminal import ROOT

README: Final = ROOT / "README.md"
MANUAL: Final = ROOT / "attribution" / "manual"
PAGES: Final = {path.stem: path for path in sorted(MANUAL.glob("*.md"))}
READ: Final = [README, *PAGES.values(), *sorted((ROOT / "samples").glob("*/README.md"))]
"""What a reader reads: its examples run."""


@dataclass(frozen=True)
class Block:
    """A fenced block: where it is, its language, its text."""

    page: Path
    line: int
    language: str
    text: str

    def __str__(self) -> str:
        return f"{self.page.parent.name}-{self.page.stem}-{self.line}"


def page(name: str) -> str:
    """The text of a page of the manual."""
    return PAGES[name].read_text(encoding="utf-8")


def manual() -> str:
    """The text of the README and of all pages."""
    return "\n".join(path.read_text(encoding="utf-8") for path in (README, *PAGES.values()))


def section(name: str, heading: str) -> str:
    """The text below a heading of a page, up to the next one of its level or above."""
    level = heading.split(" ", 1)[0]
    rest = page(name).split(f"\n{heading}\n", 1)[1]
    return re.split(rf"^#{{1,{len(level)}}} ", rest, maxsplit=1, flags=re.MULTILINE)[0]


def words(text: str) -> set[str]:
    """What stands in the code spans of a text."""
    return {word for span in re.findall(r"`([^`\n]+)`", text) for word in (span, *span.split())}


def rows(text: str) -> list[list[str]]:
    """The cells of all table rows of a text, headings and rules included."""
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines() if line.startswith("|")]


def blocks(*languages: str) -> list[Block]:
    """All blocks of these languages."""
    return [block for path in READ for block in blocks_of(path) if block.language in languages]


def blocks_of(path: Path) -> Iterator[Block]:
    """The blocks of one page. A fence of four backticks may have fences of three inside."""
    text = path.read_text(encoding="utf-8")
    for found in re.finditer(r"^(`{3,})(\w+)\n(.*?)^\1$", text, re.MULTILINE | re.DOTALL):
        yield Block(path, text.count("\n", 0, found.start()) + 1, found[2], found[3])


def transcript(block: Block) -> list[tuple[list[str], str]]:
    """The commands of a console block as arguments, each with the output below it."""
    parts = re.split(r"^\$ (.*)\n", block.text, flags=re.MULTILINE)[1:]
    return [(shlex.split(command), output) for command, output in zip(parts[::2], parts[1::2], strict=True)]


def links(path: Path) -> Iterator[str]:
    """The targets of a page's links; blocks and code spans have none."""
    text = re.sub(r"^(`{3,})\w*\n.*?^\1$|`[^`\n]+`", "", path.read_text(encoding="utf-8"), flags=re.M | re.DOTALL)
    yield from re.findall(r"\]\(([^)\s]+)\)", text)


def anchors(path: Path) -> set[str]:
    """The fragments under which a page's headings are linked to, as the hosts of repositories make them."""
    headings = re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
