"""The command line as a process: how it starts, how it is interrupted, what it says when the fault is ours."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from attribution import Engine
from tests.cli.terminal import PROGRAM, ROOT, TABLES, run
from tests.manual.generated import COMMANDS

COMMAND = [sys.executable, "-m", "attribution"]


def test_help_loads_nothing_heavy_and_is_quick() -> None:
    program = (
        "import sys, time; started = time.perf_counter()\n"
        "from attribution.cli import app\n"
        "app(['credit', '--help'], standalone_mode=False)\n"
        "heavy = {'polars', 'numpy', 'regex', 'yaml', 'rich.console'} & set(sys.modules)\n"  # typer has pydantic
        "print('took', time.process_time(), heavy or 'nothing heavy')"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    _, took, *loaded = done.stdout.splitlines()[-1].split()
    assert loaded == ["nothing", "heavy"]
    assert float(took) < 1.0  # measured 0.2 s; the bound is for machines under load


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_an_example(command: str) -> None:
    assert f"Example:\n    attribution {command} " in run(command, "--help").stdout


def test_the_version_is_that_of_the_project() -> None:
    said = run("--version").stdout.strip()
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert said == "attribution (not installed)" or f'version = "{said.removeprefix("attribution ")}"' in project


def test_an_unexpected_error_is_our_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Engine, "credit", lambda *_, **__: 1 // 0)
    arguments = ("credit", PROGRAM, *TABLES, "--output", tmp_path / "out")
    done = run(*arguments)
    assert (done.exit_code, done.stdout) == (3, "")
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("internal error: ZeroDivisionError: ")
    assert "please report it" in done.stderr
    assert not (tmp_path / "out").exists()
    assert "Traceback" in run("--debug", *arguments).stderr
    monkeypatch.setenv("ATTRIBUTION_DEBUG", "1")
    assert "Traceback" in run(*arguments).stderr


def test_an_interrupt_leaves_quietly_with_130(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Engine, "credit", interrupted)
    done = run("credit", PROGRAM, *TABLES, "--output", tmp_path / "out")
    assert (done.exit_code, done.stdout, done.stderr) == (130, "", "")
    assert not (tmp_path / "out").exists()


def test_a_process_is_interrupted_while_it_reads(tmp_path: Path) -> None:
    pipe = tmp_path / "program.json"
    os.mkfifo(pipe)
    arguments = ["match", str(pipe), "SAVE"]
    process = subprocess.Popen([*COMMAND, *arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    opened = None
    while opened is None:
        with suppress(OSError):  # it cannot be opened for writing before it is for reading
            opened = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    os.close(opened)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, b"", b"")


def test_a_reader_who_has_seen_enough_ends_it_quietly(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    arguments = ["credit", PROGRAM, *TABLES, "--output", str(tmp_path)]
    done = subprocess.run([*COMMAND, *arguments], cwd=ROOT, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert done.returncode == -signal.SIGPIPE
    assert done.stderr == b""
    assert (tmp_path / "credits.parquet").exists()
