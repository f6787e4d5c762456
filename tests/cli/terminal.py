"""Runs the command line in this process, and small files to run it on."""

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from attribution.cli import app

ROOT = Path(__file__).parents[2]
QUICKSTART = ROOT / "samples" / "quickstart"
PROGRAM = str(QUICKSTART / "program.json")
TABLES = ("--conversions", str(QUICKSTART / "conversions.csv"), "--clicks", str(QUICKSTART / "clicks.csv"))


def run(*arguments: str | Path, columns: int = 100) -> Result:
    """What a command says and leaves with."""
    environment = {"COLUMNS": str(columns), "FORCE_COLOR": None, "TTY_COMPATIBLE": None, "TTY_INTERACTIVE": None}
    return CliRunner().invoke(app, [str(one) for one in arguments], env=environment)


def prose(text: str) -> str:
    """Text without its line breaks and indents."""
    return " ".join(text.split())


def answer(*arguments: str | Path, code: int = 0) -> Any:
    """What a command says with `--json`."""
    done = run(*arguments, "--json")
    assert (done.exit_code, done.stderr) == (code, "")
    return json.loads(done.stdout)


def small_program(directory: Path, *promo_codes: dict[str, Any], **settings: Any) -> Path:
    """A program file; promo codes are a literal `SAVE`, always credited to `owner`, unless they say otherwise."""
    plain = {"id": "1", "code": "SAVE", "match_mode": "LI", "credit_rule": "ALWAYS", "partner_id": "owner"}
    codes = [{**plain, **code} for code in promo_codes or [{}]]
    path = directory / "program.json"
    path.write_text(json.dumps({"settings": settings, "promo_codes": codes}), encoding="utf-8")
    return path


def written(directory: Path, name: str, text: str) -> Path:
    """A file."""
    path = directory / name
    path.write_text(text, encoding="utf-8")
    return path
