"""Places of findings: file, position, line, column, and the part of the line that is meant."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from attribution import Finding, Program, validate
from attribution.validation.check import Notice
from tests.program.pages import BRAND, PARTNER, code
from tests.validation.framework.stand_ins import check, file, notice, use

NATIVE = """\
# promo codes of the summer
settings: {code_separator: ","}
promo_codes:
  - id: A1
    code: SAVE.*
    match_mode: LI
    credit_rule: ALWAYS
    partner_id: 7
  - {id: A2, code: "SAVE\\\\d", match_mode: RE, credit_rule: ALWAYS, partner_id: 8, deal: {name: Summer}}
"""
BULK = 'Promo Code,Media Id,Credit Rule,Match Mode\nSAVE,7,ALWAYS,LI\n\n"A,B",8,ALWAYS,LI\n'


def found(
    monkeypatch: pytest.MonkeyPatch, path: Path | list[Path], *notices: Notice, **arguments: Any
) -> list[Finding]:
    use(monkeypatch, check("X001", notices))
    return [one for one in validate(path, **arguments) if one.check == "X001"]


def pointed(finding: Finding) -> str | None:
    """What the carets of a place point to."""
    place = finding.place
    return None if place.text is None or place.caret is None else place.text[slice(*place.caret)]


def test_a_field_of_yaml_has_line_and_column(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = file(tmp_path, "p.yaml", NATIVE)
    (finding,) = found(monkeypatch, path, notice(0))
    place = finding.place
    assert (place.file, place.position, place.field) == (path.as_posix(), "promo_codes[0]", "code")
    assert (place.line, place.column, place.text, pointed(finding)) == (5, 11, "    code: SAVE.*", "SAVE.*")


def test_a_part_of_the_text_is_pointed_to_where_it_stands_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = file(tmp_path, "p.yaml", NATIVE)
    plain, escaped = found(monkeypatch, path, notice(0, span=(4, 6)), notice(1, span=(4, 6)))
    assert (plain.place.column, pointed(plain)) == (15, ".*")
    assert (escaped.place.line, pointed(escaped)) == (9, "\\\\d")


@pytest.mark.parametrize("indent", [None, 2], ids=["one line", "many lines"])
@pytest.mark.parametrize(
    ("field", "raw", "spelled", "pointed_to"),
    [
        pytest.param("code", code(), "code", '"SAVE10"', id="native"),
        pytest.param("program_id", PARTNER, "Program.Id", '"21282"', id="nested"),
        pytest.param("deal.name", PARTNER, "Deal.Name", '"Summer"', id="of the deal, nested"),
        pytest.param("deal.name", BRAND, "DealName", '"Summer"', id="of the deal, flat"),
        pytest.param("credit_rule", BRAND, "CreditPolicy", '"INVOLVED"', id="of the Brand API"),
        pytest.param("match_mode", BRAND, "Type", '"LI"', id="a type that is the match mode"),
        pytest.param("end_date", BRAND, "EndDate", '"2026-08-31T23:59:59-07:00"', id="a date"),
        pytest.param("partner_id", PARTNER, "Code", '"HAZEL10"', id="given when loading, so the code stands for it"),
        pytest.param("start_date", code(), "code", '"SAVE10"', id="missing, so the code stands for it"),
    ],
)
def test_a_field_is_found_under_its_own_spelling(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    indent: int | None,
    field: str,
    raw: Any,
    spelled: str,
    pointed_to: str,
) -> None:
    path = file(tmp_path, "p.json", json.dumps({"@page": "1", "PromoCodes": [{**raw, "Id": "0"}, raw]}, indent=indent))
    if "id" in raw:
        path = file(tmp_path, "p.json", json.dumps([{**raw, "id": "0"}, raw], indent=indent))
    (finding,) = found(monkeypatch, path, notice(1, field=field), partner_id="77")
    assert (finding.place.field, pointed(finding)) == (spelled, pointed_to)
    assert (finding.place.line == 1) is (indent is None)


@pytest.mark.parametrize(
    ("field", "own", "spelled", "pointed_to"),
    [
        pytest.param("end_date", {"EndDate": None}, "DealEndDate", '"2026-07-31"', id="a date that is the deal's only"),
        pytest.param("end_date", {"EndDate": "2026-09-30"}, "EndDate", '"2026-09-30"', id="a date that is replaced"),
        pytest.param("deal.end_date", {"EndDate": "2026-09-30"}, "DealEndDate", '"2026-07-31"', id="the deal's own"),
    ],
)
def test_dates_are_placed_where_they_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, field: str, own: dict[str, Any], spelled: str, pointed_to: str
) -> None:
    path = file(tmp_path, "p.json", [{**BRAND, "SynchAdsPromoCodes": True, "DealEndDate": "2026-07-31", **own}])
    (finding,) = found(monkeypatch, path, notice(0, field=field))
    assert (finding.place.field, pointed(finding)) == (spelled, pointed_to)


def test_a_line_of_the_bulk_file_is_pointed_to_by_its_cell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = file(tmp_path, "bulk.csv", BULK)
    (finding,) = found(monkeypatch, path, notice(1, span=(2, 3)))
    assert (finding.promo_codes, finding.place.position, finding.place.line) == (("4",), "line 4", 4)
    assert (finding.place.field, finding.place.column, pointed(finding)) == ("Promo Code", 4, "B")


def test_files_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [file(tmp_path, "b.json", [code(id="1")]), file(tmp_path, "a.csv", BULK), file(tmp_path, "c.yaml", NATIVE)]
    findings = found(monkeypatch, paths, notice(3, 0), notice(1), notice(0))
    assert [Path(one.place.file).name for one in findings] == ["b.json", "a.csv", "c.yaml"]
    assert [one.promo_codes for one in findings] == [("1",), ("a.csv:2",), ("A1", "1")]
    assert [one.place.line for one in findings] == [1, 2, 5]


def test_a_promo_code_behind_a_wrong_one_keeps_its_position(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = file(tmp_path, "p.json", [code(id="1", credit_rule="NEVER"), code(id="2"), code(id="2"), code(id="3")])
    findings = found(monkeypatch, path, notice(0), notice(1))
    assert [(one.promo_codes, one.place.position) for one in findings] == [(("2",), "[1]"), (("3",), "[3]")]


def test_a_setting_has_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [file(tmp_path, "codes.csv", BULK), file(tmp_path, "p.yaml", NATIVE)]
    here, nowhere = found(
        monkeypatch, paths, notice(field="settings.code_separator"), notice(field="settings.lookback")
    )[::-1]
    assert (Path(here.place.file).name, here.place.line, pointed(here)) == ("p.yaml", 2, '","')
    assert (Path(nowhere.place.file).name, nowhere.place.line) == ("codes.csv", None)


def test_of_a_long_line_what_is_around_the_caret_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = file(tmp_path, "p.json", [code(id=str(number)) for number in range(100)])
    (finding,) = found(monkeypatch, path, notice(50, span=(0, 4)))
    place = finding.place
    assert place.text is not None
    assert (len(place.text), place.text[0], place.text[-1]) == (162, "…", "…")
    assert pointed(finding) == "SAVE"
    assert path.read_text(encoding="utf-8")[(place.column or 0) - 1 :].startswith("SAVE10")


def test_a_byte_order_mark_does_not_shift_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "p.json"
    path.write_text(json.dumps([code(code="é😀x")], ensure_ascii=False), encoding="utf-8-sig")
    (finding,) = found(monkeypatch, path, notice(0, span=(2, 3)))
    assert pointed(finding) == "x"


def test_a_program_from_memory_has_positions_only(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, check("X001", [notice(1), notice()]))
    whole, one = validate(Program.model_validate([code(id="1"), code(id="2")]))
    assert (one.place.file, one.place.position, one.place.line) == ("", "promo_codes[1]", None)
    assert (whole.place.file, whole.place.position) == ("", "")


def test_a_file_that_has_changed_meanwhile_has_no_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = file(tmp_path, "p.json", [code()])

    def find(_: object) -> list[Notice]:
        path.write_text("[", encoding="utf-8")
        return [notice(0)]

    use(monkeypatch, check("X001", find))
    (finding,) = validate(path)
    assert (finding.place.file, finding.place.line) == (path.as_posix(), None)


def test_a_pipe_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, check("X001", [notice(0)]))
    path = tmp_path / "p.json"
    os.mkfifo(path)
    if os.fork() == 0:
        path.write_text(json.dumps([code()]), encoding="utf-8")
        os._exit(0)
    (finding,) = validate(path)
    assert (finding.place.file, finding.place.position, finding.place.line) == (path.as_posix(), "[0]", None)
