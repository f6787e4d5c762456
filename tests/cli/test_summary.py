"""The figures of a batch: exact money, currencies apart, conversions that add up."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import polars as pl
import pytest
from hypothesis import given

from attribution import Engine, Program
from attribution.crediting.ledger import CreditNumbers
from attribution.crediting.summary import AccountsError, Summary, summarise
from tests.evaluators import World, clicks_frame, conversions_frame, engine_of
from tests.worlds import worlds

NINES = Decimal("9" * 34 + ".99")


def summary(amounts: list[Any], currencies: list[str | None], partners: int = 1, dtype: Any = None) -> Summary:
    """Orders with the code SAVE, which so many partners share."""
    codes = [
        {"id": str(n), "code": "SAVE", "match_mode": "LI", "credit_rule": "ALWAYS", "partner_id": f"p{n}"}
        for n in range(partners)
    ]
    program = Program.model_validate({"settings": {"resolution": "split"}, "promo_codes": codes})
    orders = pl.DataFrame(
        {
            "conversion_id": [str(number) for number in range(len(amounts))],
            "event_time": ["2026-06-01"] * len(amounts),
            "promo_code": ["SAVE"] * len(amounts),
            "amount": pl.Series(amounts, dtype=dtype, strict=True),
            "currency": currencies,
        }
    )
    return summarise(Engine(program).credit(orders), program)


def credited(found: Summary) -> dict[str | None, Fraction]:
    return {one.currency: one.amount for one in found.money}


def test_currencies_are_never_added_and_none_is_one_of_its_own() -> None:
    found = summary([Decimal("1.10"), Decimal("2.20"), Decimal("3.30"), Decimal("4.40")], ["EUR", "USD", None, "EUR"])
    assert list(credited(found).items()) == [
        ("EUR", Fraction("5.5")),
        ("USD", Fraction("2.2")),
        (None, Fraction("3.3")),
    ]


def test_thirds_are_exact() -> None:
    found = summary([Decimal("100.00")] * 2, ["EUR"] * 2, partners=3)
    assert credited(found) == {"EUR": 200}
    assert [partner.money[0].amount for partner in found.partners] == [Fraction(200, 3)] * 3
    assert [money.conversions for money in found.money] == [2]


@pytest.mark.parametrize(
    ("amounts", "dtype", "expected"),
    [
        pytest.param([0.1] * 10, pl.Float64, Fraction(1.0), id="floats, to the nearest float"),
        pytest.param([1e16, 1.0, -1e16], pl.Float64, Fraction(1), id="floats that swallow each other"),
        pytest.param([2**62] * 4, pl.Int64, Fraction(2**64), id="integers beyond 64 bits"),
        pytest.param([NINES] * 9, pl.Decimal(38, 2), 9 * Fraction(NINES), id="decimals"),
        pytest.param([NINES] * 200, pl.Decimal(38, 2), 200 * Fraction(NINES), id="decimals beyond 38 digits"),
        pytest.param([None, Decimal("-3.25")], pl.Decimal(38, 2), Fraction("-3.25"), id="one without amount"),
    ],
)
def test_sums_are_exact(amounts: list[Any], dtype: Any, expected: Fraction) -> None:
    assert credited(summary(amounts, ["EUR"] * len(amounts), dtype=dtype)) == {"EUR": expected}


@pytest.mark.parametrize(
    ("amounts", "dtype", "digits", "floats"),
    [
        pytest.param([1.0, None], pl.Float64, 2, True, id="whole floats"),
        pytest.param([19.99, 0.1], pl.Float64, 2, True, id="floats in cents"),
        pytest.param([19.99, 0.1], pl.Float32, 2, True, id="short floats in cents"),
        pytest.param([0.0005, 1.5], pl.Float64, 4, True, id="small floats"),
        pytest.param([1 / 3], pl.Float64, 9, True, id="floats without end"),
        pytest.param([1, 2], pl.Int64, 2, False, id="integers"),
        pytest.param([Decimal("1.234")], pl.Decimal(20, 3), 3, False, id="decimals"),
    ],
)
def test_amounts_have_the_decimal_places_of_the_input(
    amounts: list[Any], dtype: Any, digits: int, floats: bool
) -> None:
    found = summary(amounts, ["EUR"] * len(amounts), dtype=dtype)
    assert (found.digits, found.floats, found.has_amounts) == (digits, floats, True)


def test_no_conversion_may_have_an_amount() -> None:
    assert not summary([None, None], ["EUR", None], dtype=pl.Float64).has_amounts


def test_conversions_without_amount_are_counted() -> None:
    found = summary([None, Decimal("1.00")], ["EUR", "EUR"])
    assert [(one.conversions, one.without_amount) for one in found.money] == [(2, 1)]


def test_a_conversion_that_got_lost_is_our_fault() -> None:
    program = Program.model_validate(
        [{"id": "1", "code": "A", "match_mode": "LI", "credit_rule": "ALWAYS", "partner_id": "p"}]
    )
    result = Engine(program).credit(pl.DataFrame({"conversion_id": ["1", "2"], "event_time": ["2026-06-01"] * 2}))
    lost = CreditNumbers(*(column[:1] for column in result.ledger.credits))
    with pytest.raises(AccountsError, match="2 conversions were read, but 1 credited and 0 rejected"):
        summarise(replace(result, ledger=replace(result.ledger, credits=lost)), program)


@given(worlds(bad=True))
def test_the_figures_are_those_of_the_rows(world: World) -> None:
    engine = engine_of(world)
    result = engine.credit(conversions_frame(world.conversions), clicks_frame(world.clicks), bad_rows="reject")
    found = summarise(result, engine.program)
    rows = result.credits.to_dicts()
    withheld = [row["conversion_id"] for row in rows if row["outcome"] == "WITHHELD" and row["path_clicks"] == 0]
    assert found.withheld_without_clicks == len(withheld)
    assert sum(one.conversions for one in found.outcomes) == found.conversions_credited
    by_partner: dict[Any, list[Any]] = {}
    by_currency: dict[Any, Fraction] = {}
    for row in rows:
        if row["partner_id"] is not None:
            by_partner.setdefault(row["partner_id"], []).append(row)
            money = Fraction(row["amount"] or 0) / round(1 / row["share"])
            by_currency[row["currency"]] = by_currency.get(row["currency"], Fraction()) + money
    assert {partner.partner_id: partner.conversions for partner in found.partners} == {
        partner: len(own) for partner, own in by_partner.items()
    }
    assert credited(found) == by_currency
    for currency, total in by_currency.items():
        of_partners = [one.amount for partner in found.partners for one in partner.money if one.currency == currency]
        assert sum(of_partners) == total
