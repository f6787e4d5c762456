"""What the checks that look at data say, and when they say nothing."""

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl
import pytest
import yaml

from attribution.program import Program
from attribution.terms import Outcome
from attribution.validation.check import Check, Notice
from attribution.validation.checks import family
from attribution.validation.checks.usage import never_paid, never_used
from attribution.validation.checks.usage.usage_wording import conversions_of, listed, shortened
from attribution.validation.finding import Severity
from attribution.validation.subject import Subject
from attribution.validation.usage import Usage, read_usage
from tests.oracle import Row
from tests.validation.usage.test_usage import clicks, orders, program

CHECKS = family("usage")

T = datetime(2026, 5, 20, 12, tzinfo=UTC)
BY_CODE = {check.code: check for check in CHECKS}


def notices(check: str, rules: Program, data: Any = None, log: Any = None) -> list[Notice]:
    usage = read_usage(rules, data, log, {})
    return list(BY_CODE[check].find(Subject(rules, as_of=T, usage=usage)))


def message(check: str, rules: Program, data: Any = None, log: Any = None) -> str:
    (notice,) = notices(check, rules, data, log)
    return notice.message


def table(text: str) -> pl.DataFrame | None:
    return pl.read_csv(io.StringIO(text), infer_schema=False) if text else None


def fired(text: str, conversions: str, log: str) -> set[str]:
    rules = Program.model_validate(yaml.safe_load(text))
    return {other.code for other in CHECKS if notices(other.code, rules, table(conversions), table(log))}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.slug)
def test_a_page_shows_its_check_alone_and_how_to_mend_it(check: Check) -> None:
    assert fired(check.example, check.conversions, check.clicks) == {check.code}
    assert fired(check.mended, check.mended_conversions or check.conversions, check.clicks) == set()
    assert max(map(len, check.why.splitlines())) <= 100


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.slug)
@pytest.mark.parametrize("usage", [None, Usage()], ids=["no data", "empty data"])
def test_without_data_there_is_nothing_to_say(check: Check, usage: Usage | None) -> None:
    assert list(check.find(Subject(program(), as_of=T, usage=usage))) == []


def test_a_promo_code_that_nobody_used_is_named_with_the_period() -> None:
    rules = program({"code": "IDLE"}, {"id": "used"})
    data = orders({}, {"event_time": T + timedelta(days=3)})
    assert message("U001", rules, data) == (
        "promo code 'k' (IDLE) did not match any of the 2 conversions placed while it was active, "
        "2026-05-20 to 2026-05-23"
    )
    assert message("U001", rules, orders({})) == (
        "promo code 'k' (IDLE) did not match the only conversion placed while it was active, on 2026-05-20"
    )


def test_a_promo_code_that_customers_misspell_is_unused_for_that_reason() -> None:
    (notice,) = notices("U001", program(), orders({"promo_code": "save"}))
    assert (notice.facts["nearly_matched"], notice.help.split(":")[0]) == (True, "see nearly-matched")


@pytest.mark.parametrize(
    ("size", "findings"),
    [pytest.param(never_used.BATCH, 19, id="not yet a batch"), pytest.param(never_used.BATCH + 1, 1, id="a batch")],
)
def test_a_batch_of_single_use_codes_is_one_finding(size: int, findings: int) -> None:
    rules = program(*({"id": f"{number:02}", "code": f"X{number:02}"} for number in range(size)))
    found = notices("U001", rules, orders({"promo_code": "X03"}))
    assert len(found) == findings
    if findings == 1:
        assert found[0].message == (
            "20 of the 21 promo codes of partner 'owner' matched no conversion placed while they were active, "
            "on 2026-05-20: '00' (X00), '01' (X01), '02' (X02) and 17 more"
        )
        assert found[0].promo_codes == (), "an allowance for one promo code does not silence the others"
        assert "03" not in found[0].facts["promo_codes"]
        assert len(found[0].facts["promo_codes"]) == 20


def test_near_uses_are_named_with_their_money_and_the_way_out() -> None:
    data = orders(
        {"promo_code": "save10", "amount": "1200.5", "currency": "USD"},
        {"promo_code": "save10", "amount": "3", "currency": "EUR"},
        {"promo_code": "SAVE1O", "amount": None, "currency": "EUR"},
        {"promo_code": "S A V E 1 0", "amount": "7.125", "currency": None},
        {"promo_code": "saveIO", "amount": "1", "currency": None},
    )
    (notice,) = notices("U002", program({"code": "SAVE10"}), data)
    assert notice.message == (
        "5 conversions (3.00 EUR, 1,200.50 USD and 8.125 without a currency; 1 without an amount) used what nearly "
        "matches promo code 'k' (SAVE10) and matches nothing: 'save10' (2 conversions, in other letter case), "
        "'S A V E 1 0' (1 conversion, white space inside), 'SAVE1O' (1 conversion, with characters that look alike) "
        "and 1 more"
    )
    assert notice.help == "set literal_case to insensitive if letter case should not matter"
    assert notice.facts["money"] == [
        {"currency": "EUR", "amount": "3.00"},
        {"currency": "USD", "amount": "1200.50"},
        {"currency": None, "amount": "8.125"},
    ]
    assert notice.facts["used_codes"][0] == {"used_code": "save10", "differences": ["CASE"], "conversions": 2}


@pytest.mark.parametrize(
    ("used_code", "fields", "severity", "way_out"),
    [
        pytest.param("SAVERS", {"code": "SAVERZ"}, "info", "add a promo code for the spelling", id="a typo"),
        pytest.param("XSAVE", {"match_mode": "RE"}, "info", "add .* where more may follow", id="a part"),
        pytest.param("save", {"match_mode": "RE"}, None, "begin the pattern with (?i)", id="case of a pattern"),
        pytest.param("SAVE", {"end_date": T - timedelta(1)}, None, "move its end_date", id="ended"),
        pytest.param("SAVE", {"start_date": T + timedelta(1)}, None, "move its start_date", id="not yet"),
        pytest.param("SAVE", {"state": "EXPIRED"}, None, "give the date", id="a state without its date"),
    ],
)
def test_the_way_out_depends_on_what_keeps_them_apart(
    used_code: str, fields: Row, severity: str | None, way_out: str
) -> None:
    (notice,) = notices("U002", program(fields), orders({"promo_code": used_code}))
    assert (notice.severity, notice.help[: len(way_out)]) == (severity and Severity(severity), way_out)


def test_one_sure_sign_makes_a_warning_of_uses_that_may_be_codes_of_their_own() -> None:
    (notice,) = notices("U002", program({"code": "SAVER"}), orders({"promo_code": "SAVES"}, {"promo_code": "saver"}))
    assert notice.severity is None


def test_a_promo_code_whose_pattern_takes_too_long_is_not_called_unused() -> None:
    rules = program({"match_mode": "RE", "code": "(?:a|a)+(?=c)."})
    assert notices("U001", rules, orders({"promo_code": "a" * 40 + "b"})) == []
    assert len(notices("U001", rules, orders({"promo_code": "b"}))) == 1


def test_what_ended_is_said_with_its_date() -> None:
    rules = program({"end_date": "2026-04-30T23:59:59Z"})
    assert message("U002", rules, orders({})).endswith("'SAVE' (1 conversion, after it ended on 2026-04-30)")


def test_days_are_those_of_the_programs_time_zone() -> None:
    rules = program({"end_date": "2026-04-30"}, timezone="America/New_York")
    assert message("U002", rules, orders({})).endswith("after it ended on 2026-04-30)")
    idle = program({"code": "IDLE"}, timezone="America/New_York")
    assert message("U001", idle, orders({"event_time": datetime(2026, 5, 20, 2, tzinfo=UTC)})).endswith("on 2026-05-19")


@pytest.mark.parametrize(("timezone", "end"), [("Asia/Tokyo", datetime.max), ("America/New_York", datetime.min)])
def test_the_first_and_the_last_day_are_days_anywhere(timezone: str, end: datetime) -> None:
    idle = program({"code": "IDLE"}, timezone=timezone)
    assert message("U001", idle, orders({"event_time": end.replace(tzinfo=UTC)})).endswith(f"on {end:%Y-%m-%d}")


def test_promo_codes_with_the_most_near_uses_come_first() -> None:
    rules = program({"id": "one", "code": "SAVE"}, {"id": "two", "code": "GIFT"})
    found = notices("U002", rules, orders(*({"promo_code": used_code} for used_code in ("save", "gift", "Gift"))))
    assert [notice.promo_codes for notice in found] == [(1,), (0,)]


def test_a_partner_without_clicks_is_named_with_what_it_lost() -> None:
    rules = program({"id": "a"}, {"id": "b", "code": "GIFT", "credit_rule": "WINNER"}, {"id": "c", "code": "IDLE"})
    data = orders({"promo_code": "GIFT", "amount": "5"}, {"promo_code": "SAVE", "amount": "7"})
    (notice,) = notices("U003", rules, data, clicks({"partner_id": "other"}, {"partner_id": "other"}))
    assert notice.message == (
        "partner 'owner' has no click among 2 clicks, so its promo codes 'a' (SAVE), 'b' (GIFT) and 'c' (IDLE), with a "
        "rule that needs one, can never pay; 2 conversions (12.00 without a currency) used them, without credit for "
        "the partner"
    )
    assert (notice.severity, notice.promo_codes) == (None, (0, 1, 2))


def test_the_promo_codes_of_a_partner_without_clicks_are_those_active_and_the_most_used_come_first() -> None:
    rules = program({"id": "ended", "end_date": T - timedelta(1)}, {"id": "idle", "code": "IDLE"}, {"id": "used"})
    (notice,) = notices("U003", rules, orders({}), clicks())
    assert (notice.promo_codes, notice.facts["promo_codes"]) == ((2, 1), 2)


def test_a_partner_without_clicks_whose_codes_nobody_used_is_an_information() -> None:
    (notice,) = notices("U003", program(), orders({"promo_code": "OTHER"}), clicks())
    assert notice.severity is Severity.INFO
    assert notice.message.endswith("can never pay; no conversion has used it")
    (alone,) = notices("U003", program({"program_id": "7"}), None, clicks({"partner_id": "other"}))
    assert alone.message == (
        "partner 'owner' has no click in program '7' among 1 click, so its promo code 'k' (SAVE), with a rule that "
        "needs one, can never pay"
    )


def test_a_partner_with_an_always_code_is_told_that_its_clicks_are_not_recorded() -> None:
    rules = program({}, {"id": "always", "code": "GIFT", "credit_rule": "ALWAYS"})
    (notice,) = notices("U003", rules, orders({}), clicks())
    assert notice.help.startswith("set the credit rule to ALWAYS: the platform records no clicks")


def test_an_overlap_is_named_with_who_was_credited_and_an_example() -> None:
    rules = program(
        {"id": "lit", "partner_id": "amy"},
        {"id": "reg", "partner_id": "bob", "match_mode": "RE", "code": "SAVE.*", "credit_rule": "ALWAYS"},
        {"id": "wide", "partner_id": "cat", "match_mode": "RE", "code": "S.*"},
    )
    money = {"currency": "USD", "amount": "10"}
    data = orders(
        {**money, "customer_id": "a", "event_time": T + timedelta(1)}, {**money, "customer_id": "b"}, {**money}
    )
    (notice,) = notices("U004", rules, data, clicks({"partner_id": "amy", "customer_id": "b"}))
    assert notice.message == (
        "3 conversions (30.00 USD) used 'SAVE', which matched both promo code 'lit' (SAVE) of partner 'amy' and 'reg' "
        "(SAVE.*) of partner 'bob' and 1 more promo code; credited: 'bob' for 2 and 'amy' for 1; see conversion o1"
    )
    assert notice.promo_codes == (1, 0, 2), "about the one that comes later, as overlap is"
    assert {row["outcome"] for row in notice.facts["credited"]} == {Outcome.PROMO_CODE}


def test_the_example_of_an_overlap_is_of_the_used_code_with_the_most_conversions() -> None:
    rules = program(
        {"id": "a", "match_mode": "RE", "code": "SAVE.*"},
        {"id": "b", "match_mode": "RE", "code": "SA.*", "partner_id": "other"},
    )
    used = ["SAVE1", "SAVE2", "SAVE2"]
    assert "used 'SAVE2' and 'SAVE1', which" in message("U004", rules, orders(*({"promo_code": one} for one in used)))
    assert message("U004", rules, orders(*({"promo_code": one} for one in used))).endswith("see conversion o1")


def test_who_was_credited_is_not_known_without_clicks_unless_the_rules_are_always() -> None:
    rules = program({"id": "a"}, {"id": "b", "partner_id": "other"})
    assert "credited: not known without clicks for 1;" in message("U004", rules, orders({}))
    assert "credited: nobody for 1;" in message("U004", rules, orders({}), clicks())
    always = program({"id": "a", "credit_rule": "ALWAYS"}, {"id": "b", "partner_id": "other", "credit_rule": "ALWAYS"})
    assert "credited: 'owner' for 1;" in message("U004", always, orders({}))


def test_unassigned_codes_are_one_finding_with_the_most_used() -> None:
    data = orders(*({"promo_code": f"OWN{letter}X"} for letter in "AABBBCDEFG"))
    assert message("U005", program(), data) == (
        "10 conversions used 7 codes that no promo code matches or nearly matches: 'OWNBX' (3 conversions), "
        "'OWNAX' (2 conversions), 'OWNCX' (1 conversion), 'OWNDX' (1 conversion), 'OWNEX' (1 conversion) and 2 more"
    )


@pytest.mark.parametrize(
    ("number", "paid_too", "found"),
    [
        pytest.param(never_paid.FEWEST - 1, False, False, id="too few to tell"),
        pytest.param(never_paid.FEWEST, False, True, id="enough"),
        pytest.param(never_paid.FEWEST, True, False, id="one of them paid"),
    ],
)
def test_never_paid_takes_several_conversions_and_none_of_them_paid(number: int, paid_too: bool, found: bool) -> None:
    data = orders(*({"customer_id": f"c{order}"} for order in range(number)))
    log = clicks({"customer_id": "c0" if paid_too else "stranger"})
    assert bool(notices("U006", program(), data, log)) is found
    assert notices("U006", program(), data) == [], "without clicks nobody knows"
    assert notices("U006", program(), data, clicks()) == [], "a partner without clicks is another finding"


def test_a_promo_code_that_others_always_precede_is_never_paid() -> None:
    always = {"credit_rule": "ALWAYS"}
    rules = program({"id": "a", **always}, {"id": "b", "partner_id": "other", **always})
    (notice,) = notices("U006", rules, orders(*[{}] * 5), clicks())
    assert notice.message == (
        "5 conversions matched promo code 'b' (SAVE), and partner 'other' was credited with none of them"
    )
    same_partner = program({"id": "a", **always}, {"id": "b", **always})
    assert notices("U006", same_partner, orders(*[{}] * 5), clicks()) == []


def test_bad_rows_are_counted_by_reason_and_table() -> None:
    data = orders({"conversion_id": "x"}, {"conversion_id": "x"}, {"conversion_id": None}, {})
    log = clicks({"partner_id": None}, {})
    assert [notice.message for notice in notices("U007", program(), data, log)] == [
        "3 of 4 conversions are bad rows and left out here: 2 DUPLICATE_ID and 1 NO_ID",
        "1 of 2 clicks is a bad row and left out here: 1 NO_PARTNER",
    ]


def test_lists_are_cut_and_the_rest_counted() -> None:
    assert listed(["a"]) == "a"
    assert shortened(["a", "b", "c"]) == "a, b and c"
    assert shortened(["a", "b", "c", "d"]) == "a, b, c and 1 more"


def test_money_is_never_shown_rounded() -> None:
    total = orders({"promo_code": "NONE", "amount": "99999999999999999.123456789"})
    usage = read_usage(program(), total, None, {})
    (shown,) = conversions_of(usage.unassigned_money).values()
    assert str(shown) == "1 conversion (99,999,999,999,999,999.123456789 without a currency)"
