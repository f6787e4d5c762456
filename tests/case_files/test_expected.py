"""What is expected of an order: the short form, the long form, and lists."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.case_files.shop import expected

HALF = Fraction(1, 2)
NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("bob", {"partner_id": "bob"}),
        ("2010077", {"partner_id": "2010077"}),
        ("1/2", {"partner_id": "1/2"}),
        ("nobody", {"partner_id": None}),
        ("bob by SAVE10", {"partner_id": "bob", "promo_code": "SAVE10"}),
        ("by by by", {"partner_id": "by", "promo_code": "by"}),
        ("nobody by 007", {"partner_id": None, "promo_code": "007"}),
        ("bob by SUMMER SALE", {"partner_id": "bob", "promo_code": "SUMMER SALE"}),
        ("bob  by  SAVE10 ,WINNER", {"partner_id": "bob", "promo_code": "SAVE10", "credit_rule": "WINNER"}),
        ("bob, WINNER", {"partner_id": "bob", "credit_rule": "WINNER"}),
        ("bob, RULE_WINNER, PROMO_CODE", {"partner_id": "bob", "reason": "RULE_WINNER", "outcome": "PROMO_CODE"}),
        ("nobody, WITHHELD", {"partner_id": None, "outcome": "WITHHELD"}),
        ("WITHHELD", {"outcome": "WITHHELD"}),
        ("NO_CLICKS, UNATTRIBUTED", {"reason": "NO_CLICKS", "outcome": "UNATTRIBUTED"}),
        ("bob, 1/3", {"partner_id": "bob", "share": Fraction(1, 3)}),
        ("bob by X, 0.5, WINNER", {"partner_id": "bob", "promo_code": "X", "share": HALF, "credit_rule": "WINNER"}),
    ],
)  # fmt: skip
def test_the_short_form_says_who_by_what_and_why(tmp_path: Path, text: str, fields: dict[str, Any]) -> None:
    assert expected(tmp_path, text) == [fields]


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("{partner: bob}", {"partner_id": "bob"}),
        ("{partner_id: nobody}", {"partner_id": "nobody"}),
        ("{partner_id: null, reason: NOT_WINNER}", {"partner_id": None, "reason": "NOT_WINNER"}),
        ("{partner: my partner, promo_code: 'A, B'}", {"partner_id": "my partner", "promo_code": "A, B"}),
        ("{promo_code: null, promo_code_id: 007}", {"promo_code": None, "promo_code_id": "007"}),
        ("{outcome: LAST_CLICK, credit_rule: null}", {"outcome": "LAST_CLICK", "credit_rule": None}),
        ("{used_code: 'no', share: 1/2, path_clicks: 2}", {"used_code": "no", "share": HALF, "path_clicks": 2}),
        ("{winner: amy, program_id: 7}", {"winner_partner_id": "amy", "program_id": "7"}),
        ("{last_click_time: 1h before}", {"last_click_time": NOON - timedelta(hours=1)}),
        ("{last_click_time: null, winner_partner_id: null}", {"last_click_time": None, "winner_partner_id": None}),
    ],
)  # fmt: skip
def test_the_long_form_has_columns_of_credits(tmp_path: Path, text: str, fields: dict[str, Any]) -> None:
    assert expected(tmp_path, text) == [fields]


def test_a_list_has_a_credit_for_each_partner(tmp_path: Path) -> None:
    both = [{"partner_id": "amy", "promo_code": "AMY", "share": HALF}, {"partner_id": "bob"}]
    assert expected(tmp_path, '["amy by AMY, 1/2", {partner: bob}]') == both
    assert expected(tmp_path, "[bob]") == [{"partner_id": "bob"}]
