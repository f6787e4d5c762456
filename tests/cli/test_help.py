"""`attribution help`: every topic has its page, plain where it is piped and rendered on a terminal."""

import os
import pty
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from attribution.validation.checks import BY_CODE, CHECKS
from attribution.validation.formats.pages import markdown_page
from tests.cli.terminal import ROOT, run
from tests.manual.generated import COMMANDS
from tests.manual.pages import PAGES, page

ESCAPE = "\x1b"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_printed_as_it_is_written(name: str) -> None:
    done = run("help", name)
    assert (done.exit_code, done.stdout, done.stderr) == (0, page(name), "")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_a_topic(command: str) -> None:
    assert run("help", command).stdout.startswith(f"# attribution {command}\n")


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_a_check_is_a_topic_by_code_and_by_slug(check: object) -> None:
    code, slug = check.code, check.slug  # type: ignore[attr-defined]
    assert run("help", code).stdout == run("help", slug).stdout == markdown_page(BY_CODE[code])


@pytest.mark.parametrize(
    "topic",
    [
        pytest.param("SETTINGS", id="capitals"),
        pytest.param("settings.md", id="the name of its file"),
        pytest.param(" settings ", id="white space around it"),
    ],
)
def test_a_topic_may_be_written_otherwise(topic: str) -> None:
    assert run("help", topic).stdout == page("settings")


def test_without_a_topic_all_topics_are_listed_one_a_line() -> None:
    lines = run("help").stdout.splitlines()
    for name in set(PAGES) - {"index"}:
        assert len([line for line in lines if line.startswith(f"- [{name}](")]) == 1, name
    for check in CHECKS:
        assert len([line for line in lines if line.startswith(f"| `{check.code}` `{check.slug}` |")]) == 1, check.code


@pytest.mark.parametrize(
    ("topic", "nearest"),
    [
        pytest.param("setings", "settings", id="a page"),
        pytest.param("credits", "credit", id="a command"),
        pytest.param("never-match", "never-matches", id="a check by its slug"),
        pytest.param("l0004", "l004", id="a check by its code"),
    ],
)
def test_an_unknown_topic_is_misuse_and_the_nearest_is_named(topic: str, nearest: str) -> None:
    done = run("help", topic)
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"{topic!r} is unknown; did you mean {nearest!r}?" in done.stderr


@pytest.mark.parametrize("topic", [pytest.param("qqqqqqqq", id="like no topic"), pytest.param("", id="empty")])
def test_a_topic_like_no_other_leads_to_the_list(topic: str) -> None:
    done = run("help", topic)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "`attribution help` lists all topics" in done.stderr


def test_a_page_opens_without_the_heavy_libraries() -> None:
    program = (
        "import sys\n"
        "from attribution.cli import app\n"
        "app(['help', 'settings'], standalone_mode=False)\n"
        "app(['help'], standalone_mode=False)\n"
        "print(*{'polars', 'numpy', 'regex', 'yaml', 'rich'} & set(sys.modules) or ['nothing'])"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "nothing"


def on_a_terminal(*arguments: str, **environment: str) -> str:
    """What a command prints where stdout is a terminal of 80 columns."""
    reading, writing = pty.openpty()
    settings = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80", **environment}
    command = [sys.executable, "-m", "attribution", *arguments]
    process = subprocess.Popen(command, cwd=ROOT, stdin=writing, stdout=writing, stderr=writing, env=settings)
    os.close(writing)
    said = bytearray()
    with suppress(OSError):  # the end of a terminal is an error on Linux, and an empty text elsewhere
        while part := os.read(reading, 4096):
            said += part
    os.close(reading)
    assert process.wait() == 0
    return said.decode()


def test_a_page_is_rendered_on_a_terminal() -> None:
    said = on_a_terminal("help", "explain")
    assert ESCAPE in said
    assert "```" not in said
    assert "](" not in said


def test_a_link_on_a_terminal_names_the_topic_that_it_leads_to() -> None:
    said = on_a_terminal("help", "help", NO_COLOR="1")
    linked = on_a_terminal("help", "match", NO_COLOR="1")
    assert ".md" not in linked
    assert "attribution help command-line" in " ".join(plain(linked).split())
    assert "L004" in said


def plain(text: str) -> str:
    """Text without the codes of a terminal."""
    parts = text.split(f"{ESCAPE}[")
    return parts[0] + "".join(part.split("m", 1)[1] for part in parts[1:])


def test_the_pages_are_those_of_the_package(tmp_path: Path) -> None:
    """The command finds them also where there is no clone around."""
    command = [sys.executable, "-m", "attribution", "help", "settings"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == page("settings")
