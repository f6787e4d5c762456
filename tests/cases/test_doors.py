"""The ways into an engine: tables of any make, other column names, empty tables, asking what a code matches."""

import pickle
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

import attribution
from tests.cases.records import DAY, MICRO, T, click, order, promo, shown, world
from tests.evaluators import EVALUATORS, World, clicks_frame, conversions_frame, engine_of, of_tables, rows, same
from tests.oracle import CREDIT_COLUMNS, VERDICT_COLUMNS, Row

WINNER = promo(credit_rule="WINNER")


def test_columns_may_have_other_names() -> None:
    orders = conversions_frame([order()]).rename(
        {"conversion_id": "Order", "customer_id": "Buyer", "promo_code": "Coupon"}
    )
    clicks = clicks_frame([click()]).rename({"partner_id": "Pub", "customer_id": "Visitor", "event_time": "At"})
    columns = {
        "conversions.conversion_id": "Order",
        "conversions.customer_id": "Buyer",
        "conversions.promo_code": "Coupon",
        "clicks.partner_id": "Pub",
        "clicks.customer_id": "Visitor",
        "clicks.event_time": "At",
    }
    result = of_tables(engine_of(world(WINNER)).credit(orders, clicks, columns=columns))
    assert [shown(row, "conversion_id", "outcome", "partner_id") for row in result.credits] == [
        ("o", "PROMO_CODE", "owner")
    ]


@pytest.mark.parametrize(
    "names",
    [
        {"conversion_id": "Id", "promo_code": "PromoCode", "program_id": "CampaignId", "currency": "Currency"},
        {
            "conversion_id": "OrderId",
            "promo_code": "OrderPromoCode",
            "program_id": "ProgramId",
            "currency": "CurrencyCode",
        },
        {"conversion_id": "Oid", "promo_code": "PromoCode", "program_id": "CampaignId", "currency": "CurrencyCode"},
    ],
    ids=["of actions", "of orders", "of order ids"],
)
@pytest.mark.parametrize("customer", ["CustomerId", "ProfileId"])
def test_the_platforms_own_column_names_are_understood(names: dict[str, str], customer: str) -> None:
    shared = {"event_time": "EventDate", "customer_id": "CustomerId"}
    orders = conversions_frame([order(program_id="1", amount="5.00", currency="USD")])
    orders = orders.rename({**shared, **names, "amount": "Amount"})
    clicks = clicks_frame([click(click_id="x", program_id="1")])
    clicks = clicks.rename(
        {
            "event_time": "EventDate",
            "customer_id": customer,
            "partner_id": "MediaId",
            "click_id": "Id",
            "program_id": "CampaignId",
        }
    )
    (row,) = of_tables(engine_of(world(promo(credit_rule="WINNER", program_id="1"))).credit(orders, clicks)).credits
    assert shown(row, "outcome", "partner_id", "program_id", "currency") == ("PROMO_CODE", "owner", "1", "USD")
    assert row["amount"] == Decimal("5.00")


@pytest.mark.parametrize("kind", ["eager", "lazy"])
@pytest.mark.parametrize("with_clicks", [False, True], ids=["no click table", "an empty click table"])
def test_no_conversions_give_empty_tables_of_full_schema(kind: str, with_clicks: bool) -> None:
    full = engine_of(world(promo())).credit(conversions_frame([order(amount="1")]), clicks_frame([click()]))
    orders: Any = conversions_frame([order(amount="1")]).clear()
    clicks: Any = clicks_frame([click()]).clear()
    if kind == "lazy":
        orders, clicks = orders.lazy(), clicks.lazy()
    empty = engine_of(world(promo())).credit(orders, clicks if with_clicks else None)
    assert (empty.credits.height, empty.verdicts.height, empty.rejected.height) == (0, 0, 0)
    assert empty.verdicts.schema == full.verdicts.schema
    assert {**empty.credits.schema, "amount": None} == {**full.credits.schema, "amount": None}


def test_the_schema_of_results_does_not_depend_on_what_happened() -> None:
    worlds = [
        world(promo()),
        world(promo(code="OTHER")),
        world(promo(credit_rule="WINNER")),
        world(promo(), clicks=[click()]),
        world(promo(), orders=[order(None, customer_id=None)]),
        world(promo(), promo("2", "q"), resolution="split"),
    ]
    results = [
        engine_of(each).credit(conversions_frame(each.conversions), clicks_frame(each.clicks)) for each in worlds
    ]
    for name, columns in (("credits", CREDIT_COLUMNS), ("verdicts", VERDICT_COLUMNS)):
        schemas = [getattr(result, name).schema for result in results]
        assert all(schema == schemas[0] for schema in schemas)
        assert tuple(schemas[0].names()) == columns
        assert pl.Null not in schemas[0].dtypes()


@pytest.mark.parametrize(
    "columns",
    [
        ["conversion_id", "event_time"],
        ["conversion_id", "event_time", "promo_code"],
        ["conversion_id", "event_time", "customer_id"],
    ],
    ids=["neither code nor customer", "no customer", "no code"],
)
def test_columns_that_may_be_missing_may_be_missing(columns: list[str]) -> None:
    orders = [{name: cell for name, cell in order().items() if name in columns}]
    small = world(WINNER, orders=orders, clicks=[click()])
    for evaluate in EVALUATORS.values():
        same(evaluate(small), EVALUATORS["oracle"](small))


def test_columns_of_nothing_but_nulls_are_columns() -> None:
    orders = pl.DataFrame(
        {"conversion_id": ["o"], "event_time": [T], "customer_id": [None], "promo_code": [None], "amount": [None]}
    )
    clicks = pl.DataFrame({"event_time": [T], "partner_id": ["p"], "customer_id": [None], "click_id": [None]})
    (row,) = of_tables(engine_of(world(promo())).credit(orders, clicks)).credits
    assert shown(row, "outcome", "reason", "path_clicks", "amount") == ("UNATTRIBUTED", "NO_CLICKS", 0, None)


@pytest.mark.parametrize("kind", [pl.Int64, pl.UInt32, pl.Int8, pl.String])
def test_ids_of_any_integer_type_meet_as_text(kind: Any) -> None:
    orders = conversions_frame([order(customer_id="5", program_id="1")]).cast({"customer_id": kind, "program_id": kind})
    clicks = clicks_frame([click(customer_id="5", program_id="1")])
    (row,) = of_tables(engine_of(world(promo(program_id="1"))).credit(orders, clicks)).credits
    assert shown(row, "program_id", "path_clicks") == ("1", 1)


def test_pandas_frames_are_tables() -> None:
    orders = conversions_frame([order(), order("OTHER", conversion_id="2")]).to_pandas()
    clicks = clicks_frame([click()]).to_pandas()
    result = of_tables(engine_of(world(WINNER)).credit(orders, clicks))
    assert sorted(shown(row, "conversion_id", "outcome") for row in result.credits) == [
        ("2", "LAST_CLICK"),
        ("o", "PROMO_CODE"),
    ]


def test_frames_keep_their_own_kind_of_number() -> None:
    for amount, kind in ((5, pl.Int64), (2.5, pl.Float64)):
        result = engine_of(world(promo())).credit(conversions_frame([order(amount=amount)]))
        assert result.credits.schema["amount"] == kind
        assert result.credits["amount"].to_list() == [amount]


def test_input_frames_are_left_as_they_were() -> None:
    orders, clicks = conversions_frame([order()]), clicks_frame([click()])
    before = orders.clone(), clicks.clone()
    engine_of(world(promo())).credit(orders, clicks)
    assert orders.equals(before[0])
    assert clicks.equals(before[1])


def test_an_engine_serves_many_threads_and_can_be_pickled() -> None:
    codes = [promo("li"), promo("re", "q", code="^(?i)(SUMMER).*", match_mode="RE")]
    engine = engine_of(world(*codes))
    orders = [order(text, conversion_id=str(index)) for index, text in enumerate(["SAVE", "summer1", "NOPE"] * 30)]
    expected = [engine.decide(each) for each in orders]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(engine.decide, orders)) == expected
    copy = pickle.loads(pickle.dumps(engine))
    assert [copy.decide(each) for each in orders] == expected


def test_a_decision_can_be_made_again_and_again() -> None:
    engine = engine_of(world(promo(credit_rule="INVOLVED")))
    assert engine.decide(order(), [click()]) == engine.decide(order(), [click()])
    assert str(engine.decide(order()).outcome) == "WITHHELD", "nothing is remembered of earlier orders"


CODES = [
    promo("old", "p", end_date=T - MICRO),
    promo("new", "q", start_date=T),
    promo("re", "r", code="S.*", match_mode="RE"),
    promo("2", "s", program_id="2"),
    promo("gone", "t", state="EXPIRED"),
]


@pytest.mark.parametrize(
    ("code", "when", "expected"),
    [
        pytest.param("SAVE", T, ["new", "re"], id="from the start of one"),
        pytest.param(" SAVE\u200b", T, ["new", "re"], id="stripped like a used code"),
        pytest.param("SAVE", T - MICRO, ["old", "re"], id="until the end of the other"),
        pytest.param("SUMMER", T, ["re"], id="a pattern alone"),
        pytest.param("save", T, [], id="nothing"),
        pytest.param("", T, [], id="no code"),
        pytest.param("SAVE", "2026-05-20T12:00:00Z", ["new", "re"], id="a time as text"),
        pytest.param("SAVE", "2026-05-20", ["old", "re"], id="a day as text"),
    ],
)
def test_what_a_code_matches_in_precedence_order(code: str, when: Any, expected: list[str]) -> None:
    found = engine_of(world(*CODES)).match(code, at=when, program_id="1")
    assert [k.id for k in found] == expected


def test_matching_without_a_time_leaves_dates_aside() -> None:
    engine = engine_of(world(*CODES))
    assert {"old", "new", "re"} <= {k.id for k in engine.match("SAVE", program_id="2")}
    assert "2" in {k.id for k in engine.match("SAVE", program_id="2")}
    assert "2" not in {k.id for k in engine.match("SAVE", program_id="1")}


def big_world(customers: int, seed: int) -> World:
    """Some thousand orders of many customers, times and codes, by arithmetic instead of chance."""
    codes = [
        promo(f"k{n}", f"p{n % 7}", code=f"CODE{n}", credit_rule=("ALWAYS", "INVOLVED", "WINNER")[n % 3])
        for n in range(40)
    ]
    codes += [
        promo(f"r{n}", f"p{n % 5}", code=f"^(?i)code{n}.*", match_mode="RE", credit_rule=("WINNER", "INVOLVED")[n % 2])
        for n in range(10)
    ]
    orders: list[Row] = []
    clicks: list[Row] = []
    state = seed

    def chance(below: int) -> int:
        nonlocal state
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (state >> 33) % below

    for customer in range(customers):
        for visit in range(chance(6)):
            at = T - timedelta(hours=chance(40) - 5)
            clicks.append(
                click(
                    f"p{chance(8)}",
                    event_time=at,
                    customer_id=f"c{customer}",
                    click_id=f"{visit}" if chance(3) else None,
                )
            )
        for _ in range(chance(3)):
            entered = (
                (f"CODE{chance(60)}" if chance(3) else "NOPE") if chance(4) else f"code{chance(12)}x,CODE{chance(40)}"
            )
            orders.append(
                order(
                    entered,
                    conversion_id=f"o{len(orders)}",
                    event_time=T + timedelta(hours=chance(10)),
                    customer_id=f"c{customer}" if chance(9) else None,
                )
            )
    return world(*codes, orders=orders, clicks=clicks, lookback="1d", code_separator=",", resolution="split")


def test_a_large_batch_is_its_many_orders() -> None:
    large = big_world(customers=3000, seed=5)
    engine = engine_of(large)
    assert len(large.conversions) > 2500
    clicks_of: dict[Any, list[Any]] = {}
    for visit in large.clicks:
        clicks_of.setdefault(visit["customer_id"], []).append(visit)
    batch = of_tables(engine.credit(conversions_frame(large.conversions), clicks_frame(large.clicks)))
    result = type(batch)()
    for each in large.conversions:
        one = EVALUATORS["oracle"](large.but(conversions=(each,), clicks=tuple(clicks_of.get(each["customer_id"], []))))
        result.credits += one.credits
        result.verdicts += one.verdicts
    same(batch, result)
    assert len({row["reason"] for row in batch.credits}) >= 6


def test_results_are_of_the_documented_kinds() -> None:
    result = engine_of(world(WINNER)).credit(conversions_frame([order()]), clicks_frame([click()]))
    schema = result.credits.schema
    assert schema["event_time"] == schema["last_click_time"] == pl.Datetime("us", "UTC")
    assert schema["share"] == pl.Float64
    assert schema["path_clicks"].is_integer()
    assert result.verdicts.schema["met"] == pl.Boolean
    assert isinstance(result, attribution.CreditResult)
    assert rows(result.rejected.to_dicts()) == []


def test_a_year_of_orders_is_each_judged_by_its_own_day() -> None:
    codes = [
        promo(f"k{month:02}", f"p{month}", start_date=f"2025-{month:02}-01", end_date=f"2025-{month:02}-28")
        for month in range(1, 13)
    ]
    orders = [
        order(conversion_id=f"{day:03}", event_time=T.replace(year=2025, month=1, day=1) + day * DAY)
        for day in range(365)
    ]
    yearly = world(*codes, orders=orders)
    results = [EVALUATORS[name](yearly) for name in ("oracle", "credit", "decide")]
    same(results[0], results[1])
    same(results[0], results[2])
    assert len(results[0].verdicts) == 12 * 28
