"""What loading refuses is a finding, with its place; what is no program at all is misuse."""

from pathlib import Path
from typing import Any

import pytest

from attribution import Finding, validate
from attribution.program import Problem, Program, ProgramError
from tests.program.pages import code
from tests.validation.framework.stand_ins import check, file, notice, use


@pytest.fixture(autouse=True)
def _no_other_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, check("X001"), check("P002"))


def only(path: Path, **arguments: Any) -> Finding:
    (finding,) = validate(path, **arguments)
    return finding


def where(finding: Finding) -> tuple[int | None, int | None, str | None]:
    place = finding.place
    return place.line, place.column, place.text and place.text[slice(*(place.caret or (0, 0)))]


def test_a_wrong_value_is_a_finding_at_its_place(tmp_path: Path) -> None:
    path = file(
        tmp_path, "p.yaml", "promo_codes:\n- {Id: 12, Code: A, Type: LI, CreditPolicy: NEVR, AssignedPartnerId: 7}\n"
    )
    finding = only(path, ignore=["X"])
    assert (finding.check, finding.severity, finding.promo_codes) == ("F001", "error", ("12",))
    assert finding.message == "promo code '12': CreditPolicy: 'NEVR' is not one of ALWAYS, INVOLVED, WINNER"
    assert finding.help.startswith("correct it")
    assert (finding.place.field, *where(finding)) == ("CreditPolicy", 2, 45, "NEVR")
    assert finding.facts == {"field": "CreditPolicy", "value": "NEVR"}


def test_what_a_problem_advises_is_the_help(tmp_path: Path) -> None:
    finding = only(file(tmp_path, "p.json", [code(credit_rule="INVOLVD"), code(id="2")]))
    assert finding.help == "did you mean 'INVOLVED'?"


@pytest.mark.parametrize(
    ("promo_codes", "message", "help"),
    [
        pytest.param(
            [code(credit_rule="A; did you mean B")],
            "promo code '1': credit_rule: 'A; did you mean B' is not one of ALWAYS, INVOLVED, WINNER",
            "correct it; until then the program cannot be used",
            id="a value",
        ),
        pytest.param(
            [code(id="a; b"), code(id="a; b")],
            "'a; b' is the id of another promo code too: promo_codes[0] in p.json",
            "give each promo code an id of its own; until then only the first one is looked at",
            id="an id",
        ),
        pytest.param(
            [code(id="a (b"), code(id="1 (2", start_date="soon (")],
            "promo code '1 (2': start_date: 'soon (' is not an ISO 8601 date-time such as 2026-06-01T00:00:00-07:00",
            "correct it; until then the program cannot be used",
            id="brackets",
        ),
    ],
)
def test_what_a_file_says_is_never_taken_for_words_of_a_message(
    tmp_path: Path, promo_codes: list[dict[str, Any]], message: str, help: str
) -> None:
    finding = only(file(tmp_path, "p.json", {"promo_codes": promo_codes}))
    assert (finding.message, finding.help) == (message, help)


def test_a_wrong_pattern_is_pointed_to(tmp_path: Path) -> None:
    finding = only(file(tmp_path, "p.json", [code(match_mode="RE", code="^(\\d[)x")]))
    assert (finding.check, finding.slug) == ("P001", "invalid-pattern")
    assert "\n" not in finding.message
    assert finding.place.text is not None
    assert finding.place.caret is not None
    assert finding.place.text[finding.place.caret[0]] in '[)x"'


def test_a_further_promo_code_of_one_id_is_a_finding_and_left_out(tmp_path: Path) -> None:
    one = '{"Id": 1, "Code": "A", "Type": "LI", "CreditPolicy": "ALWAYS", "AssignedPartnerId": 7}'
    finding = only(file(tmp_path, "p.json", f"[\n{one},\n{one}]"))
    assert (finding.check, finding.promo_codes, finding.place.field) == ("F002", ("1",), "Id")
    assert where(finding) == (3, 8, "1")


def test_a_missing_partner_is_a_finding(tmp_path: Path) -> None:
    finding = only(file(tmp_path, "p.json", [code(), code(id="2", partner_id=...)]))
    assert (finding.check, finding.promo_codes, finding.message) == ("F003", ("2",), "promo code '2' names no partner")


def test_some_promo_codes_without_a_partner_are_findings_each(tmp_path: Path) -> None:
    alone = file(tmp_path, "one.json", [code(partner_id=...)])
    some = file(tmp_path, "some.json", [code(id="1"), *(code(id=str(n), partner_id=...) for n in (2, 3))])
    assert [finding.message for finding in validate(alone)] == ["promo code '1' names no partner"]
    assert [finding.promo_codes for finding in validate(some)] == [("2",), ("3",)]


def test_an_export_of_a_partners_own_codes_is_one_finding(tmp_path: Path) -> None:
    nobodys = [code(id=str(number), partner_id=...) for number in range(3)]
    paths = [file(tmp_path, "own.json", nobodys), file(tmp_path, "other.json", [code(id="9")])]
    (finding,) = validate(paths)
    assert (finding.check, finding.promo_codes) == ("F003", ("0", "1", "2"))
    assert finding.message == "none of the 3 promo codes names a partner"
    assert "--partner-id" in finding.help
    assert validate(paths, partner_id="7") == []


@pytest.mark.parametrize(
    ("name", "text", "line", "column"),
    [
        pytest.param("p.json", '{"promo_codes": [\n  {"id": 1 2}]}', 2, 12, id="JSON"),
        pytest.param("p.json", '{"promo_codes": [', 1, 18, id="JSON that ends too early"),
        pytest.param("p.yaml", "promo_codes:\n- {id: 1\n- {id: 2}", 3, 3, id="YAML"),
        pytest.param("p.yaml", "settings:\n  lookback: 1d\n  lookback: 2d\n", 3, 3, id="a key twice"),
        pytest.param("p.csv", 'Promo Code,Media Id,Credit Rule,Match Mode\n"A"B,7,ALWAYS,LI', 2, 1, id="CSV"),
        pytest.param("p.csv", "Promo Code,Media Id,Rule,Match Mode\nA,7,ALWAYS,LI", 1, 1, id="a header"),
        pytest.param("p.csv", "Promo Code,Media Id,Credit Rule,Match Mode\nA,B,7,ALWAYS,LI", 2, 1, id="too many cells"),
    ],
)
def test_broken_text_is_a_finding_with_line_and_column(
    tmp_path: Path, name: str, text: str, line: int, column: int
) -> None:
    finding = only(file(tmp_path, name, text))
    assert (finding.check, finding.place.file) == ("F001", (tmp_path / name).as_posix())
    assert (finding.place.line, finding.place.column) == (line, column)
    assert finding.place.text == text.split("\n")[line - 1]


@pytest.mark.parametrize("content", ["", b"\xff", "[1, NaN]", "[]", '{"promo_codes": {}}'], ids=repr)
def test_a_file_with_nothing_right_in_it_is_a_finding(tmp_path: Path, content: str | bytes) -> None:
    path = tmp_path / "p.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert (only(path).check, only(path).place.file) == ("F001", path.as_posix())


def test_a_wrong_setting_is_pointed_to(tmp_path: Path) -> None:
    finding = only(file(tmp_path, "p.yaml", "settings:\n  lookback: long\npromo_codes:\n- " + str(code())))
    assert finding.message == "settings: lookback: 'long' is not a duration"
    assert where(finding) == (2, 13, "long")


def test_the_other_checks_run_on_what_is_right(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, check("X001", lambda subject: [notice(n) for n, _ in enumerate(subject.promo_codes)]))
    path = file(tmp_path, "p.json", [code(id="1", credit_rule="x"), code(id="2"), code(id="3", partner_id=...)])
    assert [(one.check, one.promo_codes) for one in validate(path)] == [
        ("F001", ("1",)), ("X001", ("2",)), ("F003", ("3",)),
    ]  # fmt: skip


def test_without_any_right_promo_code_the_other_checks_have_nothing_to_look_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, check("X001", [notice(0)]))
    assert only(file(tmp_path, "p.json", [code(credit_rule="x")])).check == "F001"


@pytest.mark.parametrize("chosen", [{"select": ["X001"]}, {"ignore": ["X001"]}, {"ignore": ["P"]}], ids=str)
def test_what_stops_a_program_is_reported_whatever_is_chosen(tmp_path: Path, chosen: dict[str, Any]) -> None:
    assert only(file(tmp_path, "p.json", [code(match_mode="RE", code="(")]), **chosen).check == "P001"


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        pytest.param("absent.json", {}, "no such file", id="no file"),
        pytest.param("p.txt", {}, "is of no known kind", id="no kind of program file"),
        pytest.param("", {}, "is a directory", id="a directory"),
        pytest.param("p.json", {"preset": "impact"}, "did you mean 'impact.com'", id="a preset that is none"),
        pytest.param("p.json", {"settings": {"lookback": "x"}}, "is not a duration", id="a setting"),
        pytest.param("p.json", {"partner_id": ""}, "is not a partner's id", id="a partner that is none"),
    ],
)
def test_what_is_no_program_is_misuse(tmp_path: Path, name: str, arguments: dict[str, Any], message: str) -> None:
    for known in ("p.json", "p.txt"):
        file(tmp_path, known, [code(credit_rule="NEVER")])
    with pytest.raises(ProgramError, match=message) as failure:
        validate(tmp_path / name, **arguments)
    assert all(isinstance(problem, Problem) for problem in failure.value.problems)
    assert len(failure.value.problems) == 1


def test_a_program_from_memory_has_its_settings() -> None:
    with pytest.raises(TypeError, match="a Program has its own"):
        validate(Program.model_validate([code()]), preset="impact.com")


@pytest.mark.parametrize(
    ("pattern", "line", "pointed"),
    [
        pytest.param("^(SUM", '  code: "^(SUM"', 8 + 6, id="in quotes: the closing one"),
        pytest.param("^(SUM", "  code: ^(SUM", 8 + 5, id="plain: behind it"),
        pytest.param("^)SUM", '  code: "^)SUM"', 8 + 2, id="within"),
    ],
)
def test_a_wrong_pattern_is_pointed_to_where_it_goes_wrong(
    tmp_path: Path, pattern: str, line: str, pointed: int
) -> None:
    fields = "- id: 1\n  match_mode: RE\n  credit_rule: ALWAYS\n  partner_id: 7"
    path = file(tmp_path, "p.yaml", f"promo_codes:\n{fields}\n{line}\n")
    finding = only(path)
    assert (finding.check, finding.facts["value"]) == ("P001", pattern)
    assert finding.place.caret == (pointed, pointed + 1)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        pytest.param("p.yaml", "", "the file is empty", id="empty"),
        pytest.param("p.yaml", "a: 1\na: 2", "the file is not YAML: the key 'a' is given twice", id="YAML"),
        pytest.param("p.json", "[,]", "the file is not JSON: ", id="JSON"),
        pytest.param("p.json", "5", "5 is no program: an object with promo_codes,", id="a number"),
        pytest.param(
            "p.csv",
            "Promo Code,Match Mode,Credit Rule\nA,LI,ALWAYS,B",
            "line 2 has 4 cells, and the header 3",
            id="CSV",
        ),
    ],
)
def test_what_is_wrong_with_a_file_is_a_sentence_without_the_place(
    tmp_path: Path, name: str, text: str, said: str
) -> None:
    found = [finding.message for finding in validate(file(tmp_path, name, text))]
    assert found[0].startswith(said)


@pytest.mark.parametrize(("value", "said"), [(r"\d{2", r"\d{2"), (5, 5), (True, True), (["a"], "['a']"), (1.5, "1.5")])
def test_the_value_is_among_the_facts_as_it_is_or_as_text(tmp_path: Path, value: object, said: object) -> None:
    assert only(file(tmp_path, "p.json", [code(state=value)])).facts["value"] == said


def test_half_a_surrogate_pair_is_said_in_words(tmp_path: Path) -> None:
    finding = only(file(tmp_path, "p.json", [code(code="AB\ud83d")]))
    assert finding.message.endswith(r"code: 'AB\ud83d' has half of a surrogate pair in it, which is no character")
