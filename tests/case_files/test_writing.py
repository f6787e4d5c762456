"""Texts that come back from YAML, and what a recorded case looks like."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution import Click, Conversion, Program
from attribution.cases.case import CaseHead
from attribution.cases.case_writing import cases_text, scalar
from attribution.cases.nodes import Report, root_node, text_of
from attribution.cases.real_conversions import RealCase
from tests.case_files.shop import read, write

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

ODD = [
    "SAVE10", "007", "1E10", "true", "on", "NO", "null", "~", "", " ", " SAVE", "SAVE ", "a: b", "a:", ":a", "a #b",
    "#a", "a, b", "[a]", "{a}", "- a", "-", "?", "? a", "*a", "&a", "!a", "|", ">", "%a", "@a", "`a", "'", "''", '"',
    'a"b', "\\", "\\n", "\n", "a\nb", "\t", "a\tb", "\r", "\x00", "\x1b", "\x7f", "\x85", "\xa0", "é", "ẞ", "Ω",
    "\u200b", "\u2028", "\ufeff", "\U0001f600", "\U000e0001", "...", "---", "--- a", "=", "<<", "2026-03-01", "12:30",
    "a:b", "^(?i)(SUMMER).*", "TRAIL-[A-Z]{4}\\d{2}", "nobody", "C:\\x", "a  b", "100%", "a,b", "\ufffe", "\ud7ff",
    "yes", ".5", ".", "a:,b",
]  # fmt: skip


def back(text: str) -> str | None:
    """What is read of a scalar alone, checked to be read the same in a list."""
    report = Report("text")
    document = f"alone: {scalar(text)}\nlist: [{scalar(text, in_list=True)}, {{key: {scalar(text, in_list=True)}}}]\n"
    root = root_node(document, report)
    assert root is not None, (document, report.problems)
    (_, alone), (_, listed) = root.value
    item, mapping = listed.value
    found = [text_of(node, "text", report) for node in (alone, item, mapping.value[0][1])]
    assert found == [found[0]] * 3
    return found[0]


@pytest.mark.parametrize("text", ODD, ids=ascii)
def test_an_odd_text_comes_back(text: str) -> None:
    assert back(text) == text


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=12))
def test_any_text_comes_back(text: str) -> None:
    assert back(text) == text


@given(st.text(st.sampled_from(list(" :,#[]{}-?&*!|>'\"%@`\\\n\t~^.a0")), max_size=8))
def test_any_text_of_signs_comes_back(text: str) -> None:
    assert back(text) == text


def test_plain_texts_stay_plain() -> None:
    assert [scalar(text) for text in ("SAVE10", "007", "bob by A, WINNER", "2026-03-01 12:00Z")] == [
        "SAVE10", "007", "bob by A, WINNER", "2026-03-01 12:00Z",
    ]  # fmt: skip
    assert scalar(None) == "null"


def program(*codes: tuple[str, str], **settings: Any) -> Program:
    """A program with these ids and texts."""
    plain = {"match_mode": "LI", "credit_rule": "ALWAYS", "partner_id": "p"}
    promo_codes = [{"id": ident, "code": text, **plain} for ident, text in codes or [("1", "SAVE")]]
    return Program.model_validate({"settings": settings, "promo_codes": promo_codes})


def credit(**given: Any) -> dict[str, Any]:
    row = {"partner_id": "p", "promo_code_id": "1", "reason": "RULE_ALWAYS", "share": 1.0}
    return row | given


def lines(*real: RealCase, on: Program | None = None, head: CaseHead | None = None) -> list[str]:
    return cases_text(head or CaseHead(("p.yaml",)), on or program(), real).splitlines()


def real(*clicks: Click, credits: Any = None, **order: Any) -> RealCase:
    given = {"conversion_id": "A", "event_time": NOON, "customer_id": "1", "promo_code": "SAVE"} | order
    return RealCase(Conversion(**given), clicks, tuple(credits or [credit()]))


def test_a_case_is_a_few_short_lines() -> None:
    click = Click(NOON.replace(hour=10, minute=30), "amy", "1")
    assert lines(real(click)) == [
        "program: p.yaml",
        "cases:",
        "  - name: order A",
        "    order: SAVE",
        "    at: 2026-03-01 12:00Z",
        "    clicks: [amy 1h30m before]",
        "    expect: p by SAVE, RULE_ALWAYS",
    ]


def test_what_an_order_lacks_is_left_out() -> None:
    nobody = credit(partner_id=None, promo_code_id=None, share=0.0)
    found = lines(real(promo_code=None, customer_id=None, credits=[nobody]))
    assert found[3:] == ["    at: 2026-03-01 12:00Z", "    customer: null", "    expect: nobody, RULE_ALWAYS"]


@pytest.mark.parametrize(
    ("click", "text"),
    [
        (Click(NOON, "amy"), "[amy at the same time]"),
        (Click(NOON, "a,b"), "['a,b at the same time']"),
        (Click(NOON, "nobody"), "[nobody at the same time]"),
        (Click(NOON, "my partner"), "\n      - {partner_id: my partner, at: at the same time}"),
        (Click(NOON, "a\u00a0b"), '\n      - {partner_id: "a\\xa0b", at: at the same time}'),
        (Click(NOON, "amy", "1", "k"), "\n      - {partner_id: amy, at: at the same time, click_id: k}"),
        (Click(NOON, "amy", "1", None, "7"), "\n      - {partner_id: amy, at: at the same time, program_id: 7}"),
    ],
)
def test_a_click_is_short_where_that_says_it_all(click: Click, text: str) -> None:
    assert f"    clicks: {text}".replace(": \n", ":\n") in "\n".join(lines(real(click)))


def test_many_clicks_go_below_each_other() -> None:
    found = lines(real(*[Click(NOON, f"partner-{number}") for number in range(9)]))
    assert "    clicks:" in found
    assert "      - partner-8 at the same time" in found
    assert max(map(len, found)) <= 120


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ({}, "p by SAVE, RULE_ALWAYS"),
        ({"share": 0.5}, "p by SAVE, RULE_ALWAYS, 1/2"),
        ({"share": 1 / 3}, "p by SAVE, RULE_ALWAYS, 1/3"),
        ({"partner_id": None, "share": 0.0}, "nobody by SAVE, RULE_ALWAYS"),
        ({"promo_code_id": None}, "p, RULE_ALWAYS"),
        ({"partner_id": "nobody"}, "{partner_id: nobody, promo_code: SAVE, reason: RULE_ALWAYS}"),
        ({"partner_id": "WINNER"}, "{partner_id: WINNER, promo_code: SAVE, reason: RULE_ALWAYS}"),
        ({"partner_id": "a b"}, "{partner_id: a b, promo_code: SAVE, reason: RULE_ALWAYS}"),
        ({"partner_id": "a,b", "share": 0.5}, "{partner_id: 'a,b', promo_code: SAVE, reason: RULE_ALWAYS, share: 1/2}"),
        ({"partner_id": "a b", "promo_code_id": None}, "{partner_id: a b, promo_code: null, reason: RULE_ALWAYS}"),
    ],
    ids=str,
)
def test_what_is_expected_is_short_where_that_says_it_all(row: dict[str, Any], text: str) -> None:
    assert lines(real(credits=[credit(**row)]))[-1] == f"    expect: {text}"


def test_several_credits_are_a_list() -> None:
    found = lines(real(credits=[credit(share=1.0), credit(partner_id="q", share=1.0)]))
    assert found[-2:] == ["      - p by SAVE, RULE_ALWAYS, 1", "      - q by SAVE, RULE_ALWAYS, 1"]
    found = lines(real(credits=[credit(share=0.5), credit(partner_id="q", share=0.5)]))
    assert found[-3:] == ["    expect:", "      - p by SAVE, RULE_ALWAYS, 1/2", "      - q by SAVE, RULE_ALWAYS, 1/2"]


@pytest.mark.parametrize(
    ("codes", "name"),
    [
        ([("1", "SAVE")], "SAVE"),
        ([("1", "SAVE"), ("2", "SAVE")], "1"),
        ([("1", "SAVE"), ("SAVE", "OTHER")], "1"),
        ([("1", "1")], "1"),
        ([("1", "A,B")], "1"),
        ([("1", "A B")], "1"),
        ([("1", "ALWAYS")], "1"),
        ([("1", "A\u200b")], "1"),
        ([("1", "A" * 41)], "1"),
        ([("1", "A" * 40)], "A" * 40),
    ],
    ids=str,
)
def test_a_promo_code_goes_by_its_text_where_that_is_its_own(codes: list[tuple[str, str]], name: str) -> None:
    assert lines(real(), on=program(*codes))[-1] == f"    expect: p by {name}, RULE_ALWAYS"


def test_a_program_that_all_orders_name_is_said_once() -> None:
    assert lines(real(program_id="7"), real(program_id="7"))[1] == "defaults: {program_id: 7}"
    found = lines(real(program_id="7"), real(program_id="8"))
    assert found[1:2] + [line for line in found if "program_id" in line] == [
        "cases:", "    program_id: 7", "    program_id: 8",
    ]  # fmt: skip
    found = lines(real(program_id="7"), real())
    assert found.count("    program_id: 7") == 1
    assert not any("defaults" in line for line in found)


def test_the_head_says_how_the_program_is_loaded(tmp_path: Path) -> None:
    head = CaseHead(("a b.json", "c, d.json"), "007", "impact.com", (("lookback", "14d"), ("code_separator", None)))
    found = lines(real(), head=head)
    assert found[:4] == [
        "program: [a b.json, 'c, d.json']",
        "partner_id: 007",
        "preset: impact.com",
        "settings: {lookback: 14d, code_separator: null}",
    ]
    (tmp_path / "a b.json").write_text("{}", encoding="utf-8")
    path = write(tmp_path, "\n".join(lines(real(), head=CaseHead(("program.yaml",), settings=(("lookback", "1d"),)))))
    assert read(path).head.settings == (("lookback", "1d"),)
