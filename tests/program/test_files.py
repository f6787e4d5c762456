"""Program files: JSON, YAML, several pages, and what cannot be read."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.program import Program, ProgramError
from tests.program.pages import BRAND, PARTNER, Write, code, without

LOOKALIKES = [
    "NO", "no", "yes", "on", "true", "False", "1E10", "1e5", "1.0", "007", "0o17", "0x1F", "1_000", ".inf", ".NaN",
    "12:30", "190:20:30", "2024-01-01", "2001-12-14t21:59:43.10-05:00", "NULL", "Null", "y", "=", "+1", "-0",
]  # fmt: skip


@pytest.mark.parametrize("text", LOOKALIKES)
def test_a_code_in_yaml_is_the_text_that_is_written(file: Write, text: str) -> None:
    path = file(
        "p.yaml",
        f"promo_codes:\n  - id: {text}\n    code: {text}\n    match_mode: LI\n    credit_rule: ALWAYS\n"
        f"    partner_id: {text}\n    program_id: {text}\n",
    )
    (found,) = Program.load(path).promo_codes
    assert (found.id, found.code, found.partner_id, found.program_id) == (text,) * 4


def test_yaml_reads_settings_and_nulls(file: Write) -> None:
    path = file(
        "p.yml",
        "preset: impact.com\nsettings:\n  lookback: 7d\n  default_crediting: none\n  code_separator: ','\n"
        "promo_codes:\n- &a {id: 1, code: A, match_mode: LI, credit_rule: ALWAYS, partner_id: 7, start_date: ,"
        " end_date: null, program_id: ~, SynchAdsPromoCodes: true, DealId: 3, DealEndDate: 2026-01-31}\n"
        "- {<<: *a, id: 2, code: B}\n",
    )
    loaded = Program.load(path)
    assert loaded.settings.default_crediting == "none"
    assert [(found.id, found.code, found.program_id) for found in loaded.promo_codes] == [
        ("1", "A", None),
        ("2", "B", None),
    ]
    assert all(str(found.end_date) == "2026-01-31 23:59:59.999999+00:00" for found in loaded.promo_codes)


@pytest.mark.parametrize(
    ("literal", "text"),
    [("1E10", "1E10"), ("1.50", "1.50"), ("12", "12"), ("12.0", "12.0"), ("1e-7", "1e-7"), ("1E999", "1E999")],
)
def test_a_number_in_json_is_the_text_that_is_written(file: Write, literal: str, text: str) -> None:
    path = file(
        "p.json",
        f'[{{"Id": {literal}, "Code": {literal}, "Type": "LI", "CreditPolicy": "ALWAYS",'
        f' "AssignedPartnerId": {literal}}}]',
    )
    (found,) = Program.load(path).promo_codes
    assert (found.id, found.code, found.partner_id) == (text,) * 3


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "p.json").write_text('{"promo_codes": [], "preset": "impact.com"}', encoding="utf-8-sig")
    with pytest.raises(ProgramError, match="at least one promo code"):
        Program.load(tmp_path / "p.json")


def page(*ids: str, **changes: Any) -> dict[str, Any]:
    return {"@page": "1", "@numpages": "2", "PromoCodes": [{**PARTNER, "Id": name, **changes} for name in ids]}


def test_pages_make_one_program_in_their_order(file: Write) -> None:
    paths = [file("b.json", page("3", "1")), file("a.json", page("2")), file("c.json", [{**BRAND, "Id": 9}])]
    loaded = Program.load(paths, partner_id="77")
    assert [found.id for found in loaded.promo_codes] == ["3", "1", "2", "9"]
    assert loaded == Program.load([str(path) for path in paths], partner_id=77)


def test_settings_may_stand_in_a_file_of_their_own(file: Write) -> None:
    rules = file("rules.yaml", "preset: impact.com\nsettings: {lookback: 7d}\n")
    loaded = Program.load([rules, file("page.json", page("1"))], partner_id="7")
    assert loaded.settings.model_dump(mode="json")["lookback"] == "7d"
    assert loaded.settings.literal_case == "insensitive"


def test_files_may_repeat_the_settings_of_each_other(file: Write) -> None:
    one = file("1.json", {"preset": "impact.com", "settings": {"lookback": "2w"}, "promo_codes": [code(id="1")]})
    two = file(
        "2.json",
        {"preset": "impact.com", "settings": {"lookback": "14d", "resolution": "each"}, "promo_codes": [code(id="2")]},
    )
    assert Program.load([one, two]).settings.resolution == "each"


def test_files_must_not_contradict_each_other(file: Write) -> None:
    one = file("1.json", {"settings": {"resolution": "split"}, "promo_codes": [code(id="1")]})
    two = file("2.json", {"settings": {"resolution": "each"}, "promo_codes": [code(id="2")]})
    with pytest.raises(
        ProgramError, match=r"^1 problem in 2.json\n.*resolution: 'each' differs from 'split' in 1.json$"
    ):
        Program.load([one, two])


def test_an_id_given_twice_names_both_places(file: Write) -> None:
    paths = [file("1.json", page("5", "6")), file("2.json", page("7", "6"))]
    with pytest.raises(ProgramError) as failure:
        Program.load(paths, partner_id="7")
    expected = "PromoCodes[1]: id: '6' is the id of another promo code too: PromoCodes[1] in 1.json"
    assert str(failure.value) == f"1 problem in 2.json\n  {expected}"


def test_the_partner_given_is_for_the_codes_that_have_none(file: Write) -> None:
    path = file("p.json", [code(id="1"), code(id="2", partner_id=...), code(id="3", partner_id="")])
    assert [found.partner_id for found in Program.load(path, partner_id="99").promo_codes] == ["7", "99", "99"]


def test_without_a_partner_the_way_out_is_named(file: Write) -> None:
    with pytest.raises(
        ProgramError, match=r"PromoCodes\[0\] \(id 1\): partner_id: missing.*partner_id= \(--partner-id\)"
    ):
        Program.load(file("p.json", page("1")))


@pytest.mark.parametrize("partner", ["", True, 1.5], ids=repr)
def test_a_partner_that_is_none_is_refused(file: Write, partner: Any) -> None:
    with pytest.raises(ProgramError, match=r"^1 problem in the arguments\n  partner_id: .* is not a partner's id$"):
        Program.load(file("p.json", page("1", "2")), partner_id=partner)


@pytest.mark.parametrize(
    "nothing", [[], {"promo_codes": []}, {"PromoCodes": []}, {"promo_codes": None, "preset": "impact.com"}]
)
def test_a_program_without_promo_codes_is_none(file: Write, nothing: Any) -> None:
    for make in (lambda: Program.model_validate(nothing), lambda: Program.load(file("p.json", nothing))):
        with pytest.raises(ProgramError, match="a program needs at least one promo code"):
            make()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(
            {"promo_codes": [code()], "setings": {}}, "setings: is not known here.*did you mean 'settings'", id="key"
        ),
        pytest.param(
            {"promo_codes": [code()], "version": 1}, "version: is not known here", id="any key of a native file"
        ),
        pytest.param(
            {"PromoCodes": [code()], "Settings": {}}, "Settings: .*did you mean 'settings'", id="near miss in a page"
        ),
        pytest.param(
            {"promo_codes": [code()], "PromoCodes": []}, "PromoCodes: given beside promo_codes", id="two lists"
        ),
        pytest.param({"promo_codes": {"1": code()}}, "promo_codes: .* is not a list", id="an object for a list"),
        pytest.param({"promo_codes": "SAVE"}, "promo_codes: 'SAVE' is not a list", id="text for a list"),
        pytest.param(code(), "looks like a single promo code; put it in a list", id="one promo code"),
        pytest.param(PARTNER, "looks like a single promo code", id="one promo code of the API"),
        pytest.param({}, "has no promo_codes, no settings and no preset", id="nothing"),
        pytest.param({"@page": "1"}, "has no promo_codes", id="an envelope without a list"),
        pytest.param("SAVE", "'SAVE' is no program", id="text"),
        pytest.param(None, "null is no program", id="null"),
        pytest.param([5], r"\[0\]: 5 is not an object with the fields of a promo code", id="a number for a promo code"),
        pytest.param({"promo_codes": [None]}, r"promo_codes\[0\]: null is not an object", id="null for a promo code"),
        pytest.param(
            [code(Program=21282)], "Program: 21282 is not an object with an Id and a Name", id="an id for a program"
        ),
        pytest.param([code(Deal="3")], "Deal: '3' is not an object", id="an id for a deal"),
    ],
)
def test_data_of_another_shape_is_refused(file: Write, data: Any, message: str) -> None:
    path = file("p.json", json.dumps(data))
    for make in (lambda: Program.model_validate(data), lambda: Program.load(path)):
        with pytest.raises(ProgramError, match=message):
            make()


def test_an_api_response_may_grow() -> None:
    assert Program.model_validate({"@page": "1", "PromoCodes": [code()], "Links": {}}).promo_codes


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        pytest.param("p.json", "", "is empty", id="empty"),
        pytest.param("p.yaml", " \n\n", "is empty", id="blank"),
        pytest.param("p.csv", "\n", "is empty", id="blank csv"),
        pytest.param("p.json", '[{"Id": 1\n }, {1: 2}]', "line 2, column 6: is not JSON: ", id="json"),
        pytest.param("p.json", '[{"Id": 007}]', "line 1, column 10: is not JSON", id="leading zeros"),
        pytest.param("p.json", '[{"Id": NaN}]', "NaN is no JSON value; put it in quotes", id="NaN"),
        pytest.param("p.json", '[{"Id": 1, "Id": 2}]', "an object has the key 'Id' twice", id="a key twice"),
        pytest.param("p.json", "[" * 200_000, "is nested too deeply", id="depth"),
        pytest.param("p.yaml", "a: 1\nb: c: d", "line 2, column 5: is not YAML: ", id="yaml"),
        pytest.param(
            "p.yaml", "a: 1\nb: 2\na: 3", "line 3, column 1: is not YAML: the key 'a' is given twice", id="a yaml key"
        ),
        pytest.param("p.yaml", "a: 1\n---\nb: 2", "line 2, column 1: is not YAML: ", id="two documents"),
        pytest.param("p.yaml", "a: !!python/object:os.system x", "line 1, column 4: is not YAML: ", id="a tag"),
        pytest.param("p.yaml", "a: !!int", "is not YAML: a value does not fit its tag", id="a tag without a value"),
        pytest.param("p.yaml", "a: !!int x", "is not YAML: a value does not fit its tag", id="a tag of another value"),
        pytest.param("p.yaml", "a: \x00", "is not YAML", id="a control character"),
        pytest.param("p.yaml", "# nothing", "null is no program", id="a comment"),
        pytest.param("p.toml", "a = 1", "of no known kind.*.json, .yaml, .yml, .csv", id="extension"),
        pytest.param("p", "{}", "of no known kind", id="no extension"),
    ],
)
def test_what_cannot_be_read_is_one_problem(file: Write, name: str, text: str, message: str) -> None:
    with pytest.raises(ProgramError, match=message) as failure:
        Program.load(file(name, text))
    (problem,) = failure.value.problems
    assert problem.place.file == name


def test_files_that_are_none_are_one_problem_each(tmp_path: Path) -> None:
    (tmp_path / "latin.json").write_bytes(b'["\xe9"]')
    with pytest.raises(ProgramError) as failure:
        Program.load([tmp_path / "absent.json", tmp_path, tmp_path / "latin.json"])
    messages = [str(problem) for problem in failure.value.problems]
    assert messages == [
        f"no such file: {tmp_path / 'absent.json'}",
        f"{tmp_path} is a directory; give the files in it",
        "is not UTF-8 text",
    ]
    assert failure.value.problems[2].place.position == "byte 2"


def test_files_of_one_name_are_told_apart_by_their_paths(file: Write, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    paths = [file("p.json", [code(id=1, credit_rule="x")]), file("other/p.json", [code(id=2, credit_rule="y")])]
    with pytest.raises(ProgramError) as failure:
        Program.load(paths)
    assert [problem.place.file for problem in failure.value.problems] == [path.as_posix() for path in paths]


def test_capital_extensions_are_known(file: Write) -> None:
    assert Program.load(file("P.JSON", [code()])).promo_codes


SMALL = st.sampled_from(["1", "2", "007", "NO", "1E10", "x y"])
DATE = st.sampled_from([None, "2026-06-01", "2026-06-01T00:00:00.000001-07:00", "0001-01-01T00:00:00Z", "9999-12-31"])
PROMO_CODE = st.fixed_dictionaries(
    {
        "code": st.sampled_from(["SAVE", "NO", "(?i)save.*", "1E10", "tab\t", "é"]),
        "match_mode": st.sampled_from(["LI", "RE"]),
        "credit_rule": st.sampled_from(["ALWAYS", "INVOLVED", "WINNER"]),
        "partner_id": SMALL,
    },
    optional={
        "program_id": SMALL,
        "Program": st.just({"Name": "Acme", "LogoUri": "/logo"}),
        "partner_name": SMALL,
        "state": st.sampled_from(["ACTIVE", "INACTIVE", "FUTUREDATE", "EXPIRED"]),
        "CreatedDate": DATE,
        "StartDate": DATE,
        "EndDate": DATE,
        "DealId": SMALL,
        "DealStartDate": DATE,
        "DealEndDate": DATE,
        "SynchAdsPromoCodes": st.booleans(),
        "Type": st.just("TRACKING"),
        "Timezone": st.just("Asia/Tokyo"),
        "Extra": st.sampled_from([1, "x", None, [1, {"a": None}]]),
    },
)
DATA = st.fixed_dictionaries(
    {"promo_codes": st.lists(PROMO_CODE, min_size=1, max_size=3)},
    optional={
        "preset": st.just("impact.com"),
        "settings": st.fixed_dictionaries(
            {},
            optional={
                "lookback": st.sampled_from(["45m", "36h", "2w", "0d"]),
                "literal_case": st.sampled_from(["sensitive", "insensitive"]),
                "code_separator": st.sampled_from([None, ",", " "]),
                "timezone": st.sampled_from(["UTC", "America/New_York"]),
            },
        ),
    },
)


@given(DATA)
def test_a_program_survives_being_written_and_read(data: dict[str, Any]) -> None:
    promo_codes = [{"id": str(index), **found} for index, found in enumerate(data["promo_codes"])]
    made = Program.model_validate({**data, "promo_codes": promo_codes})
    assert Program.model_validate(made.model_dump(mode="json")) == made
    assert Program.model_validate(made.model_dump()) == made
    assert Program.model_validate_json(made.model_dump_json()) == made


def test_a_program_is_itself() -> None:
    made = Program.model_validate([without(code())])
    assert Program.model_validate(made) is made
