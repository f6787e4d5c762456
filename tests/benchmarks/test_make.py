"""The benchmarks' data are the same every time, and are what they are said to be."""

from itertools import islice
from random import Random

import polars as pl
import pytest
import regex
from polars.testing import assert_frame_equal

from benchmarks.make import patterns
from benchmarks.make.clicks import click_parts
from benchmarks.make.code_files import SETS, used_codes
from benchmarks.make.conversions import conversions
from benchmarks.make.guest import Guests, guest_log, guest_orders
from benchmarks.make.patterns import CodeSet
from benchmarks.make.programs import literal_codes, regex_codes
from benchmarks.make.regulars import Shop, shop_click_parts, shop_orders
from benchmarks.make.world import World

WORLD = World(clicks=30_000, conversions=1_500)
SHOP = Shop(clicks=30_000, conversions=3_000, codes=600, regexes=100)


def prospects(log: pl.DataFrame) -> pl.DataFrame:
    known = conversions(WORLD, 100)["customer_id"].unique().implode()
    return log.filter(pl.col("customer_id").is_in(known)).sort("event_time", "partner_id", "click_id")


def test_the_same_parameters_give_the_same_clicks() -> None:
    first, second = (pl.concat(click_parts(WORLD, 7_000)) for _ in range(2))
    assert_frame_equal(first, second)


def test_the_same_parameters_give_the_same_conversions() -> None:
    assert_frame_equal(conversions(WORLD, 100), conversions(WORLD, 100))


def test_conversions_do_not_depend_on_the_number_of_clicks() -> None:
    assert_frame_equal(conversions(WORLD, 100), conversions(World(300_000, 1_500), 100))


def test_a_longer_log_has_the_same_clicks_of_converting_customers() -> None:
    short = pl.concat(click_parts(WORLD, 7_000))
    long = pl.concat(click_parts(World(300_000, 1_500), 50_000))
    assert long.height == 10 * short.height
    assert_frame_equal(prospects(short), prospects(long))


def test_a_click_log_is_sorted_by_time_and_its_ids_are_distinct() -> None:
    parts = list(click_parts(WORLD, 7_000))
    log = pl.concat(parts)
    assert log["event_time"].is_sorted()
    assert log.height == WORLD.clicks
    assert max(part.height for part in parts) <= 7_000
    assert log["click_id"].drop_nulls().n_unique() == log["click_id"].count()
    assert dict(log.schema) == {
        "click_id": pl.String(),
        "customer_id": pl.String(),
        "partner_id": pl.String(),
        "event_time": pl.Datetime("us", "UTC"),
    }


def test_some_clicks_of_a_customer_are_of_one_instant_in_either_order_of_ids() -> None:
    log = pl.concat(click_parts(World(300_000, 20_000), 100_000)).drop_nulls().with_row_index()
    twins = log.filter(pl.struct("customer_id", "event_time").is_duplicated()).sort("customer_id", "index")
    rising = twins.group_by("customer_id", maintain_order=True).agg(pl.col("click_id").is_sorted())["click_id"]
    assert rising.any()
    assert not rising.all()


def test_few_customers_convert_and_two_orders_in_five_have_a_code() -> None:
    orders = conversions(World(400_000, 20_000), 1_000)
    assert 0.55 < orders["customer_id"].n_unique() / orders.height < 0.65
    assert 0.38 < orders["promo_code"].count() / orders.height < 0.42


def test_the_same_parameters_give_the_same_shop_of_regulars() -> None:
    assert_frame_equal(shop_orders(SHOP), shop_orders(SHOP))
    first, second = (pl.concat(shop_click_parts(SHOP, 7_000)) for _ in range(2))
    assert_frame_equal(first, second)


def test_the_clicks_of_regulars_are_sorted_by_time_and_most_who_order_have_clicked() -> None:
    log = pl.concat(shop_click_parts(SHOP, 7_000))
    assert log.height == SHOP.clicks
    assert log["event_time"].is_sorted()
    assert log["click_id"].n_unique() == log.height
    orders = shop_orders(SHOP).drop_nulls("customer_id")
    assert 0.95 < orders["customer_id"].is_in(log["customer_id"].unique().implode()).mean() <= 1


def test_three_orders_in_five_of_regulars_carry_a_code_each_distinct_one_occurs_and_a_regex_matches_it() -> None:
    used = shop_orders(SHOP)["promo_code"].drop_nulls()
    assert len(used) == 0.6 * SHOP.conversions
    assert used.n_unique() == SHOP.codes
    patterns = [regex.compile(code) for code in regex_codes(SHOP.regexes)["code"]]
    assert all(any(pattern.fullmatch(code) for pattern in patterns) for code in used.unique())


def test_a_guest_and_as_many_customers_differ_in_customer_ids_only() -> None:
    one, many = (Guests(WORLD, 900, 90, shared) for shared in (True, False))
    for make in (lambda guests: guest_orders(guests, 100, 10), guest_log):
        shared, apart = make(one), make(many)
        assert_frame_equal(shared.drop("customer_id"), apart.drop("customer_id"))
        changed = shared.filter(shared["customer_id"].ne_missing(apart["customer_id"]))
        assert set(changed["customer_id"]) == {"guest"}
        assert 0.97 * (900 if "click_id" in shared.columns else 90) <= changed.height
        strangers = apart.filter(shared["customer_id"].ne_missing(apart["customer_id"]))["customer_id"]
        assert 80 <= strangers.n_unique() <= 90


def test_promo_codes_do_not_depend_on_how_many_there_are_and_follow_all_three_rules() -> None:
    assert set(literal_codes(300)["credit_rule"]) == {"ALWAYS", "INVOLVED", "WINNER"}
    assert literal_codes(300)["code"].n_unique() == 297
    assert [regex.fullmatch(code, f"{prefix}1") for code, prefix in regex_codes(10)["code", "prefix"].iter_rows()]


@pytest.mark.parametrize("kind", sorted(SETS))
def test_a_set_of_codes_is_the_same_every_time_and_a_third_of_it_matches(kind: str) -> None:
    made = [SETS[kind](Random(1), 60) for _ in range(2)]
    codes = [used_codes(Random(2), one, 600) for one in made]
    assert made[0].patterns == made[1].patterns
    assert codes[0] == codes[1]
    assert len(set(codes[0])) == 600
    compiled = [regex.compile(pattern) for pattern in made[0].patterns]
    matched = sum(any(pattern.fullmatch(code) for pattern in compiled) for code in codes[0])
    assert 0.25 < matched / 600 < 0.45


def test_a_near_miss_fails_in_the_last_character() -> None:
    made: CodeSet = patterns.near_miss(Random(1), 40)
    compiled = [regex.compile(pattern) for pattern in made.patterns]
    random = Random(3)
    for code in islice(iter(lambda: made.miss(random), ""), 100):
        assert any(pattern.fullmatch(code[:-1]) for pattern in compiled)
        assert not any(pattern.fullmatch(code) for pattern in compiled)
