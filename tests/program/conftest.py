"""Files of a program, written by the test that reads them."""

from pathlib import Path

import pytest

from tests.program.pages import Write, write


@pytest.fixture
def file(tmp_path: Path) -> Write:
    """Write a file of this name and content, and give its path."""
    return lambda name, content: write(tmp_path / name, content)
