"""The generated parts of the manual are those of the code and of the results."""

import pytest

from attribution.validation.checks import CHECKS
from tests.manual.generated import COMMANDS, FAMILIES, PARTS, checks, commands, markers, with_parts
from tests.manual.pages import PAGES, page


@pytest.mark.parametrize("name", PARTS)
def test_a_generated_part_is_as_it_would_be_generated_now(name: str) -> None:
    """To write them anew: `python -m tests.manual.generated`."""
    parts = PARTS[name]()
    assert page(name) == with_parts(page(name), parts)
    assert markers(page(name)) == list(parts)


def test_only_generated_parts_have_markers() -> None:
    assert {name for name in PAGES if markers(page(name))} == set(PARTS)


def test_every_check_is_in_its_table() -> None:
    table = checks()
    assert [check.code for check in CHECKS if f"`{check.code}` `{check.slug}`" not in table] == []
    assert table.count("**") == 2 * len(FAMILIES)


def test_every_command_is_in_its_list() -> None:
    assert [name for name in COMMANDS if f"[{name}]({name}.md)" not in commands()] == []
