"""Takes the fenced blocks out of the manual and the samples' pages."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.cli.terminal import ROOT

PAGES = [ROOT / "README.md", *sorted((ROOT / "samples").glob("*/README.md"))]
README = PAGES[0].read_text(encoding="utf-8")


@dataclass(frozen=True)
class Block:
    """A fenced block: where it is, its language, its text."""

    page: Path
    line: int
    language: str
    text: str

    def __str__(self) -> str:
        return f"{self.page.parent.name}-{self.line}"


def blocks(*languages: str) -> list[Block]:
    """All blocks of these languages."""
    return [block for page in PAGES for block in _blocks(page) if block.language in languages]


def _blocks(page: Path) -> Iterator[Block]:
    text = page.read_text(encoding="utf-8")
    for found in re.finditer(r"^```(\w+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        yield Block(page, text.count("\n", 0, found.start()) + 1, found[1], found[2])


def transcript(block: Block) -> list[tuple[list[str], str]]:
    """The commands of a console block as arguments, each with the output below it."""
    parts = re.split(r"^\$ (.*)\n", block.text, flags=re.MULTILINE)[1:]
    return [(shlex.split(command), output) for command, output in zip(parts[::2], parts[1::2], strict=True)]


def section(heading: str) -> str:
    """The text below a heading, up to the next one of its level or above."""
    level = heading.split(" ", 1)[0]
    rest = README.split(f"\n{heading}\n", 1)[1]
    return re.split(rf"^#{{1,{len(level)}}} ", rest, maxsplit=1, flags=re.MULTILINE)[0]
