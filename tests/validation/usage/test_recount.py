"""The tables of `Usage` are those that loops over the same records count, on small worlds in which things collide."""

import polars as pl
import pytest
from hypothesis import given

from attribution.program import Program
from attribution.validation.usage import Usage, read_usage
from tests.evaluators import World, clicks_frame, conversions_frame
from tests.validation.usage.recount import Recount, rows
from tests.worlds import with_carried_paths, worlds

RECOUNTED = (
    "promo_codes",
    "unpaid_money",
    "overlaps",
    "overlap_others",
    "overlap_money",
    "overlap_paid",
    "without_clicks",
    "without_clicks_money",
)


def usage_of(world: World, *, clicks: bool = True) -> Usage:
    program = Program.model_validate(world.program)
    log = clicks_frame(world.clicks) if clicks else None
    return read_usage(program, conversions_frame(world.conversions), log, {})


def agree(usage: Usage, world: World, names: tuple[str, ...] = RECOUNTED) -> None:
    recount = Recount(world)
    for name in names:
        assert rows(getattr(usage, name).rows()) == rows(getattr(recount, name)()), name


@given(worlds())
def test_a_small_world_is_counted_as_by_hand(world: World) -> None:
    agree(usage_of(world), world)


@given(worlds(bad=True))
def test_bad_rows_are_counted_and_count_nowhere_else(world: World) -> None:
    usage = usage_of(world)
    agree(usage, world)
    good = Recount(world)
    assert usage.conversions_read == len(world.conversions)
    assert usage.conversions_rejected == len(world.conversions) - len(good.conversions)
    by_table = dict(usage.rejected.group_by("table").agg(pl.col("rows").sum()).iter_rows())
    assert by_table.get("conversions", 0) == usage.conversions_rejected
    assert by_table.get("clicks", 0) == len(world.clicks) - len(good.clicks)


@given(worlds())
def test_paths_that_conversions_carry_are_known_without_a_table_of_clicks(world: World) -> None:
    carried = with_carried_paths(world)
    agree(usage_of(carried, clicks=False), carried)


@given(worlds())
def test_without_clicks_only_what_they_do_not_decide_is_told(world: World) -> None:
    world = world.but(clicks=())
    usage, recount = usage_of(world, clicks=False), Recount(world)
    assert not usage.paths_known
    assert rows(usage.overlap_paid.rows()) == rows(recount.overlap_paid(paths_known=False))
    assert [row[:5] for row in usage.promo_codes.rows()] == [row[:5] for row in recount.promo_codes()]
    assert usage.promo_codes["paid"].null_count() == usage.promo_codes["withheld"].null_count() == len(recount.codes)
    assert usage.without_clicks.is_empty()
    agree(usage, world, ("overlaps", "overlap_others", "overlap_money"))


@given(worlds())
def test_every_use_matches_is_near_something_or_is_unassigned(world: World) -> None:
    usage, recount = usage_of(world), Recount(world)
    missed = [u.used_code for u in recount.misses]
    told = [*usage.near.select("used_code", "conversions").rows(), *usage.unassigned.rows()]
    assert sorted(missed) == sorted(used_code for used_code, number in told for _ in range(number))


@given(worlds())
def test_the_order_of_rows_changes_nothing(world: World) -> None:
    backwards = world.but(conversions=world.conversions[::-1], clicks=world.clicks[::-1])
    one, other = usage_of(world), usage_of(backwards)
    for name in Usage._fields:
        left, right = getattr(one, name), getattr(other, name)
        assert left.equals(right) if isinstance(left, pl.DataFrame) else left == right, name


@pytest.mark.parametrize("name", [n for n in Usage._fields if isinstance(getattr(Usage(), n), pl.DataFrame)])
def test_a_table_has_the_same_schema_with_and_without_data(name: str) -> None:
    order = {"conversion_id": "o", "event_time": "2026-05-20", "promo_code": "X"}
    code = {"id": "k", "code": "SAVE", "match_mode": "LI", "credit_rule": "WINNER", "partner_id": "p"}
    usage = usage_of(World({"promo_codes": [code]}, (order,), ()))
    assert getattr(usage, name).schema == getattr(Usage(), name).schema
