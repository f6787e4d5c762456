"""The manual page of a check: as plain text for `--explain`, and as Markdown."""

import re
import textwrap
from collections.abc import Mapping
from typing import Final

from attribution.validation.check import Check, Needs

_WIDTH: Final = 100
_MEND: Final = "Mend"
LOOKS_AT: Final[Mapping[Needs, str]] = {
    Needs.NOTHING: "",
    Needs.CONVERSIONS: ", looks at conversions",
    Needs.CLICKS: ", looks at clicks",
}
_FACTS: Final = re.compile(r"\s+[Ff]acts: ")
"""What a page says of a finding's facts is a paragraph of its own."""


def plain_page(check: Check) -> str:
    """The page as text: what it finds, why it matters, an example, the mend."""
    lines = [f"{check.code} {check.slug} ({_kind(check)})", "", *_filled(f"Finds: {check.summary}.")]
    for title, paragraph in zip(("Why it matters", "Facts"), _paragraphs(check), strict=False):
        lines += ["", title, *_filled(paragraph, "  ")]
    for title, body in _examples(check):
        lines += ["", title, *(_filled(body, "  ") if title == _MEND else _indented(body))]
    return "\n".join(lines) + "\n"


def markdown_page(check: Check) -> str:
    """The page as Markdown."""
    parts = [f"# {check.code} {check.slug}", f"{_kind(check).capitalize()}. Finds: {check.summary}."]
    parts += [f"{start}{said}" for start, said in zip(("", "Facts: "), _paragraphs(check), strict=False)]
    for title, body in _examples(check):
        fenced = title != _MEND
        form = "yaml" if body.startswith(("settings:", "promo_codes:", "preset:")) else "csv"
        parts += [f"## {title}", f"```{form}\n{body.rstrip()}\n```" if fenced else body.strip()]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _paragraphs(check: Check) -> list[str]:
    """Why it matters, then which facts a finding has, each in a line."""
    return [" ".join(part.split()) for part in _FACTS.split(check.why, maxsplit=1)]


def _kind(check: Check) -> str:
    return f"{check.severity}{LOOKS_AT[check.needs]}, {'can' if check.silenceable else 'cannot'} be silenced"


def _examples(check: Check) -> list[tuple[str, str]]:
    """Titles and texts of what the page shows, in order."""
    texts = {
        "Example": check.example,
        "with these conversions": check.conversions,
        "with these clicks": check.clicks,
        _MEND: check.mend,
        "Mended": "" if check.mended == check.example else check.mended,
        "Mended conversions": check.mended_conversions,
    }
    return [(title, body) for title, body in texts.items() if body]


def _filled(text: str, indent: str = "") -> list[str]:
    """Prose in lines."""
    return textwrap.wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)


def _indented(text: str) -> list[str]:
    return [f"  {line}".rstrip() for line in text.strip("\n").split("\n")]
