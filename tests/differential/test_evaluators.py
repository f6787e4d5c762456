"""The batch, the single order and the oracle agree on every small world, row for row."""

from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import attribution
from tests.evaluators import (
    World,
    append_decision,
    by_credit,
    by_decide,
    by_oracle,
    clicks_frame,
    conversions_frame,
    engine_of,
    of_tables,
    same,
)
from tests.oracle import Result, Row
from tests.worlds import as_text, with_carried_paths, with_text_times, worlds


@given(worlds())
def test_a_batch_agrees_with_the_oracle(world: World) -> None:
    same(by_credit(world), by_oracle(world))


@given(worlds(bad=True))
def test_a_batch_sets_the_same_bad_rows_aside(world: World) -> None:
    same(by_credit(world), by_oracle(world))


@given(worlds())
def test_single_orders_agree_with_the_oracle(world: World) -> None:
    same(by_decide(world), by_oracle(world))


@given(worlds(), st.sampled_from(["own", "all", "generator"]))
def test_records_and_dictionaries_are_decided_alike(world: World, passed: str) -> None:
    engine, result = engine_of(world), Result()
    for conversion in world.conversions:
        own = [c for c in world.clicks if c["customer_id"] == conversion["customer_id"]]
        clicks = [attribution.Click(**c) for c in (own if passed == "own" else world.clicks)]
        given_clicks: Any = iter(clicks) if passed == "generator" else clicks
        decision = engine.decide(attribution.Conversion(**conversion), given_clicks)
        append_decision(result, decision, conversion, world)
    same(result, by_oracle(world))


@given(worlds(), st.sampled_from([0, 2, -7, 1]))
def test_times_as_text_are_decided_like_times(world: World, offset_hours: int) -> None:
    same(by_decide(with_text_times(world, offset_hours)), by_oracle(world))


@given(worlds(), st.sampled_from([0, 2, -7, 1]))
def test_text_time_columns_are_credited_like_times(world: World, offset_hours: int) -> None:
    same(by_credit(with_text_times(world, offset_hours)), by_oracle(world))


@given(worlds())
def test_a_column_may_mix_the_ways_to_write_an_offset(world: World) -> None:
    mixed = tuple(
        {**row, "event_time": as_text(row["event_time"], index % 5 - 2)} for index, row in enumerate(world.clicks)
    )
    same(by_credit(world.but(clicks=mixed)), by_oracle(world))


@given(worlds())
def test_a_carried_path_is_worth_its_click_table(world: World) -> None:
    carried, expected = with_carried_paths(world), by_oracle(world)
    same(by_oracle(carried), expected)
    same(by_credit(carried), expected)
    same(by_decide(carried), expected)


@given(worlds(listed=True))
def test_a_list_of_codes_is_worth_their_text_with_a_separator(world: World) -> None:
    # "|" is in none of the codes of the small worlds.
    def joined(row: Row) -> Row:
        codes = row["promo_code"]
        return {**row, "promo_code": None if codes is None else "|".join(code or "" for code in codes)}

    listed = world.with_settings(code_separator=None)
    texts = world.with_settings(code_separator="|").but(conversions=tuple(map(joined, world.conversions)))
    expected = by_oracle(listed)
    same(by_oracle(texts), expected)
    same(by_credit(texts), expected)
    same(by_credit(listed), expected)


FRAMES = {
    "lazy": lambda frame: frame.lazy(),
    "arrow": lambda frame: frame.to_arrow(),
    "slices": lambda frame: pl.concat([frame[:1], frame[1:]], rechunk=False),
    "columns in another order": lambda frame: frame.select(reversed(frame.columns)),
    "columns of its own": lambda frame: frame.with_columns(
        pl.lit(7).alias("row"),
        pl.lit("x").alias("share"),
        pl.lit(None).alias("click_time"),
        extra=pl.lit(0.5),
    ),
    "categories": lambda frame: frame.with_columns(pl.col("customer_id", "program_id").cast(pl.Categorical)),
    "nanoseconds of another zone": lambda frame: frame.with_columns(
        pl.col("event_time").cast(pl.Datetime("ns", "UTC")).dt.convert_time_zone("Asia/Kolkata")
    ),
}


@pytest.mark.parametrize("kind", FRAMES)
@given(world=worlds())
def test_any_frame_of_the_same_rows_gives_the_same(kind: str, world: World) -> None:
    # A real log has its columns whatever its length.
    columns = ("event_time", "partner_id", "customer_id", "click_id", "program_id")
    clicks = clicks_frame(world.clicks) if world.clicks else clicks_frame([dict.fromkeys(columns)]).clear()
    conversions = conversions_frame(world.conversions)
    result = engine_of(world).credit(FRAMES[kind](conversions), FRAMES[kind](clicks))
    same(of_tables(result), by_oracle(world))
