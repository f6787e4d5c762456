"""The manual page of a check: as plain text for `--explain`, and as Markdown."""

from collections.abc import Iterator

from attribution.validation.check import Check, Needs, Page


def plain_page(check: Check) -> str:
    """The page as text: what it finds, why it matters, an example, the mend."""
    lines = [f"{check.code} {check.slug} ({_kind(check)})", "", f"Finds: {check.summary}."]
    lines += ["", "Why it matters", *_indented(check.page.why)]
    for title, body in _examples(check.page):
        lines += ["", title, *_indented(body)]
    return "\n".join(lines) + "\n"


def markdown_page(check: Check) -> str:
    """The page as Markdown."""
    parts = [f"# {check.code} {check.slug}", f"{_kind(check).capitalize()}. Finds: {check.summary}.", check.page.why]
    for title, body in _examples(check.page):
        fenced = title != "Mend"
        form = "yaml" if body.startswith(("settings:", "promo_codes:", "preset:")) else "csv"
        parts += [f"## {title}", f"```{form}\n{body.rstrip()}\n```" if fenced else body.strip()]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _kind(check: Check) -> str:
    needs = "" if check.needs is Needs.NOTHING else f", looks at {check.needs.value}"
    return f"{check.severity}{needs}, {'can' if check.silenceable else 'cannot'} be silenced"


def _examples(page: Page) -> Iterator[tuple[str, str]]:
    """Titles and texts of what the page shows, in order."""
    yield "Example", page.example
    if page.conversions:
        yield "with these conversions", page.conversions
    if page.clicks:
        yield "with these clicks", page.clicks
    yield "Mend", page.mend
    if page.mended != page.example:
        yield "Mended", page.mended
    if page.mended_conversions:
        yield "Mended conversions", page.mended_conversions
    if page.mended_clicks:
        yield "Mended clicks", page.mended_clicks


def _indented(text: str) -> list[str]:
    return [f"  {line}".rstrip() for line in text.strip("\n").split("\n")]
