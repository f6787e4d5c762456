"""`attribution help`: pages of the manual and of checks; rendered on a terminal, plain Markdown elsewhere."""

import re
import sys
from collections.abc import Mapping
from difflib import get_close_matches
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

import typer

_LISTING: Final = ("index", "checks")
"""The pages that list all topics."""

_LINK: Final = re.compile(r"\[([^]]+)\]\((?:([\w-]+)\.md(?:#[\w-]+)?|#[\w-]+)\)")
"""A link to a page, or to a heading of its own page: text, page."""


def run(topic: str | None) -> None:
    """Print the page of a topic, or without one the list of all topics."""
    pages = _pages()
    if topic is None:
        _show("\n".join(pages[name].read_text(encoding="utf-8") for name in _LISTING))
        return
    name = topic.strip().lower().removesuffix(".md")
    _show(pages[name].read_text(encoding="utf-8") if name in pages else _check_page(name, pages))


def _pages() -> Mapping[str, Traversable]:
    """The pages of the manual by name."""
    found = (entry for entry in files("attribution").joinpath("manual").iterdir() if entry.name.endswith(".md"))
    return {entry.name.removesuffix(".md"): entry for entry in found}


def _check_page(name: str, pages: Mapping[str, Traversable]) -> str:
    from attribution.validation.checks import CHECKS  # noqa: PLC0415 -- loads Polars, which a page does not need
    from attribution.validation.formats.pages import markdown_page  # noqa: PLC0415 -- likewise

    checks = {key: check for check in CHECKS for key in (check.code.lower(), check.slug)}
    if name not in checks:
        near = get_close_matches(name, (*pages, *checks), n=1, cutoff=0.6)
        advice = f"did you mean {near[0]!r}?" if near else "`attribution help` lists all topics"
        raise typer.BadParameter(f"{name!r} is unknown; {advice}", param_hint="TOPIC")
    return markdown_page(checks[name])


def _show(markdown: str) -> None:
    if not sys.stdout.isatty():
        typer.echo(markdown, nl=False)
        return
    from rich.console import Console  # noqa: PLC0415 -- plain text goes without it
    from rich.markdown import Markdown  # noqa: PLC0415 -- likewise

    from attribution.cli.printing import width  # noqa: PLC0415 -- likewise

    Console(width=width()).print(Markdown(_LINK.sub(_reference, markdown), hyperlinks=False, code_theme="ansi_dark"))


def _reference(link: re.Match[str]) -> str:
    """A link to a page as words: its text, with the command that shows the page unless the text is its name."""
    text, page = link.groups()
    return text if page in (None, text) else f"{text} (`attribution help {page}`)"
