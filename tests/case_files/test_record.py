"""Recording: which conversions, what is kept of them, and files that somebody has changed."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from attribution import Engine, Program
from attribution.cases.case import CaseHead
from attribution.cases.case_record import Recording, record_cases
from attribution.cases.choose import choose
from attribution.cases.run import run_cases
from attribution.crediting.ledger import CreditResult
from attribution.events.event_errors import OutputError
from attribution.explaining.explain import NoSuchConversionError
from tests.case_files.shop import PROGRAM, outcome, told

CONVERSIONS = """\
conversion_id,event_time,customer_id,promo_code
o1,2026-03-01T12:00:00Z,anna,SAVE10
o2,2026-03-02T12:00:00Z,berta,SAVE10
o3,2026-03-03T12:00:00Z,anna,SAVE10
o4,2026-03-04T12:00:00Z,carla,
o5,2026-03-05T12:00:00Z,,AMY
o6,2026-03-06T12:00:00Z,dora,nothing
"""
CLICKS = """\
customer_id,partner_id,event_time,click_id
anna,bob,2026-02-28T12:00:00Z,k1
anna,amy,2026-03-02T12:00:00Z,k2
anna,carl,2026-03-03T12:00:01Z,k3
anna,old,2026-01-01T12:00:00Z,k4
berta,amy,2026-03-02T11:00:00Z,k6
berta,bob,2026-03-02T11:00:00Z,k5
dora,bob,2026-03-06T11:59:59.5Z,k7
stranger,bob,2026-03-01T11:00:00Z,k8
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A directory with a program and what happened."""
    for name, text in (("program.yaml", PROGRAM), ("conversions.csv", CONVERSIONS), ("clicks.csv", CLICKS)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def record(shop: Path, name: str = "recorded.yaml", head: CaseHead | None = None, **options: Any) -> Recording:
    head = head or CaseHead((str(shop / "program.yaml"),))
    return record_cases(shop / name, head, shop / "conversions.csv", shop / "clicks.csv", **options)


def names(shop: Path) -> list[str]:
    return [result.case.name for result in run_cases(shop / "recorded.yaml").results]


def test_a_recorded_file_is_short_and_in_the_grammar_of_hands(shop: Path) -> None:
    record(shop, which=None)
    first, *rest = (shop / "recorded.yaml").read_text(encoding="utf-8").splitlines()
    assert first.startswith("# Recorded by `attribution test --record`")
    assert "\n".join(rest) == """\
program: program.yaml
cases:
  - name: order o1
    order: SAVE10
    at: 2026-03-01 12:00Z
    clicks: [bob 1d before]
    expect: bob by SAVE10, RULE_WINNER
  - name: order o2
    order: SAVE10
    at: 2026-03-02 12:00Z
    clicks:
      - {partner_id: bob, at: 1h before, click_id: k5}
      - {partner_id: amy, at: 1h before, click_id: k6}
    expect: nobody by SAVE10, NOT_WINNER
  - name: order o3
    order: SAVE10
    at: 2026-03-03 12:00Z
    clicks: [bob 3d before, amy 1d before]
    expect: nobody by SAVE10, NOT_WINNER
  - name: order o4
    at: 2026-03-04 12:00Z
    expect: nobody, NO_CLICKS
  - name: order o5
    order: AMY
    at: 2026-03-05 12:00Z
    customer: null
    expect: amy by AMY, RULE_ALWAYS
  - name: order o6
    order: nothing
    at: 2026-03-06 12:00Z
    clicks: [bob 0.5s before]
    expect: bob, NO_CODE_MATCHED"""


def test_no_customer_is_named(shop: Path) -> None:
    record(shop, which=None)
    text = (shop / "recorded.yaml").read_text(encoding="utf-8")
    assert not [name for name in ("anna", "berta", "carla", "dora", "stranger") if name in text]


def test_what_is_recorded_passes_at_once(shop: Path) -> None:
    record(shop)
    assert set(outcome(run_cases(shop / "recorded.yaml"))) == {"PASSED"}


def test_a_change_of_the_program_is_caught(shop: Path) -> None:
    record(shop)
    (shop / "program.yaml").write_text(PROGRAM.replace("WINNER, partner_id: bob", "INVOLVED, partner_id: bob"))
    assert told(run_cases(shop / "recorded.yaml"))[0].startswith("reason: RULE_WINNER / RULE_INVOLVED")


def test_few_conversions_show_everything_that_occurs(shop: Path) -> None:
    found = record(shop)
    assert names(shop) == ["order o1", "order o2", "order o4", "order o5", "order o6"]
    assert (found.cases, found.things, found.shown) == (5, 8, 8)


def test_the_limit_holds_and_what_shows_most_goes_first(shop: Path) -> None:
    found = record(shop, which=2)
    assert names(shop) == ["order o1", "order o5"]
    assert (found.cases, found.things, found.shown) == (2, 8, 4)


def test_conversions_may_be_named(shop: Path) -> None:
    found = record(shop, which=["o3", "o1", "o3"])
    assert names(shop) == ["order o1", "order o3"]
    assert (found.cases, found.things, found.shown) == (2, 8, 4)


def test_a_conversion_that_is_not_there_is_refused(shop: Path) -> None:
    with pytest.raises(NoSuchConversionError, match="there is no conversion 'o7' among 6"):
        record(shop, which=["o1", "o7"])
    assert not (shop / "recorded.yaml").exists()


def test_bad_rows_are_left_out_and_counted(shop: Path) -> None:
    (shop / "conversions.csv").write_text(CONVERSIONS + "o7,soon,anna,SAVE10\n", encoding="utf-8")
    (shop / "clicks.csv").write_text(CLICKS + "anna,,2026-03-01T11:00:00Z,k9\n", encoding="utf-8")
    assert record(shop, which=None).rejected == 2
    assert "order o7" not in names(shop)
    assert set(outcome(run_cases(shop / "recorded.yaml"))) == {"PASSED"}


def test_a_table_without_conversions_leaves_nothing_to_record(shop: Path) -> None:
    (shop / "conversions.csv").write_text(CONVERSIONS.splitlines()[0] + "\n", encoding="utf-8")
    with pytest.raises(OutputError, match="there is no conversion to record"):
        record(shop)


def test_recording_again_gives_the_same_file(shop: Path) -> None:
    record(shop)
    first = (shop / "recorded.yaml").read_bytes()
    record(shop)
    assert (shop / "recorded.yaml").read_bytes() == first


def test_the_order_of_rows_does_not_matter(shop: Path) -> None:
    record(shop)
    first = (shop / "recorded.yaml").read_bytes()
    for name in ("conversions.csv", "clicks.csv"):
        head, *rows = (shop / name).read_text(encoding="utf-8").splitlines()
        (shop / name).write_text("\n".join([head, *reversed(rows), ""]), encoding="utf-8")
    record(shop)
    assert (shop / "recorded.yaml").read_bytes() == first


def test_what_was_written_by_hand_is_not_overwritten(shop: Path) -> None:
    mine = shop / "recorded.yaml"
    mine.write_text("# mine\ncases: []\n", encoding="utf-8")
    with pytest.raises(OutputError, match="is there and was not recorded; give another path, or --force"):
        record(shop)
    assert mine.read_text(encoding="utf-8") == "# mine\ncases: []\n"
    record(shop, force=True)
    assert outcome(run_cases(mine))[0] == "PASSED"


@pytest.mark.parametrize("change", ["x", "\n", "# a remark\n", "  - {name: mine, at: 2026-03-01, expect: nobody}\n"])
def test_what_was_changed_by_hand_is_not_overwritten(shop: Path, change: str) -> None:
    record(shop)
    mine = shop / "recorded.yaml"
    mine.write_text(mine.read_text(encoding="utf-8") + change, encoding="utf-8")
    with pytest.raises(OutputError, match="was changed since it was recorded"):
        record(shop)
    assert mine.read_text(encoding="utf-8").endswith(change)


def test_line_ends_that_a_checkout_changes_are_no_change_by_hand(shop: Path) -> None:
    record(shop)
    mine = shop / "recorded.yaml"
    mine.write_bytes(mine.read_bytes().replace(b"\n", b"\r\n"))
    record(shop)
    assert b"\r" not in mine.read_bytes()


@pytest.mark.parametrize("text", [b"\xff\xfe", b""], ids=["no text", "an empty file"])
def test_any_other_file_is_not_overwritten(shop: Path, text: bytes) -> None:
    (shop / "recorded.yaml").write_bytes(text)
    with pytest.raises(OutputError, match="was not recorded"):
        record(shop)


@pytest.mark.parametrize("name", ["program.yaml", "conversions.csv", "clicks.csv"])
def test_what_is_read_is_not_replaced_even_by_force(shop: Path, name: str) -> None:
    before = (shop / name).read_bytes()
    with pytest.raises(OutputError, match="is read, and would be replaced by cases"):
        record(shop, name, force=True)
    assert (shop / name).read_bytes() == before


def test_a_place_that_cannot_be_written_is_named(shop: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        record(shop, "nowhere/recorded.yaml")


def test_nothing_else_is_left_in_the_directory(shop: Path) -> None:
    before = {path.name for path in shop.iterdir()}
    record(shop)
    assert {path.name for path in shop.iterdir()} - before == {"recorded.yaml"}


def test_the_file_finds_its_program_from_where_it_is(shop: Path) -> None:
    (shop / "nets").mkdir()
    record(shop, "nets/recorded.yaml")
    assert "program: ../program.yaml\n" in (shop / "nets" / "recorded.yaml").read_text(encoding="utf-8")
    assert run_cases(shop / "nets" / "recorded.yaml").passed


def test_the_options_of_the_program_are_recorded_with_it(shop: Path) -> None:
    settings = (("lookback", "1d"), ("uncredited", "default"))
    record(shop, head=CaseHead((str(shop / "program.yaml"),), None, "impact.com", settings), which=None)
    text = (shop / "recorded.yaml").read_text(encoding="utf-8")
    assert "preset: impact.com\nsettings: {lookback: 1d, uncredited: default}\n" in text
    assert "clicks: [bob 3d before, amy 1d before]" not in text
    assert run_cases(shop / "recorded.yaml").passed


def test_columns_may_have_other_names(shop: Path) -> None:
    (shop / "clicks.csv").write_text(CLICKS.replace("partner_id", "Publisher"), encoding="utf-8")
    (shop / "conversions.csv").write_text(CONVERSIONS.replace("promo_code", "Voucher"), encoding="utf-8")
    record(shop, columns={"clicks.partner_id": "Publisher", "conversions.promo_code": "Voucher"})
    assert "bob by SAVE10" in (shop / "recorded.yaml").read_text(encoding="utf-8")


def test_a_guest_who_carries_a_path_keeps_it(shop: Path) -> None:
    path = [{"partner_id": "bob", "event_time": datetime(2026, 3, 1, 11, tzinfo=UTC)}]
    order = {"conversion_id": "g", "event_time": datetime(2026, 3, 1, 12, tzinfo=UTC), "promo_code": "SAVE10"}
    head, file = CaseHead((str(shop / "program.yaml"),)), shop / "recorded.yaml"
    record_cases(file, head, pl.DataFrame([{**order, "click_path": path}]))
    assert "    clicks: [bob 1h before]\n    expect: bob by SAVE10" in file.read_text(encoding="utf-8")
    assert run_cases(file).passed


@pytest.mark.parametrize(
    ("codes", "order"),
    [(["AMY"], "AMY"), (["AMY,TEAM"], "['AMY,TEAM']"), (["AMY", None, "TEAM"], "[AMY, TEAM]"), ([" "], None)],
)
def test_a_list_of_codes_stays_one_where_a_text_would_be_split(shop: Path, codes: list[str], order: str | None) -> None:
    row = {"conversion_id": "g", "event_time": datetime(2026, 3, 1, 12, tzinfo=UTC), "promo_code": codes}
    head = CaseHead((str(shop / "program.yaml"),), settings=(("code_separator", ","),))
    record_cases(shop / "recorded.yaml", head, pl.DataFrame([row]))
    text = (shop / "recorded.yaml").read_text(encoding="utf-8")
    assert f"\n    order: {order}\n" in text or (order is None and "order:" not in text)
    assert run_cases(shop / "recorded.yaml").passed


def credited(*used_codes: str | None) -> CreditResult:
    """Orders 1, 2, ... with these codes, under a program whose codes are the letters a to g."""
    plain = {"match_mode": "LI", "credit_rule": "ALWAYS", "partner_id": "p"}
    codes = [{"id": letter, "code": letter, **plain} for letter in "abcdefg"]
    engine = Engine(Program.model_validate({"settings": {"code_separator": ","}, "promo_codes": codes}))
    ids = [str(number) for number in range(1, len(used_codes) + 1)]
    return engine.credit(pl.DataFrame({"conversion_id": ids, "event_time": "2026-03-01", "promo_code": used_codes}))


def test_the_conversion_that_shows_most_is_taken_first() -> None:
    result = credited("a", "a,b", "c", "c,b", "a,b,c", None)
    assert choose(result, 100).conversion_ids == ("5", "6")
    assert choose(result, 1).conversion_ids == ("5",)
    assert choose(result, None).conversion_ids == tuple("123456")


def test_what_was_shown_already_adds_nothing() -> None:
    found = choose(credited("a,b,e", "a,b,c,d", "f,g"), 2)
    assert found.conversion_ids == ("2", "3")
    assert (found.things, found.shown) == (8, 7)
