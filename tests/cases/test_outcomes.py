"""From verdicts to credits: rules, outcomes and reasons, shares."""

from decimal import Decimal
from typing import Any

import pytest

from tests.cases.records import MICRO, MINUTE, T, click, decided, order, paid_codes, promo, shown, world
from tests.evaluators import Evaluator
from tests.oracle import Row

LAST, FIRST = click("owner"), click("owner", 3 * MINUTE)
OTHER_LAST = click("other", 0 * MINUTE)


@pytest.mark.parametrize(
    ("clicks", "involved", "winner"),
    [
        pytest.param([], False, False, id="an empty path"),
        pytest.param([LAST], True, True, id="the owner alone"),
        pytest.param([click("other", 2 * MINUTE), LAST], True, True, id="the owner last"),
        pytest.param([FIRST, OTHER_LAST], True, False, id="the owner first, another last"),
        pytest.param([OTHER_LAST], False, False, id="only another"),
        pytest.param([FIRST, OTHER_LAST, LAST], True, False, id="the owner twice, another last"),
        pytest.param([click("owner", -MICRO), OTHER_LAST], False, False, id="the owner only after the order"),
        pytest.param([click("OWNER")], False, False, id="partners by their exact id"),
    ],
)
@pytest.mark.parametrize("rule", ["ALWAYS", "INVOLVED", "WINNER"])
def test_when_a_rule_is_met(evaluate: Evaluator, rule: str, clicks: list[Row], involved: bool, winner: bool) -> None:
    result = evaluate(world(promo(credit_rule=rule), clicks=clicks))
    met = {"ALWAYS": True, "INVOLVED": involved, "WINNER": winner}[rule]
    (verdict,) = result.verdicts
    assert shown(verdict, "involved", "winner", "met", "selected") == (involved, winner, met, met)
    expected = ("PROMO_CODE", f"RULE_{rule}", "owner") if met else ("WITHHELD", f"NOT_{rule}", None)
    assert decided(result) == expected


WINNER, INVOLVED = promo(credit_rule="WINNER"), promo(credit_rule="INVOLVED")
NOTHING = promo(code="OTHER")


@pytest.mark.parametrize(
    ("code", "clicks", "settings", "expected"),
    [
        pytest.param(promo(), [OTHER_LAST], {}, ("PROMO_CODE", "RULE_ALWAYS", "owner"), id="always"),
        pytest.param(
            promo(), [], {"default_crediting": "none"}, ("PROMO_CODE", "RULE_ALWAYS", "owner"), id="no clicks"
        ),
        pytest.param(INVOLVED, [FIRST, OTHER_LAST], {}, ("PROMO_CODE", "RULE_INVOLVED", "owner"), id="involved"),
        pytest.param(WINNER, [LAST], {}, ("PROMO_CODE", "RULE_WINNER", "owner"), id="winner"),
        pytest.param(INVOLVED, [OTHER_LAST], {}, ("WITHHELD", "NOT_INVOLVED", None), id="not involved"),
        pytest.param(WINNER, [OTHER_LAST], {}, ("WITHHELD", "NOT_WINNER", None), id="not the winner"),
        pytest.param(WINNER, [], {}, ("WITHHELD", "NOT_WINNER", None), id="not the winner of an empty path"),
        pytest.param(
            WINNER, [OTHER_LAST], {"default_crediting": "none"}, ("WITHHELD", "NOT_WINNER", None), id="before default"
        ),
        pytest.param(
            INVOLVED,
            [OTHER_LAST],
            {"uncredited": "default"},
            ("LAST_CLICK", "RULE_NOT_MET", "other"),
            id="not involved, default: the last click",
        ),
        pytest.param(
            WINNER,
            [FIRST, OTHER_LAST],
            {"uncredited": "default"},
            ("LAST_CLICK", "RULE_NOT_MET", "other"),
            id="not the winner, default: the last click",
        ),
        pytest.param(
            WINNER,
            [],
            {"uncredited": "default"},
            ("UNATTRIBUTED", "NO_CLICKS", None),
            id="not the winner, default, empty path",
        ),
        pytest.param(
            WINNER,
            [OTHER_LAST],
            {"uncredited": "default", "default_crediting": "none"},
            ("UNATTRIBUTED", "DEFAULT_NONE", None),
            id="not the winner, default none",
        ),
        pytest.param(
            WINNER,
            [],
            {"uncredited": "default", "default_crediting": "none"},
            ("UNATTRIBUTED", "DEFAULT_NONE", None),
            id="not the winner, default none, empty path",
        ),
        pytest.param(NOTHING, [OTHER_LAST], {}, ("LAST_CLICK", "NO_CODE_MATCHED", "other"), id="nothing matched"),
        pytest.param(
            NOTHING,
            [OTHER_LAST],
            {"uncredited": "default"},
            ("LAST_CLICK", "NO_CODE_MATCHED", "other"),
            id="nothing matched under default",
        ),
        pytest.param(NOTHING, [], {}, ("UNATTRIBUTED", "NO_CLICKS", None), id="nothing matched, empty path"),
        pytest.param(
            NOTHING,
            [LAST],
            {"default_crediting": "none"},
            ("UNATTRIBUTED", "DEFAULT_NONE", None),
            id="nothing matched, default none",
        ),
        pytest.param(
            NOTHING,
            [],
            {"default_crediting": "none"},
            ("UNATTRIBUTED", "DEFAULT_NONE", None),
            id="nothing matched, default none, empty path",
        ),
    ],
)
@pytest.mark.parametrize("resolution", ["one", "split", "each"])
def test_each_outcome_has_its_reason(
    evaluate: Evaluator,
    code: Row,
    clicks: list[Row],
    settings: dict[str, Any],
    expected: tuple[str, str, str | None],
    resolution: str,
) -> None:
    result = evaluate(world(code, clicks=clicks, resolution=resolution, **settings))
    assert decided(result) == expected
    (row,) = result.credits
    assert float(row["share"]) == (0.0 if expected[2] is None else 1.0)
    by_code = expected[0] in ("PROMO_CODE", "WITHHELD")
    deciding = ("k", code["credit_rule"], "SAVE") if by_code else (None, None, None)
    assert shown(row, "promo_code_id", "credit_rule", "used_code") == deciding


@pytest.mark.parametrize("resolution", ["one", "split", "each"])
@pytest.mark.parametrize("code", [promo(), WINNER, NOTHING], ids=["paid", "withheld", "unattributed"])
def test_the_path_is_described_whatever_the_outcome(evaluate: Evaluator, code: Row, resolution: str) -> None:
    clicks = [click("other", 2 * MINUTE), click("last", MINUTE)]
    settings = {"default_crediting": "none", "resolution": resolution}
    (row,) = evaluate(world(code, clicks=clicks, **settings)).credits
    assert shown(row, "winner_partner_id", "last_click_time", "path_clicks") == ("last", T - MINUTE, 2)


def test_an_empty_path_has_no_winner(evaluate: Evaluator) -> None:
    (row,) = evaluate(world(promo())).credits
    assert shown(row, "winner_partner_id", "last_click_time", "path_clicks") == (None, None, 0)


P, Q, R = promo("1", "p"), promo("2", "q"), promo("3", "r")
MIXED = [promo("1", "p", credit_rule="WINNER"), Q, promo("3", "r", credit_rule="INVOLVED")]


@pytest.mark.parametrize(
    ("codes", "resolution", "credits"),
    [
        pytest.param([P, Q, R], "one", {"p": ("1", 1.0)}, id="one: the first"),
        pytest.param(
            [P, Q, R], "split", {"p": ("1", 1 / 3), "q": ("2", 1 / 3), "r": ("3", 1 / 3)}, id="split in three"
        ),
        pytest.param([P, Q, R], "each", {"p": ("1", 1.0), "q": ("2", 1.0), "r": ("3", 1.0)}, id="each of three"),
        pytest.param([P, Q], "split", {"p": ("1", 0.5), "q": ("2", 0.5)}, id="split in two"),
        pytest.param([P], "split", {"p": ("1", 1.0)}, id="split of one"),
        pytest.param(
            [P, promo("2", "p"), promo("3", "q")], "split", {"p": ("1", 0.5), "q": ("3", 0.5)}, id="split by partner"
        ),
        pytest.param(
            [promo("1", "q"), promo("2", "p"), promo("3", "p"), promo("4", "q")],
            "each",
            {"q": ("1", 1.0), "p": ("2", 1.0)},
            id="each by partner",
        ),
        pytest.param(MIXED, "one", {"q": ("2", 1.0)}, id="one: the first met"),
        pytest.param(MIXED, "split", {"q": ("2", 0.5), "r": ("3", 0.5)}, id="split among the met"),
        pytest.param(MIXED, "each", {"q": ("2", 1.0), "r": ("3", 1.0)}, id="each of the met"),
        pytest.param(
            [promo("1", "p", credit_rule="WINNER"), promo("2", "p"), Q | {"id": "3"}],
            "split",
            {"p": ("2", 0.5), "q": ("3", 0.5)},
            id="split: the first met code of a partner",
        ),
    ],
)
@pytest.mark.parametrize("swapped", [False, True], ids=["in order", "reversed"])
def test_how_a_credit_is_divided(
    evaluate: Evaluator, codes: list[Row], resolution: str, credits: dict[str, tuple[str, float]], swapped: bool
) -> None:
    clicks = [click("r", 2 * MINUTE), click("other")]
    result = evaluate(world(*(codes[::-1] if swapped else codes), clicks=clicks, resolution=resolution))
    found = {row["partner_id"]: (row["promo_code_id"], float(row["share"])) for row in result.credits}
    assert set(found) == set(credits)
    for partner, (identifier, share) in credits.items():
        assert found[partner][0] == identifier
        assert found[partner][1] == pytest.approx(share, abs=1e-12)
    assert len(result.credits) == len(credits)
    selected = sorted(v["promo_code_id"] for v in result.verdicts if v["selected"])
    assert selected == sorted(identifier for identifier, _ in credits.values()) == paid_codes(result)


def test_each_credit_of_a_split_has_its_own_reason(evaluate: Evaluator) -> None:
    codes = [promo("1", "p", credit_rule="WINNER"), Q, promo("3", "r", credit_rule="INVOLVED")]
    result = evaluate(world(*codes, clicks=[click("r", 2 * MINUTE), click("p")], resolution="split"))
    reasons = {row["partner_id"]: str(row["reason"]) for row in result.credits}
    assert reasons == {"p": "RULE_WINNER", "q": "RULE_ALWAYS", "r": "RULE_INVOLVED"}


def test_nobody_is_credited_but_the_codes_own_partner(evaluate: Evaluator) -> None:
    # The last click drove the sale, but with somebody else's code: an invalid conversion.
    assert decided(evaluate(world(WINNER, clicks=[OTHER_LAST]))) == ("WITHHELD", "NOT_WINNER", None)


def test_a_code_of_nobody_does_not_take_the_sale_from_the_last_click(evaluate: Evaluator) -> None:
    assert decided(evaluate(world(promo(), orders=[order("TYPO")], clicks=[OTHER_LAST]))) == (
        "LAST_CLICK",
        "NO_CODE_MATCHED",
        "other",
    )


def test_an_unmatched_code_beside_a_matched_one_has_no_effect(evaluate: Evaluator) -> None:
    result = evaluate(world(WINNER, orders=[order(["TYPO", "SAVE"])], clicks=[OTHER_LAST]))
    assert decided(result) == ("WITHHELD", "NOT_WINNER", None)
    assert [v["code_position"] for v in result.verdicts] == [2]


@pytest.mark.parametrize("clicks", [[], [OTHER_LAST]], ids=["no clicks", "clicks"])
def test_promo_codes_that_no_order_used_leave_the_credit_to_last_clicks(
    evaluate: Evaluator, clicks: list[Row]
) -> None:
    expected = ("LAST_CLICK", "NO_CODE_MATCHED", "other") if clicks else ("UNATTRIBUTED", "NO_CLICKS", None)
    idle = world(promo(), orders=[order("UNKNOWN")], clicks=clicks)
    assert decided(evaluate(idle)) == expected
    assert evaluate(idle).verdicts == []


def test_amount_and_currency_are_the_orders_own(evaluate: Evaluator) -> None:
    orders = [order(amount="19.90", currency="USD"), order(conversion_id="2", amount=None, currency=None)]
    result = evaluate(world(P, Q, orders=orders, resolution="split"))
    amounts = [None if row["amount"] is None else Decimal(row["amount"]) for row in result.credits]
    shown = zip(result.credits, amounts, strict=True)
    money = sorted((row["conversion_id"], amount, row["currency"]) for row, amount in shown)
    assert money == [("2", None, None)] * 2 + [("o", Decimal("19.90"), "USD")] * 2
