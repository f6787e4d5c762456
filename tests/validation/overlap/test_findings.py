"""What is said of overlaps: sentences, facts, and where there is silence."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import yaml

from attribution.program import Program
from attribution.validation.check import Check, Notice
from attribution.validation.checks import family
from attribution.validation.checks.overlap import overlap, overlap_undecided, shadowed
from attribution.validation.overlaps import LISTED
from attribution.validation.overlaps.judge import Judge
from attribution.validation.subject import Subject
from tests.validation.overlap.world import program

CHECKS = family("overlap")


def found(made: Program, *checks: Check) -> Iterator[tuple[str, Notice]]:
    subject = Subject(made, as_of=datetime(2026, 7, 1, tzinfo=UTC))
    return ((check.code, notice) for check in checks or CHECKS for notice in check.find(subject))


def read(text: str) -> Program:
    return Program.model_validate(yaml.safe_load(text))


def two(first: dict[str, Any], second: dict[str, Any], **settings: str) -> Program:
    """amy's SUMMER10, which precedes, and bob's SUMMER.*; both ALWAYS."""
    amy = {"id": "A1", "code": "SUMMER10", "match_mode": "LI", "partner_id": "amy"}
    bob = {"id": "B1", "code": "SUMMER.*", "partner_id": "bob"}
    return program([{**amy, **first}, {**bob, **second}], **settings)


RE = {"code": "SUMMER[0-9]+", "match_mode": "RE"}
BEGINNING = (
    "promo code 'B1' (SUMMER.*) of partner 'bob' overlaps with 'A1' (SUMMER10) of partner 'amy': "
    "used code 'SUMMER10' satisfies both"
)
PATTERNS = BEGINNING.replace("(SUMMER10)", "(SUMMER[0-9]+)").replace("'SUMMER10'", "'SUMMER0'")


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.slug)
def test_the_example_of_a_page_shows_its_check_and_no_other_of_the_family(check: Check) -> None:
    assert [code for code, _ in found(read(check.example))] == [check.code]
    assert not list(found(read(check.mended)))


@pytest.mark.parametrize(
    ("first", "second", "settings", "message"),
    [
        pytest.param(
            {}, {}, {}, f"{BEGINNING}, and 'A1' is paid, because a literal comes before a pattern", id="literal first"
        ),
        pytest.param(
            {**RE, "start_date": "2026-03-01"},
            {"start_date": "2026-02-01"},
            {},
            f"{PATTERNS} at 2026-03-01 00:00:00 UTC, and 'A1' is paid, because it starts later",
            id="later start",
        ),
        pytest.param(
            {**RE, "created_date": "2026-03-01"},
            {"end_date": "2026-02-01T12:00Z"},
            {},
            f"{PATTERNS} at 2026-02-01 12:00:00 UTC, and 'A1' is paid, because it was created later",
            id="later creation",
        ),
        pytest.param(RE, {}, {}, f"{PATTERNS}, and 'A1' is paid, because its id is smaller", id="smaller id"),
        pytest.param(
            {"credit_rule": "INVOLVED"},
            {},
            {},
            f"{BEGINNING}, and 'A1' is paid if its partner has a click in the click path, because a literal comes "
            "before a pattern, and otherwise 'B1'",
            id="the first one's rule may not be met",
        ),
        pytest.param(
            {"credit_rule": "WINNER"},
            {"credit_rule": "INVOLVED"},
            {},
            f"{BEGINNING}, and 'A1' is paid if its partner drove the last click, because a literal comes "
            "before a pattern, and otherwise 'B1' if its partner has a click in the click path",
            id="nor the second one's",
        ),
        pytest.param(
            {}, {}, {"resolution": "split"}, f"{BEGINNING}, and both partners are paid an equal share", id="split"
        ),
        pytest.param(
            {}, {"credit_rule": "WINNER"}, {"resolution": "each"},
            f"{BEGINNING}, and both partners are paid all of it, each if its rule is met", id="each",
        ),
    ],
)  # fmt: skip
def test_an_overlap_says_who_is_paid_and_why(
    first: dict[str, Any], second: dict[str, Any], settings: dict[str, str], message: str
) -> None:
    ((_, notice),) = found(two(first, second, **settings), overlap.CHECK)
    assert notice.message == message
    assert notice.promo_codes == (1, 0)


def test_an_overlap_tells_its_facts() -> None:
    ((_, notice),) = found(two({"end_date": "2026-03-01T12:00Z"}, {}), overlap.CHECK)
    assert notice.facts == {
        "used_code": "SUMMER10",
        "at": "2026-03-01T12:00:00Z",
        "first": "A1",
        "precedence": "match_mode",
        "resolution": "one",
        "rivals": [
            {"promo_code": "A1", "partner_id": "amy", "used_code": "SUMMER10", "at": "2026-03-01T12:00:00Z"}
        ],
        "rival_count": 1,
        "partner_count": 1,
    }  # fmt: skip
    assert notice.help == (
        "let the pattern of 'B1' match no used code of the other's such as 'SUMMER10', or let the one end before the "
        "other starts"
    )


def test_there_is_one_finding_for_a_promo_code_with_many_rivals() -> None:
    codes = [{"code": f"S{at:02}", "match_mode": "LI", "partner_id": f"p{at % 4}"} for at in range(12)]
    made = program([*codes, {"code": "S.*", "partner_id": "bob"}])
    ((_, notice),) = found(made, overlap.CHECK)
    assert notice.message.endswith(
        "because a literal comes before a pattern; it overlaps with 11 further promo codes of 4 partners, too"
    )
    assert len(notice.facts["rivals"]) == LISTED == len(notice.promo_codes) - 1
    assert (notice.facts["rival_count"], notice.facts["partner_count"]) == (12, 4)
    assert [rival["used_code"] for rival in notice.facts["rivals"]] == [f"S{at:02}" for at in range(10)]


def test_one_further_rival_is_counted_as_well() -> None:
    made = program([{"code": code, "match_mode": "LI"} for code in ("S1", "S2")] + [{"code": "S.*"}])
    ((_, notice),) = found(made, overlap.CHECK)
    assert notice.message.endswith("; it overlaps with 1 further promo code of 1 partner, too")


def test_a_code_that_a_partner_has_twice_is_dead_once() -> None:
    made = program([{"code": code, "partner_id": "amy"} for code in ("A.*", "^A.*$")])
    assert [(code, notice.promo_codes) for code, notice in found(made)] == [("O003", (1, 0))]


def test_equal_literals_are_told_to_belong_to_one_partner() -> None:
    made = program([{"code": "A", "match_mode": "LI"}, {"code": "A", "match_mode": "LI"}])
    ((_, notice),) = found(made)
    assert notice.help == "give the code to one partner only, or let the one end before the other starts"


@pytest.mark.parametrize(
    ("codes", "message"),
    [
        pytest.param(
            ["[A-Z]{2}", "(?=QZ)[A-Z]{2}"],
            "whether promo code '001' ((?=QZ)[A-Z]{2}) of partner 'p1' overlaps with '000' ([A-Z]{2}) of partner 'p0' "
            "is undecided: no automaton can express its pattern, and no used code that was tried satisfies both",
            id="the second is the cause",
        ),
        pytest.param(
            ["(?=QZ)[A-Z]{2}", "[A-Z]{2}", "[B-Z]{2}"],
            "whether promo code '000' ((?=QZ)[A-Z]{2}) of partner 'p0' overlaps with '001' ([A-Z]{2}) of partner 'p1' "
            "and 1 further promo code is undecided: no automaton can express its pattern, and no used code that was "
            "tried satisfies both",
            id="the first is the cause of all",
        ),
        pytest.param(
            ["A+", "A{4000}"],
            "whether promo code '001' (A{4000}) of partner 'p1' overlaps with '000' (A+) of partner 'p0' is undecided: "
            "the automata of their patterns would be too large",
            id="too large",
        ),
        pytest.param(
            ["A+", "(?:A|AA)+(?<!A)"],
            "whether promo code '001' ((?:A|AA)+(?<!A)) of partner 'p1' overlaps with '000' (A+) of partner 'p0' "
            "is undecided: no automaton can express its pattern, and no used code that was tried satisfies both",
            id="not regular",
        ),
    ],
)
def test_what_is_undecided_is_said_once_for_its_cause(codes: list[str], message: str) -> None:
    made = program([{"code": code, "credit_rule": "WINNER"} for code in codes])
    ((_, notice),) = found(made, overlap_undecided.CHECK)
    assert notice.message == message
    assert notice.facts["promo_code_count"] == len(codes) - 1


def test_an_overlap_that_regex_does_not_confirm_is_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Judge, "matches", lambda _, index, used_code: (index, used_code) != (0, "AB"))
    made = program([{"code": code, "credit_rule": "WINNER"} for code in (".*A.*", ".*B.*", ".*C.*")])
    assert [(code, notice.promo_codes) for code, notice in found(made)] == [("O001", (2, 0, 1)), ("O002", (1, 0))]


def test_a_dead_promo_code_of_one_partner_is_said_to_be_dead() -> None:
    made = two({"code": "SUM.*", "match_mode": "RE"}, {"partner_id": "amy"})
    ((code, notice),) = found(made)
    assert code == "O003"
    assert notice.message == (
        "promo code 'B1' (SUMMER.*) of partner 'amy' can never be paid: 'A1' (SUM.*) of the same partner matches all "
        "that it matches whenever it is active, and comes first, because its id is smaller"
    )
    assert notice.help == "remove 'B1', or let 'A1' match less"
    assert notice.facts == {"shadowed_by": "A1", "partner_id": "amy", "precedence": "id"}


def test_across_partners_a_dead_promo_code_is_an_overlap_first() -> None:
    made = two({"code": "SUM.*", "match_mode": "RE"}, {})
    first, second = found(made)
    assert (first[0], second[0]) == ("O001", "O003")
    assert second[1].message.startswith(
        "promo code 'B1' (SUMMER.*) of partner 'bob' can never be paid: 'A1' (SUM.*) of partner 'amy'"
    )


@pytest.mark.parametrize(
    ("first", "settings"),
    [
        pytest.param({"credit_rule": "INVOLVED"}, {}, id="the first may not be paid"),
        pytest.param({}, {"resolution": "split"}, id="both are paid"),
        pytest.param({"code": "SUMMER.*"}, {}, id="equal texts are an overlap and no more"),
    ],
)
def test_across_partners_there_is_no_dead_promo_code_where(first: dict[str, str], settings: dict[str, str]) -> None:
    made = two({"code": "SUM.*", "match_mode": "RE", **first}, {}, **settings)
    assert [code for code, _ in found(made)] == ["O001"]


def test_a_clean_program_has_no_findings() -> None:
    codes = [
        {"code": "SAVE", "match_mode": "LI", "program_id": "1", "partner_id": "amy"},
        {"code": "SAVE", "match_mode": "LI", "partner_id": "amy"},
        {"code": "SAVE[0-9]+", "end_date": "2026-01-31T23:59:59Z"},
        {"code": "SAVE.+", "start_date": "2026-02-01"},
        {"code": "AUTUMN", "match_mode": "LI", "end_date": "2026-01-31T23:59:59Z"},
        {"code": "AUTUMN.*", "start_date": "2026-02-01"},
        {"code": "SPRING", "match_mode": "LI", "start_date": "2026-02-01"},
        {"code": "SPRING.*", "end_date": "2026-01-31T23:59:59Z"},
        {"code": "WINTER.*", "program_id": "1"},
        {"code": "WINTER.*", "program_id": "2"},
        {"code": "save.*", "state": "ACTIVE"},
        {"code": "SAVE.*", "state": "EXPIRED"},
    ]
    assert not list(found(program(codes)))


def test_the_checks_are_in_order_and_name_their_modules() -> None:
    assert [check.code for check in CHECKS] == ["O001", "O002", "O003"]
    assert [check.slug for check in CHECKS] == ["overlap", "overlap-undecided", "shadowed"]
    assert CHECKS == (overlap.CHECK, overlap_undecided.CHECK, shadowed.CHECK)
