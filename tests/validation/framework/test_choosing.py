"""Which checks run, as of when, and in which order their findings come."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from attribution import Program, validate
from attribution.errors import ArgumentError, AttributionError
from attribution.validation.check import Needs
from attribution.validation.subject import Subject
from attribution.validation.validate import review
from tests.program.pages import code
from tests.validation.framework.stand_ins import check, file, notice, use

PROGRAM = Program.model_validate([code(id="1"), code(id="2"), code(id="3")])


@pytest.fixture(autouse=True)
def _checks(monkeypatch: pytest.MonkeyPatch) -> None:
    use(
        monkeypatch,
        check("X001", [notice(0)], slug="first-of-x"),
        check("X002", [notice(1)], slug="second-of-x"),
        check("Y001", [notice(2)], slug="other"),
    )


def ran(**arguments: Any) -> list[str]:
    return [finding.check for finding in validate(PROGRAM, **arguments)]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        pytest.param({}, ["X001", "X002", "Y001"], id="all"),
        pytest.param({"select": ["X001"]}, ["X001"], id="a code"),
        pytest.param({"select": ["other"]}, ["Y001"], id="a slug"),
        pytest.param({"select": ["X"]}, ["X001", "X002"], id="a family"),
        pytest.param({"select": ["x00"]}, ["X001", "X002"], id="small letters"),
        pytest.param({"select": ["Y", "X002"]}, ["X002", "Y001"], id="several"),
        pytest.param({"ignore": ["X"]}, ["Y001"], id="without a family"),
        pytest.param({"select": ["X"], "ignore": ["second-of-x"]}, ["X001"], id="a family without one"),
    ],
)
def test_checks_are_chosen_by_code_slug_or_beginning(arguments: dict[str, Any], expected: list[str]) -> None:
    assert ran(**arguments) == expected


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param({"select": ["second-off-x"]}, "is no check; did you mean 'second-of-x'", id="a slug misspelt"),
        pytest.param({"ignore": ["X003"]}, "did you mean 'X00", id="a code beyond"),
        pytest.param({"select": ["Q"]}, "codes that begin with A, F, P, X, Y", id="no family"),
        pytest.param({"select": [""]}, "'' is no check", id="nothing"),
        pytest.param({"select": ["X"], "ignore": ["X"]}, "no check is left", id="nothing left"),
        pytest.param({"ignore": ["F002"]}, "'F002' cannot be ignored", id="what cannot be ignored"),
    ],
)
def test_a_choice_that_makes_no_sense_is_refused(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ArgumentError, match=message) as failure:
        ran(**arguments)
    assert isinstance(failure.value, AttributionError)
    assert isinstance(failure.value, ValueError)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2026-06-01", "2026-06-01 04:00:00+00:00"),
        ("2026-06-01T12:00Z", "2026-06-01 12:00:00+00:00"),
        (datetime(2026, 6, 1, 12), "2026-06-01 16:00:00+00:00"),
        (datetime(2026, 6, 1, 12, tzinfo=UTC), "2026-06-01 12:00:00+00:00"),
        (date(2026, 6, 1), "2026-06-01 04:00:00+00:00"),
    ],
    ids=str,
)
def test_times_are_local_where_they_say_no_offset(given: Any, expected: str) -> None:
    assert str(review(PROGRAM.with_settings(timezone="America/New_York"), as_of=given).as_of) == expected


def test_a_time_that_is_none_is_refused() -> None:
    with pytest.raises(ArgumentError, match="as_of: 'soon' cannot be read as a time; write it as 2026-06-01"):
        ran(as_of="soon")


def test_checks_know_the_day_and_the_data(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Subject] = []
    use(monkeypatch, check("X001", lambda subject: seen.append(subject) or []))
    before = datetime.now(UTC).replace(microsecond=0)
    validate(PROGRAM)
    validate(
        PROGRAM, as_of="2026-06-01", conversions=pl.DataFrame({"conversion_id": [1], "event_time": ["2026-06-01"]})
    )
    assert before <= seen[0].as_of <= datetime.now(UTC)
    assert seen[0].as_of.microsecond == 0
    assert not seen[0].usage.has_conversions
    assert seen[1].as_of == datetime(2026, 6, 1, tzinfo=UTC)
    assert seen[1].usage.has_conversions
    assert seen[1].usage.conversions_read == 1


ORDERS = pl.DataFrame({"conversion_id": [1], "event_time": ["2026-06-01"], "promo_code": ["SAVE10"]})
CLICKS = pl.DataFrame({"customer_id": [1], "event_time": ["2026-06-01"], "partner_id": ["7"]})


@pytest.mark.parametrize(
    ("tables", "expected"),
    [
        pytest.param({}, ["X001"], id="neither"),
        pytest.param({"conversions": ORDERS}, ["X001", "Z001"], id="conversions"),
        pytest.param({"clicks": CLICKS}, ["X001", "Z002"], id="clicks"),
        pytest.param({"conversions": ORDERS, "clicks": CLICKS}, ["X001", "Z001", "Z002"], id="both"),
    ],
)
def test_checks_that_look_at_data_run_where_there_is_some(
    monkeypatch: pytest.MonkeyPatch, tables: dict[str, Any], expected: list[str]
) -> None:
    use(
        monkeypatch,
        check("X001", [notice(0)]),
        check("Z001", [notice(0)], needs=Needs.CONVERSIONS),
        check("Z002", [notice(0)], needs=Needs.CLICKS),
    )
    assert ran(**tables) == expected
    if "clicks" in tables:
        assert ran(**tables, select=["Z"]) == [code for code in expected if code[0] == "Z"]
    if "conversions" not in tables:
        with pytest.raises(ArgumentError, match="'Z001' looks at conversions, which are not given"):
            ran(**tables, select=["Z001"])


def test_findings_come_by_file_place_and_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(
        monkeypatch,
        check("Y001", [notice(1, 0), notice(0), notice(2), notice()]),
        check("X001", [notice(1, 2), notice(1, 0), notice(0, field="id"), notice(11)]),
    )
    codes = [code(id=str(number)) for number in range(11)]
    paths = [file(tmp_path, "z.json", codes), file(tmp_path, "a.json", [code(id="11")])]
    assert [(finding.promo_codes, finding.check) for finding in validate(paths)] == [
        ((), "Y001"), (("0",), "X001"), (("0",), "Y001"),
        (("1", "0"), "X001"), (("1", "2"), "X001"), (("1", "0"), "Y001"), (("2",), "Y001"), (("11",), "X001"),
    ]  # fmt: skip
    in_memory = Program.load(paths)
    assert [finding.promo_codes[:1] for finding in validate(in_memory)] == [
        (), ("0",), ("0",), ("1",), ("1",), ("1",), ("2",), ("11",),
    ]  # fmt: skip


def test_a_remark_may_be_worse_than_its_check(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, check("X001", [notice(0), notice(1, severity="error")]))
    assert [finding.severity for finding in validate(PROGRAM)] == ["warning", "error"]


def test_names_of_checks_may_be_one_text(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, *(check(name, [notice(0)]) for name in ("X001", "X002", "Y001")))
    assert [finding.check for finding in validate(PROGRAM, select="X001,Y")] == ["X001", "Y001"]
    assert [finding.check for finding in validate(PROGRAM, ignore="X")] == ["Y001"]
