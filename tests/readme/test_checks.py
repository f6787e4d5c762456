"""The manual's table of checks is that of the code."""

from attribution.validation.checks import CHECKS
from tests.readme.blocks import README, section
from tests.readme.checks import FAMILIES, START, table, with_table


def test_the_table_of_checks_is_that_of_the_code() -> None:
    """To write it anew: `python -m tests.readme.checks`."""
    assert with_table(README) == README
    assert README.count(START) == 1


def test_every_check_is_in_the_section_of_validate() -> None:
    said = section("### attribution validate")
    assert [check.code for check in CHECKS if f"`{check.code}` `{check.slug}`" not in said] == []
    assert table().count("**") == 2 * len(FAMILIES)
