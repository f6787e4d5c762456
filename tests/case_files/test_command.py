"""`attribution test` at the command line: what it prints, writes and leaves with."""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from attribution.engine import Engine
from tests.case_files.shop import HEAD, write
from tests.cli.terminal import PROGRAM, QUICKSTART, ROOT, TABLES, answer, prose, run

CASES = QUICKSTART / "cases.yaml"
PASSES = "  - {name: amy is paid, order: AMY, expect: amy}\n"
FAILS = "  - {name: bob is paid, order: AMY, expect: bob}\n"
RECORDED = ("--record", "net.yaml", "--program", PROGRAM, *TABLES)


@pytest.fixture
def cases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A case that passes and one that fails, in the current directory."""
    write(tmp_path, HEAD + PASSES + FAILS)
    monkeypatch.chdir(tmp_path)
    return Path("cases.yaml")


def test_every_case_of_the_sample_passes_and_nothing_is_left_uncovered() -> None:
    done = run("test", CASES, "--coverage", "--fail-under", "100")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("................\n\n16 cases: 16 passed\n\nCoverage of ")
    assert ": 100% of 25\n" in done.stdout


@pytest.mark.parametrize("path", sorted((ROOT / "samples").glob("*/cases.yaml")), ids=lambda path: path.parent.name)
def test_the_cases_of_every_sample_pass(path: Path) -> None:
    assert run("test", path).exit_code == 0


def test_a_failing_case_is_shown_with_its_difference_and_explained(cases: Path) -> None:
    done = run("test", cases)
    assert (done.exit_code, done.stderr) == (1, "")
    assert done.stdout == """\
.F

FAILED  cases.yaml:5  bob is paid
  partner_id: expected bob, got amy

    Conversion 1 of 2026-03-01 12:00:00 UTC, customer 1
    PROMO_CODE, RULE_ALWAYS: A promo code paid; its rule credits the partner whatever was clicked.

    Credited: partner amy, the whole conversion, by promo code 2.

    Promo codes: the order has 'AMY'.
      'AMY' matches promo code 2 (literal 'AMY') of partner amy. Rule ALWAYS is met: it needs no
        click.

    Click path: empty; the customer has no click in the 30d up to the conversion.

2 cases: 1 passed, 1 failed
"""


def test_every_case_may_be_named(cases: Path) -> None:
    done = run("test", cases, "-v")
    assert done.stdout.startswith("PASSED  cases.yaml:4  amy is paid\nFAILED  cases.yaml:5  bob is paid\n\nFAILED")


def test_many_cases_take_several_lines(tmp_path: Path) -> None:
    body = "".join(f"  - {{name: '{number}', expect: nobody}}\n" for number in range(150))
    lines = run("test", write(tmp_path, HEAD + body), columns=60).stdout.splitlines()
    assert lines[:4] == ["." * 60, "." * 60, "." * 30, ""]


def test_cases_are_selected_by_name(cases: Path) -> None:
    done = run("test", cases, "-k", "AMY")
    assert (done.exit_code, done.stdout) == (0, ".\n\n1 case: 1 passed, 1 not selected\n")


def test_a_program_of_the_command_line_takes_the_place_of_the_files(cases: Path) -> None:
    other = Path("other.yaml")
    other.write_text(Path("program.yaml").read_text().replace("partner_id: amy", "partner_id: bob"), encoding="utf-8")
    assert run("test", cases, "--program", other, "-k", "bob is paid").exit_code == 0


def test_settings_of_the_command_line_take_the_place_of_the_files() -> None:
    done = run("test", CASES, "--set", "lookback=40d", "-k", "older than 30 days")
    assert done.exit_code == 1
    assert "partner_id: expected nobody, got harbour (1299679)" in done.stdout


def test_too_little_coverage_is_a_finding(cases: Path) -> None:
    done = run("test", cases, "-k", "amy", "--fail-under", "90")
    assert done.exit_code == 1
    assert done.stderr == "coverage of program.yaml is 16.7%, less than 90%\n"
    assert "    not matched: promo code 1 ('SAVE10')\n" in done.stdout
    assert run("test", cases, "-k", "amy", "--fail-under", "16.6").exit_code == 0


def test_junit_is_written_also_where_a_case_fails(cases: Path) -> None:
    assert run("test", cases, "--junit", "junit.xml").exit_code == 1
    root = ElementTree.fromstring(Path("junit.xml").read_bytes())
    (suite,) = root
    assert (suite.get("name"), suite.get("tests"), suite.get("failures")) == ("cases.yaml", "2", "1")
    passed, failed = suite
    assert passed.attrib == {"name": "amy is paid", "classname": "cases.yaml", "file": "cases.yaml", "line": "4"}
    assert failed[0].attrib == {"message": "partner_id: expected bob, got amy", "type": "failed"}
    assert (failed[0].text or "").startswith("  partner_id: expected bob, got amy\n\n    Conversion 1 of 2026-03-01")


def test_junit_that_cannot_be_written_is_misuse(cases: Path) -> None:
    done = run("test", cases, "--junit", "nowhere/junit.xml")
    assert done.exit_code == 2
    assert done.stderr.startswith("error: nowhere/junit.xml: cannot be written")


def test_json_has_everything_that_is_printed(cases: Path) -> None:
    found = answer("test", cases, "--coverage", code=1)
    assert {name: found[name] for name in ("passed", "failed", "at_odds", "not_selected")} == {
        "passed": 1, "failed": 1, "at_odds": 0, "not_selected": 0,
    }  # fmt: skip
    passed, failed = found["cases"]
    place = {"name": "amy is paid", "file": "cases.yaml", "line": 4}
    assert passed == {**place, "status": "PASSED", "differences": [], "explanation": []}
    assert failed["differences"] == [
        {"conversion_id": None, "field": "partner_id", "expected": "bob", "got": "amy"}
    ]
    assert failed["explanation"][0].startswith("Conversion 1")
    (coverage,) = found["coverage"]
    assert coverage["program"] == ["program.yaml"]
    assert coverage["promo_codes"] == {"total": 4, "exercised": 1, "percent": 25.0, "missing": ["1", "3", "4"]}
    assert set(coverage) == {"program", "percent", "promo_codes", "met", "not_met", "reasons", "never_match"}


def test_json_has_no_coverage_that_nobody_asked_for(cases: Path) -> None:
    assert "coverage" not in answer("test", cases, code=1)


def test_evaluators_that_differ_are_our_fault(cases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    decide = Engine.decide
    monkeypatch.setattr(Engine, "decide", lambda *given: decide(*given)._replace(path_clicks=7))
    done = run("test", cases, "-k", "amy")
    assert done.exit_code == 3
    assert done.stdout == (
        "!\n\n"
        "AT ODDS  cases.yaml:4  amy is paid\n"
        "  the two evaluators differ; this is a fault of attribution and not of the case, please report it\n"
        "  credits row 1, path_clicks: tables say 0, the single order says 7\n\n"
        "1 case: 1 at odds, 1 not selected\n"
    )
    assert done.stderr.startswith("internal error: the two evaluators differ; this is a fault of attribution")


# The command line puts words of its own between the option and what we say of it: " ... ".
MISUSE: list[tuple[list[Any], str]] = [
    ([], "give files of cases, or record one with --record"),
    (["nowhere.yaml"], "error: 1 problem in nowhere.yaml nowhere.yaml: no such file"),
    (["cases.yaml", "-k", "carl"], "error: 'carl' is not in the name of any of the 2 cases"),
    (["program.yaml"], "program.yaml: is a program and no file of cases; a file of cases names it: program:"),
    ([""], "the path is empty"),
    (["cases.yaml", "--fail-under", "101"], "--fail-under"),
    (["cases.yaml", "--set", "lookback"], "'lookback' is not NAME=VALUE"),
    (["cases.yaml", "--conversions", "c.csv"], "--conversions ... is of no use without --record"),
    (["cases.yaml", "--clicks", "c.csv"], "--clicks ... is of no use without --record"),
    (["cases.yaml", "--id", "A"], "--id ... is of no use without --record"),
    (["cases.yaml", "--all"], "--all ... is of no use without --record"),
    (["cases.yaml", "--limit", "3"], "--limit ... is of no use without --record"),
    (["cases.yaml", "--force"], "--force ... is of no use without --record"),
    (["cases.yaml", *RECORDED], "CASES ... is of no use with --record"),
    ([*RECORDED, "-k", "x"], "-k ... is of no use with --record"),
    ([*RECORDED, "--junit", "x"], "--junit ... is of no use with --record"),
    ([*RECORDED, "--coverage"], "--coverage ... is of no use with --record"),
    ([*RECORDED, "--fail-under", "0"], "--fail-under ... is of no use with --record"),
    ([*RECORDED, "-v"], "--verbose ... is of no use with --record"),
    ([*RECORDED, "--all", "--limit", "3"], "--all ... give one of --all and --limit"),
    ([*RECORDED, "--limit", "0"], "--limit"),
    (["--record", "net.yaml", *TABLES], "--program ... --record needs the program's files"),
    (["--record", "net.yaml", "--program", PROGRAM], "--conversions ... --record needs conversions"),
    ([*RECORDED, "--id", "A-9999"], "error: there is no conversion 'A-9999' among 16"),
    (["--record", "cases.yaml", "--program", PROGRAM, *TABLES], "error: cases.yaml: is there and was not recorded"),
]


@pytest.mark.parametrize(("arguments", "message"), MISUSE, ids=[message[:60] for _, message in MISUSE])
def test_misuse_is_one_message_and_nothing_is_written(cases: Path, arguments: list[Any], message: str) -> None:
    before = cases.read_bytes()
    done = run("test", *arguments)
    assert done.exit_code == 2
    assert done.stdout == ""
    said = prose(done.stderr)
    assert [part for part in message.split(" ... ") if part not in said] == []
    assert cases.read_bytes() == before
    assert not Path("net.yaml").exists()


def test_a_recording_says_what_it_shows(cases: Path) -> None:
    done = run("test", *RECORDED)
    assert done.exit_code == 0
    assert prose(done.stdout) == (
        "11 cases recorded; they show 16 of the 16 reasons, and rules met and not met, that occur."
    )
    assert done.stderr == "written: net.yaml\n"
    again = run("test", "net.yaml")
    assert (again.exit_code, again.stdout) == (0, f"{'.' * 11}\n\n11 cases: 11 passed\n")
    assert cases.exists()


@pytest.mark.usefixtures("cases")
def test_a_recording_may_be_limited_or_whole_or_of_some(tmp_path: Path) -> None:
    assert answer("test", *RECORDED, "--limit", "3") == {
        "path": "net.yaml", "cases": 3, "things": 16, "shown": 6, "rejected": 0,
    }  # fmt: skip
    assert answer("test", *RECORDED, "--all")["cases"] == 16
    assert answer("test", *RECORDED, "--id", "A-1004", "--id", "A-1001")["cases"] == 2
    assert "order A-1004" in (tmp_path / "net.yaml").read_text(encoding="utf-8")


@pytest.mark.usefixtures("cases")
def test_a_changed_recording_is_replaced_by_force_only() -> None:
    net = Path("net.yaml")
    run("test", *RECORDED)
    net.write_text(net.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    refused = run("test", *RECORDED)
    assert (refused.exit_code, "was changed since it was recorded" in refused.stderr) == (2, True)
    assert run("test", *RECORDED, "--force").exit_code == 0
    assert "# mine" not in net.read_text(encoding="utf-8")


@pytest.mark.usefixtures("cases")
def test_bad_rows_are_left_out_of_a_recording_with_a_remark() -> None:
    text = (QUICKSTART / "conversions.csv").read_text(encoding="utf-8")
    Path("orders.csv").write_text(text + "A-1017,soon,,,,\n", encoding="utf-8")
    done = run("test", "--record", "net.yaml", "--program", PROGRAM, "--conversions", "orders.csv")
    assert done.exit_code == 0
    assert "1 bad row left out\n" in done.stderr


def test_json_alone_goes_to_stdout(cases: Path) -> None:
    assert json.loads(run("test", cases, "--json", "-v").stdout)["failed"] == 1
