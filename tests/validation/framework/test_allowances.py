"""Allowances silence a finding until they end, and are findings themselves when they have or do nothing."""

from pathlib import Path
from typing import Any

import pytest

from attribution import Finding, Program, validate
from attribution.validation.check import Needs
from attribution.validation.validate import Review, review
from tests.program.pages import code
from tests.validation.framework.stand_ins import AS_OF, check, file, notice, use

NOTHING: dict[str, Any] = {}


@pytest.fixture(autouse=True)
def _checks(monkeypatch: pytest.MonkeyPatch) -> None:
    use(
        monkeypatch,
        check("X001", [notice(0), notice(1, 0), notice(0, 2)], slug="odd"),
        check("X002", [notice(2)], silenceable=False, slug="grave"),
        check("Z001", [notice(0)], needs=Needs.CONVERSIONS, slug="of-data"),
    )


def allowed(**changes: Any) -> dict[str, Any]:
    return {"check": "odd", "promo_code": "1", "until": "2026-12-31", "reason": "agreed", **changes}


def program(*allow: dict[str, Any], **settings: Any) -> Program:
    codes = [code(id=str(number), code=f"C{number}") for number in (1, 2, 3)]
    return Program.model_validate({"promo_codes": codes, "allow": list(allow), "settings": settings})


def looked(*allow: dict[str, Any], as_of: str = AS_OF, **arguments: Any) -> Review:
    return review(program(*allow), as_of=as_of, **arguments)


def said(found: Review) -> list[tuple[str, str]]:
    return [(finding.check, finding.promo_codes[0]) for finding in found.findings]


ALL = [("X001", "1"), ("X001", "1"), ("X001", "2"), ("X002", "3")]


def test_without_allowances_all_is_reported() -> None:
    assert sorted(said(looked())) == ALL


@pytest.mark.parametrize("name", ["odd", "X001"])
def test_an_allowance_silences_its_check_for_the_promo_code_that_a_finding_is_about(name: str) -> None:
    found = looked(allowed(check=name))
    assert said(found) == [("X001", "2"), ("X002", "3")]
    assert [(one.finding.promo_codes, one.reason) for one in found.allowed] == [
        (("1",), "agreed"),
        (("1", "3"), "agreed"),
    ]
    assert str(found.allowed[0].until) == "2026-12-31 23:59:59.999999+00:00"


@pytest.mark.parametrize(
    ("as_of", "silenced"),
    [
        pytest.param("2026-12-31T23:59:59.999999Z", True, id="its last microsecond"),
        pytest.param("2027-01-01", False, id="the day after"),
    ],
)
def test_the_last_day_belongs_to_an_allowance(as_of: str, silenced: bool) -> None:
    checks = [one for one, _ in said(looked(allowed(), as_of=as_of))]
    assert (checks.count("X001"), checks.count("A001")) == ((1, 0) if silenced else (3, 1))


def test_its_day_is_one_of_the_programs_time_zone() -> None:
    eastern = program(allowed(), timezone="America/New_York")
    assert "A001" not in [one.check for one in validate(eastern, as_of="2027-01-01T04:59:59Z")]
    assert "A001" in [one.check for one in validate(eastern, as_of="2027-01-01T05:00:00Z")]


def only(code: str, found: Review) -> Finding:
    (finding,) = (one for one in found.findings if one.check == code)
    return finding


def test_one_that_has_ended_says_that_the_finding_is_back() -> None:
    finding = only("A001", looked(allowed(until="2026-06-30")))
    assert finding.message == (
        "the allowance of X001 odd for promo code '1' ended on 2026-06-30 23:59 UTC, and what it silenced is reported "
        "again"
    )
    assert finding.facts == {"allowed": "X001", "until": "2026-06-30T23:59:59.999999Z"}
    assert (finding.severity, finding.promo_codes, finding.place.position) == ("warning", ("1",), "allow[0]")


def test_one_that_has_ended_without_need_is_to_be_removed() -> None:
    finding = only("A001", looked(allowed(until="2026-06-30", promo_code="3")))
    assert finding.message.endswith("and it silences nothing any more")
    assert finding.help == "remove the allowance"


def test_a_later_allowance_goes_on_where_an_earlier_ended() -> None:
    found = looked(allowed(until="2026-06-30"), allowed())
    assert sorted(said(found)) == [("A001", "1"), ("X001", "2"), ("X002", "3")]


def test_of_several_in_force_the_longest_is_told() -> None:
    found = looked(allowed(until="2026-08-31", reason="short"), allowed(reason="long"), allowed(until="2026-09-30"))
    assert {(str(one.until)[:10], one.reason) for one in found.allowed} == {("2026-12-31", "long")}


def test_one_that_silences_nothing_is_reported() -> None:
    finding = only("A002", looked(allowed(promo_code="3")))
    assert finding.message == "the allowance of X001 odd for promo code '3' silences nothing"


def test_one_for_another_promo_code_of_a_finding_is_told_which_it_is_about() -> None:
    first = "remove the allowance, or let it name promo code '1', which the finding is about"
    assert only("A002", looked(allowed(promo_code="3"))).help == first
    assert only("A002", looked(allowed(promo_code="3"), allowed())).help == "remove the allowance"


@pytest.mark.parametrize(
    ("allowance", "arguments"),
    [
        pytest.param(allowed(), {"select": ["X002"]}, id="not selected"),
        pytest.param(allowed(), {"ignore": ["X001"]}, id="ignored"),
        pytest.param(allowed(check="of-data"), {}, id="without its data"),
    ],
)
def test_of_a_check_that_did_not_run_nothing_is_said(allowance: dict[str, Any], arguments: dict[str, Any]) -> None:
    assert {one for one, _ in said(looked(allowance, **arguments))} & {"A001", "A002", "A003"} == set()


@pytest.mark.parametrize(
    ("wrong", "message", "help"),
    [
        pytest.param(allowed(check="od"), "'od' is no check", "did you mean 'odd'?", id="no check"),
        pytest.param(allowed(promo_code="9"), "there is no promo code '9'", "correct or remove", id="no promo code"),
        pytest.param(
            allowed(check="grave", promo_code="3"), "X002 grave cannot be silenced", "mend", id="a grave check"
        ),
        pytest.param(allowed(check="F001"), "F001 invalid-field cannot be silenced", "mend", id="a wrong file"),
        pytest.param(allowed(check="A001"), "A001 allowance-expired cannot be silenced", "mend", id="an allowance"),
    ],
)
def test_one_that_can_silence_nothing_is_reported(wrong: dict[str, Any], message: str, help: str) -> None:
    found = looked(wrong)
    assert only("A003", found).message == f"the allowance is void: {message}"
    assert help in only("A003", found).help
    assert [one for one in sorted(said(found)) if one[0] != "A003"] == ALL


def test_checks_of_allowances_can_be_ignored() -> None:
    assert "A002" not in [one for one, _ in said(looked(allowed(promo_code="3"), ignore=["A"]))]


def test_an_allowance_of_a_promo_code_with_problems_is_not_judged(tmp_path: Path) -> None:
    wrong = {**code(id="3", credit_rule="NEVER")}
    right = [code(id="1"), code(id="2"), code(id="4")]
    allow = [allowed(promo_code="3"), allowed(promo_code="3", until="2026-01-01")]
    path = file(tmp_path, "p.json", {"promo_codes": [*right, wrong], "allow": allow})
    assert {one.check for one in validate(path, as_of=AS_OF)} == {"F001", "X001", "X002", "A001"}


def test_an_allowance_is_placed_in_its_file(tmp_path: Path) -> None:
    codes = file(tmp_path, "codes.json", [code(id=str(number)) for number in (1, 2, 3)])
    text = (
        "allow:\n- {check: x, until: 2026-01-01}\n- check: odd\n  promo_code: 3\n  until: 2026-12-31\n  reason: none\n"
    )
    allow = file(tmp_path, "allow.yaml", text)
    found = review([codes, allow], as_of=AS_OF)
    place = only("A002", found).place
    assert (place.file, place.position, place.field) == (allow.as_posix(), "allow[1]", "check")
    assert (place.line, place.column, place.text) == (3, 10, "- check: odd")
    broken = [one.place for one in found.findings if one.check == "F001"]
    assert [(one.file, one.line) for one in broken] == [(allow.as_posix(), 2)] * 2


@pytest.mark.parametrize(("allowances", "near"), [(2, "did you mean 'AMY-1'?"), (3, "correct or remove the allowance")])
def test_the_nearest_promo_code_is_looked_for_where_that_takes_no_time(
    monkeypatch: pytest.MonkeyPatch, allowances: int, near: str
) -> None:
    monkeypatch.setattr("attribution.validation.allowances._FEW", 4)
    codes = [code(id=name, code=name) for name in ("AMY-1", "BOB-1")]
    allow = [allowed(promo_code=f"AMY-1{number}") for number in range(allowances)]
    found = review(Program.model_validate({"promo_codes": codes, "allow": allow}), select="A003")
    assert {finding.help for finding in found.findings} == {near}
