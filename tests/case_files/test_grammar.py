"""What a case says: its orders, its clicks, and what they take over from the case and the file."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from attribution import Click, Conversion
from tests.case_files.shop import PROGRAM, a_case, read, write

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


def order(directory: Path, body: str) -> Conversion:
    (found,) = a_case(directory, f"{body}\nexpect: nobody").orders
    return found.conversion


def clicks(directory: Path, body: str) -> tuple[Click, ...]:
    return a_case(directory, f"{body}\nexpect: nobody").clicks


def test_a_text_is_the_promo_code_of_the_one_order(tmp_path: Path) -> None:
    assert order(tmp_path, "order: SAVE10") == Conversion("1", NOON, "1", "SAVE10")


@pytest.mark.parametrize("text", ["007", "1E10", "true", "on", "NO", "0x1F", "12:30", "2026-03-01", "1_000", ".inf"])
def test_codes_and_ids_are_the_text_that_is_written(tmp_path: Path, text: str) -> None:
    assert order(tmp_path, f"order: {text}").promo_code == text
    assert order(tmp_path, f"order: {{promo_code: {text}, program_id: {text}, customer: {text}}}") == Conversion(
        "1", NOON, text, text, program_id=text
    )
    assert clicks(tmp_path, f"clicks: [{text} 1d before]")[0].partner_id == text


@pytest.mark.parametrize("body", ["", "order: null", "order: ~", "order: {}", "order: {promo_code: null}"])
def test_an_order_may_have_no_promo_code(tmp_path: Path, body: str) -> None:
    assert order(tmp_path, body).promo_code is None


def test_a_quoted_null_is_a_promo_code(tmp_path: Path) -> None:
    assert order(tmp_path, "order: 'null'").promo_code == "null"
    assert order(tmp_path, 'order: "~"').promo_code == "~"


def test_a_list_has_several_promo_codes(tmp_path: Path) -> None:
    assert order(tmp_path, "order: [SAVE10, 007, null]").promo_code == ["SAVE10", "007", None]
    assert order(tmp_path, "order: {promo_code: [SAVE10]}").promo_code == ["SAVE10"]


def test_the_long_form_has_everything_of_a_conversion(tmp_path: Path) -> None:
    body = "order: {promo_code: X, at: 2026-01-01, customer: c, amount: 12.50, currency: EUR, program_id: 7, id: A-1}"
    expected = Conversion("A-1", NOON.replace(month=1, hour=0), "c", "X", "12.50", "EUR", "7")
    assert order(tmp_path, body) == expected


def test_names_of_columns_are_understood_too(tmp_path: Path) -> None:
    body = "order: {conversion_id: A, event_time: 2026-01-01, customer_id: c}\n"
    assert order(tmp_path, body) == Conversion("A", NOON.replace(month=1, hour=0), "c")
    (click,) = clicks(tmp_path, "clicks: {partner: amy, event_time: 1d before, customer_id: d, id: k}")
    assert click == Click(NOON - DAY, "amy", "d", "k")


def test_a_case_has_a_time_before_the_file_has_one(tmp_path: Path) -> None:
    assert order(tmp_path, "at: 2026-04-01").event_time == datetime(2026, 4, 1, tzinfo=UTC)
    assert order(tmp_path, "at: 1d after").event_time == NOON + DAY
    assert order(tmp_path, "at: 1d after\norder: {at: 1d after}").event_time == NOON + 2 * DAY


def test_a_guest_has_no_customer_and_neither_have_the_clicks(tmp_path: Path) -> None:
    case = a_case(tmp_path, "customer: null\nclicks: [amy]\nexpect: nobody")
    assert case.orders[0].conversion.customer_id is None
    assert case.clicks[0].customer_id is None


def test_clicks_are_of_the_orders_customer_unless_they_say_otherwise(tmp_path: Path) -> None:
    body = "order: {customer: anna}\nclicks: [amy 1d before, {partner: bob, at: 1d before, customer: berta}]"
    assert [click.customer_id for click in clicks(tmp_path, body)] == ["anna", "berta"]
    (nobody,) = clicks(tmp_path, "clicks: {partner: bob, at: 1d before, customer: null}")
    assert nobody.customer_id is None


@pytest.mark.parametrize(
    ("when", "at"),
    [
        ("2d before", NOON - 2 * DAY),
        ("10s after", NOON + 10 * SECOND),
        ("at the same time", NOON),
        ("2026-02-01 10:30", datetime(2026, 2, 1, 10, 30, tzinfo=UTC)),
        ("2026-02-01T10:30:00+01:00", datetime(2026, 2, 1, 9, 30, tzinfo=UTC)),
    ],
)
def test_a_click_is_a_partner_and_a_time(tmp_path: Path, when: str, at: datetime) -> None:
    assert clicks(tmp_path, f"clicks: amy {when}") == (Click(at, "amy", "1"),)
    assert clicks(tmp_path, f"clicks:\n  - {{partner_id: my partner, at: {when}}}") == (Click(at, "my partner", "1"),)


def test_clicks_count_from_the_order(tmp_path: Path) -> None:
    (click,) = clicks(tmp_path, "order: {at: 2026-04-02}\nclicks: [amy 1d before]")
    assert click.event_time == datetime(2026, 4, 1, tzinfo=UTC)


def test_clicks_without_times_come_in_their_order_just_before(tmp_path: Path) -> None:
    found = clicks(tmp_path, "clicks: [amy, {partner: bob}, amy]")
    assert [(click.partner_id, NOON - click.event_time) for click in found] == [
        ("amy", 3 * SECOND), ("bob", 2 * SECOND), ("amy", SECOND),
    ]  # fmt: skip


def test_a_program_of_the_case_is_that_of_its_orders_and_not_of_its_clicks(tmp_path: Path) -> None:
    case = a_case(tmp_path, "program_id: 7\nclicks: [amy]\nexpect: nobody")
    assert case.orders[0].conversion.program_id == "7"
    assert case.clicks[0].program_id is None


def test_several_conversions_have_times_and_credits_of_their_own(tmp_path: Path) -> None:
    case = a_case(
        tmp_path,
        "conversions:\n"
        "  - {promo_code: SAVE10, expect: bob}\n"
        "  - {promo_code: AMY, at: 2d after, id: second, customer: c, expect: [amy by AMY, bob]}\n"
        "clicks: [bob 1d before]",
    )
    first, second = case.orders
    assert first.conversion == Conversion("1", NOON, "1", "SAVE10")
    assert second.conversion == Conversion("second", NOON + 2 * DAY, "c", "AMY")
    assert [len(first.expected), len(second.expected)] == [1, 2]
    assert case.clicks == (Click(NOON - DAY, "bob", "1"),)


def test_partners_may_have_names_of_their_own(tmp_path: Path) -> None:
    text = (
        "program: program.yaml\npartners: {robert: bob, Amy A: amy, carl: carl}\ncases:\n"
        "  - name: it\n    at: 2026-03-01\n    clicks: [robert, {partner: Amy A}, carl]\n"
        "    expect: {partner: robert, winner: Amy A}\n"
    )
    (case,) = read(write(tmp_path, text)).cases
    assert [click.partner_id for click in case.clicks] == ["bob", "amy", "carl"]
    assert dict(case.orders[0].expected[0].fields) == {"partner_id": "bob", "winner_partner_id": "amy"}


def test_names_of_partners_are_known_in_the_short_form_too(tmp_path: Path) -> None:
    text = (
        "program: program.yaml\npartners: {robert: bob}\ndefaults: {at: 2026-03-01}\ncases:\n"
        "  - {name: it, order: SAVE10, clicks: [robert], expect: robert by SAVE10}\n"
    )
    (case,) = read(write(tmp_path, text)).cases
    assert dict(case.orders[0].expected[0].fields) == {"partner_id": "bob", "promo_code": "SAVE10"}


def test_local_times_are_those_of_the_program(tmp_path: Path) -> None:
    program = "settings: {timezone: Europe/Berlin}\n" + PROGRAM
    assert a_case(tmp_path, "expect: nobody", program).orders[0].conversion.event_time == NOON.replace(hour=11)


def test_anchors_and_merges_of_yaml_work(tmp_path: Path) -> None:
    text = (
        "program: program.yaml\ncases:\n"
        "  - &first\n    name: it\n    at: 2026-03-01\n    order: SAVE10\n"
        "    clicks: &two [amy, bob]\n    expect: bob\n"
        "  - <<: *first\n    name: the other\n    order: AMY\n    clicks: *two\n"
    )
    one, other = read(write(tmp_path, text)).cases
    assert (one.name, other.name) == ("it", "the other")
    assert (one.orders[0].conversion.promo_code, other.orders[0].conversion.promo_code) == ("SAVE10", "AMY")
    assert one.clicks == other.clicks


def test_a_program_is_found_from_the_file_of_cases(tmp_path: Path) -> None:
    place = tmp_path / "cases"
    place.mkdir()
    write(tmp_path, "")
    (place / "my.yaml").write_text(
        "program: [../program.yaml]\ncases: [{name: it, at: 2026-03-01, expect: nobody}]\n", encoding="utf-8"
    )
    file = read(place / "my.yaml")
    assert file.head.programs == (str(tmp_path / "program.yaml"),)
    assert len(file.program.promo_codes) == 4
