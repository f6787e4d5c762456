"""Running cases: what passes, what is different, which program, and evaluators that differ."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from attribution.cases import run as module
from attribution.cases.case_report import CaseReport, Status
from attribution.cases.run import run_cases
from attribution.crediting.ledger import Decision
from attribution.engine import Engine
from attribution.terms import Outcome
from tests.case_files.shop import HEAD, PROGRAM, outcome, run, told, write

SPLIT = "settings: {resolution: split, code_separator: ','}\n" + PROGRAM


def one(directory: Path, body: str, program: str = PROGRAM, **options: Any) -> CaseReport:
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    return run(directory, f"  - name: it\n{lines}", program, **options)


@pytest.mark.parametrize(
    "body",
    [
        "order: SAVE10\nclicks: [amy, bob]\nexpect: bob by SAVE10, WINNER",
        "order: SAVE10\nclicks: [amy, bob]\nexpect: bob by 1, RULE_WINNER, PROMO_CODE, 1",
        "order: SAVE10\nclicks: [bob, amy]\nexpect: nobody by SAVE10, NOT_WINNER, 0",
        "order: FALL25\nclicks: [amy]\nexpect: amy by FALL.*",
        "order: AMY\nexpect: amy, ALWAYS",
        "order: TEAM\nclicks: [bob, amy]\nexpect: bob, INVOLVED",
        "clicks: [bob, amy]\nexpect: amy, LAST_CLICK",
        "expect: nobody, NO_CLICKS",
        "expect: UNATTRIBUTED",
        "order: [TEAM, AMY]\nclicks: [carl]\nexpect: {partner: amy, used_code: AMY, winner: carl, path_clicks: 1}",
        "clicks: [amy 1h before]\nexpect: {last_click_time: 1h before, promo_code: null, credit_rule: null}",
        "program_id: 7\nexpect: {program_id: 7, last_click_time: null, winner: null}",
        "clicks: [amy 30d before]\nexpect: amy",
        "clicks: [amy 30d1s before]\nexpect: nobody",
        "clicks: [amy at the same time]\nexpect: amy",
        "clicks: [amy 1s after]\nexpect: nobody",
        "customer: null\nclicks: [amy]\nexpect: nobody",
        "order: {customer: a}\nclicks: {partner: amy, at: 1d before, customer: b}\nexpect: nobody",
    ],
    ids=lambda body: body.replace("\n", "|"),
)
def test_a_case_that_is_right_passes(tmp_path: Path, body: str) -> None:
    report = one(tmp_path, body)
    assert told(report) == []
    assert report.passed


@pytest.mark.parametrize(
    ("body", "differences"),
    [
        ("order: SAVE10\nclicks: [bob, amy]\nexpect: bob by SAVE10", ["partner_id: bob / nobody"]),
        ("order: SAVE10\nclicks: [bob]\nexpect: nobody", ["partner_id: nobody / bob"]),
        ("order: SAVE10\nclicks: [bob]\nexpect: bob by AMY", ["promo_code: AMY / 1 ('SAVE10')"]),
        ("order: SAVE10\nclicks: [bob]\nexpect: bob by SAVE",
         ["promo_code: SAVE, which no promo code of the program is / 1 ('SAVE10')"]),
        ("clicks: [bob]\nexpect: bob by SAVE10", ["promo_code: SAVE10 / none"]),
        ("order: SAVE10\nclicks: [bob]\nexpect: {promo_code: null, promo_code_id: 2}",
         ["promo_code: none / 1 ('SAVE10')", "promo_code_id: 2 / 1"]),
        ("order: SAVE10\nclicks: [bob, amy]\nexpect: nobody, WITHHELD, NOT_INVOLVED, INVOLVED",
         ["reason: NOT_INVOLVED / NOT_WINNER", "credit_rule: INVOLVED / WINNER"]),
        ("expect: {outcome: LAST_CLICK, share: 1/2, path_clicks: 1}",
         ["outcome: LAST_CLICK / UNATTRIBUTED", "share: 1/2 / 0", "path_clicks: 1 / 0"]),
        ("clicks: [amy 1h before]\nexpect: {last_click_time: 2h before, winner: bob}", [
            "last_click_time: 2026-03-01 10:00:00 UTC / 2026-03-01 11:00:00 UTC", "winner_partner_id: bob / amy",
        ]),
        ("expect: {used_code: SAVE10}", ["used_code: SAVE10 / none"]),
        ("order: AMY\nexpect: [amy, bob]", ["partner_id: bob / not credited"]),
        ("conversions:\n- {promo_code: AMY, expect: amy}\n- {promo_code: AMY, expect: bob}",
         ["2 partner_id: bob / amy"]),
    ],
    ids=lambda value: value.replace("\n", "|") if isinstance(value, str) else "",
)  # fmt: skip
def test_only_what_is_expected_and_different_is_told(tmp_path: Path, body: str, differences: list[str]) -> None:
    report = one(tmp_path, body)
    assert told(report) == differences
    assert outcome(report) == ["FAILED"]


@pytest.mark.parametrize(
    ("expect", "differences"),
    [
        ("[amy by AMY, bob by TEAM]", []),
        ("['amy, RULE_ALWAYS', 'bob, RULE_INVOLVED']", []),
        ("['bob, 1/2', 'amy, 0.5']", []),
        ("PROMO_CODE", []),
        ("amy", ["partner_id: not credited / bob"]),
        ("nobody", ["partner_id: nobody / amy", "partner_id: not credited / bob"]),
        ("[amy, bob, carl]", ["partner_id: carl / not credited"]),
        ("[carl, bob]", ["partner_id: carl / amy"]),
        ("['amy, 0.4999', 'bob, 0.499999999']", ["share: 0.4999 / 1/2", "share: 0.499999999 / 1/2"]),
        ("['amy, 1/3', 'bob, 2/3']", ["share: 1/3 / 1/2", "share: 2/3 / 1/2"]),
    ],
)
def test_several_credits_are_told_apart_by_their_partners(tmp_path: Path, expect: str, differences: list[str]) -> None:
    assert told(one(tmp_path, f"order: 'AMY,TEAM'\nclicks: [bob]\nexpect: {expect}", SPLIT)) == differences


def test_a_third_is_a_third(tmp_path: Path) -> None:
    program = SPLIT + "  - {id: 5, code: C, match_mode: LI, credit_rule: ALWAYS, partner_id: carl}\n"
    body = "order: AMY,TEAM,C\nclicks: [bob]\nexpect: ['amy, 1/3', 'bob, 1/3', 'carl, 0.333333333333333']"
    assert one(tmp_path, body, program).passed


def test_an_id_of_a_promo_code_goes_before_a_text(tmp_path: Path) -> None:
    program = PROGRAM.replace("id: 1,", "id: AMY,")
    assert one(tmp_path, "order: SAVE10\nclicks: [bob]\nexpect: bob by AMY", program).passed
    assert told(one(tmp_path, "order: AMY\nexpect: amy by AMY", program)) == ["promo_code: AMY / 2 ('AMY')"]


def test_a_text_that_several_promo_codes_have_is_any_of_them(tmp_path: Path) -> None:
    program = PROGRAM + "  - {id: 5, code: AMY, match_mode: LI, credit_rule: ALWAYS, partner_id: carl}\n"
    assert one(tmp_path, "order: AMY\nexpect: amy by AMY", program).passed


def test_texts_are_split_and_lists_are_not_in_one_run(tmp_path: Path) -> None:
    report = run(
        tmp_path,
        "  - {name: text, order: 'AMY,TEAM', expect: amy}\n  - {name: list, order: ['AMY,TEAM'], expect: nobody}\n",
        SPLIT,
    )
    assert told(report) == []


def test_customers_of_different_cases_are_strangers(tmp_path: Path) -> None:
    body = "  - {name: a, clicks: [amy], expect: amy}\n  - {name: b, expect: nobody}\n"
    assert told(run(tmp_path, body)) == []


def test_customers_of_one_case_may_share_clicks(tmp_path: Path) -> None:
    orders = "- {expect: amy}\n- {at: 1h after, expect: amy}\n- {customer: z, expect: nobody}\n"
    assert told(one(tmp_path, f"conversions:\n{orders}clicks: [amy]")) == []


def test_a_failing_case_is_explained_in_the_words_of_explain(tmp_path: Path) -> None:
    report = one(tmp_path, "order: {promo_code: SAVE10, id: A-7, customer: c}\nclicks: [bob, amy]\nexpect: bob")
    text = "\n".join(report.results[0].explanation)
    assert text.startswith("Conversion A-7 of 2026-03-01 12:00:00 UTC, customer c\nWITHHELD, NOT_WINNER: ")
    assert "Rule WINNER is not met: partner amy drove the last click." in text


def test_only_conversions_that_differ_are_explained(tmp_path: Path) -> None:
    report = one(tmp_path, "conversions:\n- {id: a, expect: nobody}\n- {id: b, expect: amy}\n- {id: c, expect: amy}")
    found = [line for line in report.results[0].explanation if line.startswith("Conversion ")]
    assert [line.split()[1] for line in found] == ["b", "c"]


def test_the_first_failures_are_explained_and_all_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "EXPLAINED", 2)
    report = run(tmp_path, "".join(f"  - {{name: '{number}', expect: amy}}\n" for number in range(4)))
    assert [bool(result.explanation) for result in report.results] == [True, True, False, False]
    assert len(told(report)) == 4


def test_cases_are_selected_by_a_part_of_their_names(tmp_path: Path) -> None:
    body = "  - {name: The last Click, expect: nobody}\n  - {name: a code, expect: amy}\n"
    report = run(tmp_path, body, select="LAST click")
    assert [result.case.name for result in report.results] == ["The last Click"]
    assert report.left_out == 1
    assert report.passed


def test_a_file_may_override_its_program(tmp_path: Path) -> None:
    head = "program: program.yaml\npreset: impact.com\nsettings: {lookback: 1d, uncredited: default}\n"
    cases = (
        "  - {name: case, order: amy, expect: amy}\n  - {name: window, clicks: [amy 2d before], expect: nobody}\n"
        "  - {name: unmet, order: SAVE10, clicks: [amy], expect: 'amy, RULE_NOT_MET'}\n"
    )
    path = write(tmp_path, head + HEAD.removeprefix("program: program.yaml\n") + cases)
    assert told(run_cases(path)) == []
    assert told(run_cases(path, settings={"lookback": "3d"})) == ["partner_id: nobody / amy"]
    assert told(run_cases(path, settings={"literal_case": "sensitive"})) == ["partner_id: amy / nobody"]


def test_promo_codes_without_a_partner_get_the_files(tmp_path: Path) -> None:
    program = PROGRAM.replace(", partner_id: amy", "")
    path = write(tmp_path, "partner_id: anna\n" + HEAD + "  - {name: it, order: AMY, expect: anna}\n", program)
    assert run_cases(path).passed
    assert told(run_cases(path, partner_id="berta")) == ["partner_id: anna / berta"]


def test_another_program_may_be_put_in_the_place_of_all(tmp_path: Path) -> None:
    path = write(tmp_path, HEAD + "  - {name: it, order: AMY, expect: amy}\n")
    other = tmp_path / "other.yaml"
    other.write_text(PROGRAM.replace("partner_id: amy", "partner_id: zoe"), encoding="utf-8")
    assert run_cases(path).passed
    assert told(run_cases(path, program=other)) == ["partner_id: amy / zoe"]
    assert told(run_cases(path, program=[str(other)])) == ["partner_id: amy / zoe"]


def test_files_may_name_different_programs(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    one_file = write(tmp_path, HEAD + "  - {name: it, order: AMY, expect: amy}\n")
    other = write(
        tmp_path / "b", HEAD + "  - {name: it, order: AMY, expect: zoe}\n", PROGRAM.replace("id: amy", "id: zoe")
    )
    report = run_cases([one_file, other])
    assert told(report) == []
    assert [result.case.file for result in report.results] == [str(one_file), str(other)]
    assert len(report.coverage) == 2


def changed(**fields: Any) -> Callable[..., Decision]:
    """`Engine.decide` that is wrong in these fields."""
    decide = Engine.decide
    return lambda *arguments: decide(*arguments)._replace(**fields)


@pytest.mark.parametrize(
    ("fields", "difference"),
    [
        ({"credits": ()}, "credits row 1, partner_id: amy / None"),
        ({"outcome": Outcome.LAST_CLICK}, "credits row 1, outcome: PROMO_CODE / LAST_CLICK"),
        ({"path_clicks": 9}, "credits row 1, path_clicks: 0 / 9"),
        ({"verdicts": ()}, "rows of verdicts: 1 / 0"),
    ],
)
@pytest.mark.parametrize("expect", ["amy", "bob"])
def test_evaluators_that_differ_are_no_fault_of_the_case(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fields: dict[str, Any], difference: str, expect: str
) -> None:
    monkeypatch.setattr(Engine, "decide", changed(**fields))
    report = one(tmp_path, f"order: AMY\nexpect: {expect}")
    assert outcome(report) == ["AT_ODDS"]
    assert not report.passed
    assert report.of(Status.AT_ODDS)[0].explanation == ()
    assert difference in told(report)


def test_a_wrong_verdict_is_a_difference_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    decide = Engine.decide

    def flipped(*arguments: Any) -> Decision:
        decision = decide(*arguments)
        return decision._replace(verdicts=tuple(verdict._replace(met=False) for verdict in decision.verdicts))

    monkeypatch.setattr(Engine, "decide", flipped)
    assert told(one(tmp_path, "order: AMY\nexpect: amy")) == ["verdicts row 1, met: True / False"]


def test_each_case_goes_through_both_evaluators(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    credit, decide = Engine.credit, Engine.decide
    monkeypatch.setattr(Engine, "credit", lambda *given, **more: asked.append("credit") or credit(*given, **more))
    monkeypatch.setattr(Engine, "decide", lambda *given: asked.append("decide") or decide(*given))
    run(tmp_path, "  - {name: a, expect: nobody}\n  - {name: b, expect: nobody}\n")
    assert asked == ["credit", "decide", "decide"]
