"""`attribution validate` at the terminal: formats, exit codes, choices, misuse."""

import json
import os
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from attribution.cli import app
from attribution.validation.checks import CHECKS
from tests.cli.terminal import PROGRAM, TABLES, prose, run, small_program, written

AS_OF = ("--as-of", "2026-07-01")
ERROR: dict[str, Any] = {"id": "2", "code": "SAVE", "partner_id": "other"}
WARNING: dict[str, Any] = {"code": "SAVE", "state": "INACTIVE"}
INFO: dict[str, Any] = {"code": "^SAVE$", "match_mode": "RE"}


def found(*arguments: str | Path, code: int = 1) -> list[dict[str, Any]]:
    """The findings in JSON."""
    done = run("validate", *arguments, *AS_OF, "--format", "json")
    assert (done.exit_code, done.stderr) == (code, "")
    findings: list[dict[str, Any]] = json.loads(done.stdout)["findings"]
    return findings


def test_a_clean_program_is_said_to_be_clean(tmp_path: Path) -> None:
    path = small_program(tmp_path)
    done = run("validate", path, *AS_OF)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith(f"no findings in {path.as_posix()} (1 promo code, ")


def test_findings_go_to_stdout_and_the_hint_to_stderr(tmp_path: Path) -> None:
    path = small_program(tmp_path, {}, ERROR)
    done = run("validate", path, *AS_OF)
    assert done.exit_code == 1
    first, excerpt, carets, help, *_, last = done.stdout.splitlines()
    assert first.startswith(f"{path.as_posix()}:1:")
    assert first.endswith("[O001 overlap]")
    assert excerpt.startswith("    1 | ")
    assert set(carets) <= set(" |^")
    assert help.startswith("  help: ")
    assert last.startswith("1 error in ")
    assert done.stderr == "`attribution validate --explain O001` says more of a check\n"


@pytest.mark.parametrize(
    ("promo_codes", "failing"),
    [
        pytest.param([{}], [], id="no finding"),
        pytest.param([INFO], ["info"], id="an info"),
        pytest.param([WARNING], ["info", "warning", None], id="a warning"),
        pytest.param([{}, ERROR], ["info", "warning", "error", None], id="an error"),
    ],
)
@pytest.mark.parametrize("fail_on", ["info", "warning", "error", None])
def test_it_fails_on_what_is_as_bad_as_told_by_default_a_warning(
    tmp_path: Path, promo_codes: list[dict[str, Any]], failing: list[str | None], fail_on: str | None
) -> None:
    path = small_program(tmp_path, *promo_codes)
    done = run("validate", path, *AS_OF, *(("--fail-on", fail_on) if fail_on else ()))
    assert done.exit_code == (fail_on in failing), done.output


@pytest.mark.parametrize("format", ["github", "sarif", "junit"])
def test_other_forms_go_to_stdout_and_the_summary_to_stderr(tmp_path: Path, format: str) -> None:
    done = run("validate", small_program(tmp_path, {}, ERROR), *AS_OF, "--format", format)
    assert done.exit_code == 1
    assert done.stderr.startswith("1 error in ")
    match format:
        case "github":
            assert done.stdout.startswith("::error file=")
        case "sarif":
            assert json.loads(done.stdout)["version"] == "2.1.0"
        case "junit":
            assert ElementTree.fromstring(done.stdout).get("failures") == "1"


def test_checks_are_chosen_by_lists_of_names(tmp_path: Path) -> None:
    path = small_program(tmp_path, WARNING, {**ERROR, **WARNING, "id": "2"}, {**INFO, "id": "3"})
    assert {one["check"] for one in found(path, "--select", "D,no-operators")} == {"D003", "P007"}
    assert {one["check"] for one in found(path, "--select", "D", "--select", "P007")} == {"D003", "P007"}
    assert "D003" not in {one["check"] for one in found(path, "--ignore", "D,L", code=0)}


def test_of_many_findings_of_a_check_as_many_as_told_are_shown(tmp_path: Path) -> None:
    path = small_program(tmp_path, *({**WARNING, "id": str(n), "code": f"SAVE-{n}"} for n in range(30)))
    shown = {limit: run("validate", path, *AS_OF, "--limit", limit).stdout for limit in ("0", "3")}
    assert [shown["0"].count("D003"), shown["3"].count("D003")] == [30, 4]
    assert "27 more of D003 state-without-date not shown" in shown["3"]
    assert run("validate", path, *AS_OF).stdout.count("  help: ") == 20


def test_a_partners_own_export_needs_its_partner(tmp_path: Path) -> None:
    path = small_program(tmp_path, {"partner_id": None}, {"partner_id": None, "id": "2", "code": "OTHER"})
    assert [one["check"] for one in found(path)] == ["F003"]
    assert found(path, "--partner-id", "7", code=0) == []


def test_settings_are_overridden(tmp_path: Path) -> None:
    path = small_program(tmp_path, {}, {**ERROR, "code": "save"})
    assert "O001" not in {one["check"] for one in found(path)}
    assert "O001" in {one["check"] for one in found(path, "--preset", "impact.com")}
    assert "O001" in {one["check"] for one in found(path, "--set", "literal_case=insensitive")}


def test_with_data_more_checks_run() -> None:
    ran = {
        key: json.loads(run("validate", PROGRAM, *AS_OF, *tables, "--format", "json").stdout)["summary"]["checks"]
        for key, tables in (("neither", ()), ("both", TABLES), ("clicks", TABLES[2:]))
    }
    assert ran["both"] == [check.code for check in CHECKS]
    assert [code for code in ran["neither"] if code[0] == "U"] == []
    assert [code for code in ran["clicks"] if code[0] == "U"] == ["U003"]


def test_columns_are_named_by_a_map(tmp_path: Path) -> None:
    table = written(tmp_path, "orders.csv", "conversion_id,event_time,Gutschein\na,2026-06-01,SAVE\n")
    path = small_program(tmp_path)
    arguments = (path, "--conversions", table, "--select", "U001,U005")
    assert [one["check"] for one in found(*arguments, code=0)] == ["U001"]
    assert found(*arguments, "--map", "promo_code=Gutschein", code=0) == []


def test_a_page_is_printed_without_a_program() -> None:
    done = run("validate", "--explain", "O001")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("O001 overlap (error, can be silenced)\n")
    assert run("validate", "--explain", "overlap").stdout == done.stdout
    family = run("validate", "--explain", "f").stdout
    assert [line.split()[0] for line in family.splitlines() if line.startswith("F0")] == ["F001", "F002", "F003"]


def coloured(tmp_path: Path, **environment: str) -> str:
    path = small_program(tmp_path, {}, ERROR)
    plain = {**dict.fromkeys(("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TERM")), "COLUMNS": "80"}
    return CliRunner().invoke(app, ["validate", str(path), *AS_OF], env={**plain, **environment}, color=True).stdout


def test_colours_are_for_terminals_that_want_them(tmp_path: Path) -> None:
    plain = coloured(tmp_path)
    bright = coloured(tmp_path, FORCE_COLOR="1", TERM="xterm-256color")
    none = coloured(tmp_path, FORCE_COLOR="1", TERM="xterm-256color", NO_COLOR="1")
    assert "\x1b" not in plain
    assert "\x1b[1;31merror: " in bright
    assert "\x1b[1;31merror: " not in none
    assert [len(text.splitlines()) for text in (bright, none)] == [len(plain.splitlines())] * 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param([], "missing; give the files of a program", id="no program"),
        pytest.param([""], "the path is empty", id="an empty path"),
        pytest.param(["absent.json"], "no such file: absent.json", id="no such file"),
        pytest.param(
            [PROGRAM, "--select", "overlapp"], "'overlapp' is no check; did you mean 'overlap'", id="no check"
        ),
        pytest.param([PROGRAM, "--ignore", "F001"], "'F001' cannot be ignored", id="what cannot be ignored"),
        pytest.param([PROGRAM, "--select", "U"], "'U' looks at conversions and clicks", id="without data"),
        pytest.param([PROGRAM, "--as-of", "soon"], "as_of: 'soon' cannot be read as a time", id="no time"),
        pytest.param([PROGRAM, "--explain", "O9"], "'O9' is no check", id="no page"),
        pytest.param([PROGRAM, "--format", "xml"], "--format", id="no format"),
        pytest.param([PROGRAM, "--fail-on", "never"], "--fail-on", id="no severity"),
        pytest.param([PROGRAM, "--limit", "-1"], "--limit", id="a limit below zero"),
        pytest.param([PROGRAM, "--preset", "impact"], "'impact' is not one of impact.com", id="no preset"),
        pytest.param([PROGRAM, "--map", "amount=A"], "is of no use without --conversions", id="a map of nothing"),
        pytest.param([PROGRAM, "--map", "clicks.partner_id=A"], "is of no use without --clicks", id="of no clicks"),
        pytest.param([PROGRAM, "--map", "x=y"], "is of no use without --conversions or --clicks", id="of no column"),
        pytest.param([PROGRAM, "--conversions", "no.csv"], "no.csv: no such file or directory", id="no table"),
        pytest.param([PROGRAM, "--conversions", TABLES[3]], "no conversion_id", id="a wrong table"),
    ],
)
def test_misuse_is_told_from_findings(arguments: list[str], message: str) -> None:
    done = run("validate", *arguments, columns=300)
    assert (done.exit_code, done.stdout) == (2, "")
    assert message in prose(done.stderr)


def test_a_broken_file_is_a_finding(tmp_path: Path) -> None:
    path = written(tmp_path, "program.json", "[\n1,]")
    done = run("validate", path)
    assert done.exit_code == 1
    assert f"{path}:2:3: error: the file is not JSON" in done.stdout


def test_paths_are_shown_as_they_were_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_program(tmp_path, {}, ERROR)
    monkeypatch.chdir(tmp_path)
    assert found("program.json")[0]["place"]["file"] == "program.json"
    assert found(os.path.join("..", tmp_path.name, "program.json"))[0]["place"]["file"].startswith("../")


@pytest.mark.parametrize("format", ["json", "sarif", "github", "junit"])
def test_what_programs_read_is_utf_8_whatever_the_terminal_has(tmp_path: Path, format: str) -> None:
    path = small_program(tmp_path, {"code": "GR\u00dcN"})
    arguments = [str(path), "--format", format, *AS_OF, "--fail-on", "info"]
    done = CliRunner(charset="latin-1").invoke(app, ["validate", *arguments])
    assert (done.exit_code, "GR\u00dcN" in done.stdout_bytes.decode("utf-8")) == (1, True)
