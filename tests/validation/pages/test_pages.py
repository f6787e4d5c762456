"""The manual pages of the checks: every example triggers its check, and the mended program does not."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from attribution import Finding, validate
from attribution.validation.check import Check, Needs
from attribution.validation.checks import BY_CODE, CHECKS
from attribution.validation.formats.pages import markdown_page, plain_page
from attribution.validation.unusable import LOADING

AS_OF = "2026-07-01T00:00Z"

CheckOf = pytest.mark.parametrize("check", CHECKS, ids=lambda check: f"{check.code}-{check.slug}")


def found(directory: Path, program: str, conversions: str, clicks: str) -> list[Finding]:
    """The findings in the texts of a page."""
    paths: dict[str, str | None] = {}
    for name, text in (("program.yaml", program), ("conversions.csv", conversions), ("clicks.csv", clicks)):
        (directory / name).write_text(text, encoding="utf-8")
        paths[name] = str(directory / name) if text else None
    tables = {"conversions": paths["conversions.csv"], "clicks": paths["clicks.csv"]}
    return validate(directory / "program.yaml", as_of=AS_OF, **tables)  # type: ignore[arg-type] # two tables


def whole(check: Check) -> set[str]:
    """The lines of a page that are shown as they are."""
    texts = (check.example, check.mended, check.conversions, check.clicks)
    return {f"  {line}" for text in texts for line in text.splitlines()}


@CheckOf
def test_the_example_triggers_the_check(tmp_path: Path, check: Check) -> None:
    own = [one for one in found(tmp_path, check.example, check.conversions, check.clicks) if one.check == check.code]
    assert own
    for finding in own:
        assert finding.slug == check.slug
        assert finding.place.file.endswith("program.yaml")
        json.dumps(dict(finding.facts), allow_nan=False)
        assert "\n" not in finding.message + finding.help
        assert not finding.message.endswith(".")
        assert not finding.help.endswith(".")


@CheckOf
def test_the_mended_program_is_silent(tmp_path: Path, check: Check) -> None:
    tables = (check.mended_conversions or check.conversions, check.clicks)
    assert [one.message for one in found(tmp_path, check.mended, *tables) if one.check == check.code] == []


@CheckOf
def test_what_the_mend_replaces_stands_in_the_example(check: Check) -> None:
    assert [old for old in check.mending if old not in check.example + check.conversions] == []
    assert bool(check.mending) is not bool(check.mended_example)


@CheckOf
def test_facts_are_those_of_the_page_or_of_one_that_it_names(tmp_path: Path, check: Check) -> None:
    own = [one for one in found(tmp_path, check.example, check.conversions, check.clicks) if one.check == check.code]
    named = [*re.findall("[A-Z][0-9]{3}", check.why), *(["F001"] if check.code in LOADING else [])]
    said = " ".join([check.why, *(BY_CODE[code].why for code in named)])
    assert {name for one in own for name in one.facts if name not in said} == set()


@CheckOf
def test_a_page_can_be_printed(check: Check) -> None:
    assert all(len(line) <= 100 for line in plain_page(check).splitlines() if line not in whole(check))
    assert "Why it matters\n  " in plain_page(check)
    for part in (check.example, check.mended, check.mend, check.summary):
        assert part.strip()
        assert "".join(part.split()) in "".join(plain_page(check).split())
    assert markdown_page(check).startswith(f"# {check.code} {check.slug}\n")
    assert not check.summary.endswith(".")


@CheckOf
def test_a_check_that_needs_data_shows_some(check: Check) -> None:
    assert bool(check.conversions or check.clicks) is (check.needs is not Needs.NOTHING)


def test_what_loading_refuses_cannot_be_silenced() -> None:
    assert {check.code for check in CHECKS if check.silenceable} & LOADING == set()


def test_codes_and_slugs_are_distinct_and_in_order() -> None:
    assert [name for name, number in Counter(check.code for check in CHECKS).items() if number > 1] == []
    assert [name for name, number in Counter(check.slug for check in CHECKS).items() if number > 1] == []
    assert all(re.fullmatch("[A-Z][0-9]{3}", check.code) for check in CHECKS)
    assert all(re.fullmatch("[a-z]+(-[a-z]+)*", check.slug) for check in CHECKS)
    families = [check.code[0] for check in CHECKS]
    assert list(dict.fromkeys(families)) == ["F", "O", "P", "L", "D", "R", "U", "A"]
    for family in set(families):
        codes = [check.code for check in CHECKS if check.code[0] == family]
        assert codes == sorted(codes)


def test_a_page_shows_the_tables_that_it_needs() -> None:
    check = next(check for check in CHECKS if check.mended_conversions)
    assert "Mended conversions\n" in plain_page(check)
    assert "with these conversions\n" in plain_page(check)
    assert "```csv\n" in markdown_page(check)
