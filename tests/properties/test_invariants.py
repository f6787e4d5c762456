"""What must hold in every world, whoever evaluates it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.draws import draws
from tests.evaluators import EVALUATORS, Evaluator, World, same
from tests.oracle import Result, Row
from tests.worlds import LOOKBACK, MICRO, ORDER_TIMES, PARTNERS, single_clicks, worlds

each_evaluator = pytest.mark.parametrize("evaluate", EVALUATORS.values(), ids=EVALUATORS)
table_evaluators = pytest.mark.parametrize(
    "evaluate", [EVALUATORS["oracle"], EVALUATORS["credit"]], ids=["oracle", "credit"]
)
some = draws(25)


def by_conversion(result: Result) -> dict[str, list[Row]]:
    found = defaultdict(list)
    for row in result.credits:
        found[row["conversion_id"]].append(row)
    return found


def met(result: Result) -> set[tuple[str, str]]:
    return {(v["conversion_id"], v["promo_code_id"]) for v in result.verdicts if v["met"]}


@each_evaluator
@given(world=worlds(), chance=st.randoms(use_true_random=False))
@some
def test_the_order_of_rows_changes_nothing(evaluate: Evaluator, world: World, chance: Random) -> None:
    def shuffled(table: Sequence[Row]) -> tuple[Row, ...]:
        return tuple(chance.sample(table, len(table)))

    other = world.but(conversions=shuffled(world.conversions), clicks=shuffled(world.clicks))
    other = other.with_promo_codes(shuffled(world.program["promo_codes"]))
    same(evaluate(world), evaluate(other))


@table_evaluators
@given(world=worlds(bad=True))
@some
def test_the_order_of_rows_makes_none_of_them_bad(evaluate: Evaluator, world: World) -> None:
    def reversed_rows(rejected: list[tuple[str, int, str]]) -> list[tuple[str, int, str]]:
        sizes = {"conversions": len(world.conversions), "clicks": len(world.clicks)}
        return [(table, sizes[table] - 1 - row, reason) for table, row, reason in rejected]

    other = world.but(conversions=world.conversions[::-1], clicks=world.clicks[::-1])
    result = evaluate(other)
    result.rejected = reversed_rows(result.rejected)
    same(evaluate(world), result)


@each_evaluator
@given(world=worlds(), shift=st.sampled_from([timedelta(days=-400), timedelta(hours=1), timedelta(days=7001)]))
@some
def test_shifting_all_times_shifts_only_the_times(evaluate: Evaluator, world: World, shift: timedelta) -> None:
    def shifted(row: Row) -> Row:
        times = ("event_time", "last_click_time", "start_date", "end_date", "created_date")
        return {**row, **{name: row[name] + shift for name in times if row.get(name) is not None}}

    moved = World(
        {**world.program, "promo_codes": [shifted(k) for k in world.program["promo_codes"]]},
        tuple(map(shifted, world.conversions)),
        tuple(map(shifted, world.clicks)),
    )
    result = evaluate(world)
    result.credits = [shifted(row) for row in result.credits]
    same(result, evaluate(moved))


@each_evaluator
@given(world=worlds(), extra=single_clicks(), partner=st.sampled_from(PARTNERS))
@some
def test_a_click_of_another_partner_never_helps(evaluate: Evaluator, world: World, extra: Row, partner: str) -> None:
    other = {**extra, "partner_id": partner}
    before, after = evaluate(world), evaluate(world.but(clicks=(*world.clicks, other)))
    mine = {(v["conversion_id"], v["promo_code_id"]) for v in before.verdicts if v["partner_id"] != partner}
    assert met(after) & mine <= met(before)


@each_evaluator
@given(world=worlds())
@some
def test_winner_implies_involved_implies_always(evaluate: Evaluator, world: World) -> None:
    def under(rule: str) -> set[tuple[str, str]]:
        codes = [{**k, "credit_rule": rule} for k in world.program["promo_codes"]]
        return met(evaluate(world.with_promo_codes(codes)))

    assert under("WINNER") <= under("INVOLVED") <= under("ALWAYS")


@table_evaluators
@given(world=worlds(bad=True))
def test_every_conversion_is_credited_or_rejected(evaluate: Evaluator, world: World) -> None:
    result = evaluate(world)
    rejected = [row for table, row, _ in result.rejected if table == "conversions"]
    assert len(rejected) == len(set(rejected))
    assert len(world.conversions) == len(by_conversion(result)) + len(rejected)
    kept = {c["conversion_id"] for index, c in enumerate(world.conversions) if index not in rejected}
    assert kept == set(by_conversion(result))


@each_evaluator
@given(world=worlds())
def test_shares_and_credits_of_one_conversion_fit_together(evaluate: Evaluator, world: World) -> None:
    resolution = world.program["settings"]["resolution"]
    result = evaluate(world)
    for found in by_conversion(result).values():
        partners = [row["partner_id"] for row in found]
        assert len(partners) == len(set(partners)), "a partner is credited once"
        total = float(sum(row["share"] for row in found))
        if partners == [None]:
            assert total == 0
            assert found[0]["outcome"] in ("WITHHELD", "UNATTRIBUTED")
        elif resolution == "each":
            assert {float(row["share"]) for row in found} == {1.0}
        else:
            assert total == pytest.approx(1, abs=1e-12)
        if resolution == "one":
            assert len(found) == 1


@each_evaluator
@given(world=worlds())
@some
def test_selected_verdicts_are_the_paid_ones(evaluate: Evaluator, world: World) -> None:
    result = evaluate(world)
    selected = {(v["conversion_id"], v["promo_code_id"]) for v in result.verdicts if v["selected"]}
    paid = {(c["conversion_id"], c["promo_code_id"]) for c in result.credits if c["outcome"] == "PROMO_CODE"}
    assert selected == paid
    assert selected <= met(result)


@each_evaluator
@given(world=worlds(), rule=st.sampled_from(["ALWAYS", "WINNER"]))
@some
def test_promo_codes_that_match_nothing_change_nothing(evaluate: Evaluator, world: World, rule: str) -> None:
    # Of programs that the promo codes name already: a new program would change which orders need to name one.
    named = {k["program_id"] for k in world.program["promo_codes"]} | {None}
    idle: list[Row] = [
        {"code": "\u0001", "match_mode": "LI"},
        {"code": "NEVER[0-9]{40}", "match_mode": "RE"},
        {"code": ".*", "match_mode": "RE", "state": "EXPIRED"},
        {"code": ".*", "match_mode": "RE", "end_date": ORDER_TIMES[0] - MICRO},
    ]
    extra = [
        {
            **code,
            "id": f"idle {index} {program}",
            "credit_rule": rule,
            "partner_id": "p",
            "program_id": program,
        }
        for index, code in enumerate(idle)
        for program in named
    ]
    same(evaluate(world), evaluate(world.with_promo_codes(extra + world.program["promo_codes"])))


@each_evaluator
@given(world=worlds(listed=True))
@some
def test_repeats_of_a_used_code_change_nothing(evaluate: Evaluator, world: World) -> None:
    def repeated(row: Row) -> Row:
        codes = row["promo_code"]
        twice = None if codes is None else codes + [f" {code}\u200b" if code else None for code in codes]
        return {**row, "promo_code": twice}

    same(evaluate(world), evaluate(world.but(conversions=tuple(map(repeated, world.conversions)))))


@each_evaluator
@given(world=worlds(), partner=st.sampled_from(PARTNERS), customer=st.sampled_from(["c", "d", None]))
@some
def test_clicks_outside_every_window_change_nothing(
    evaluate: Evaluator, world: World, partner: str, customer: str | None
) -> None:
    times = (
        ORDER_TIMES[-1] + MICRO,
        ORDER_TIMES[0] - LOOKBACK - MICRO,
        ORDER_TIMES[0] - timedelta(days=4000),
    )
    outside = tuple(
        {
            "event_time": at,
            "partner_id": partner,
            "customer_id": customer,
            "click_id": "z",
            "program_id": None,
        }
        for at in times
    )
    same(evaluate(world), evaluate(world.but(clicks=world.clicks + outside)))


@each_evaluator
@given(world=worlds(), cut=st.integers(0, 8))
@some
def test_two_batches_are_worth_their_union(evaluate: Evaluator, world: World, cut: int) -> None:
    first = evaluate(world.but(conversions=world.conversions[:cut]))
    second = evaluate(world.but(conversions=world.conversions[cut:]))
    both = Result(first.credits + second.credits, first.verdicts + second.verdicts)
    same(both, evaluate(world))
