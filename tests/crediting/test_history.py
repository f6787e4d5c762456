"""A gathered history stands for the two tables that it was gathered from."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from attribution import BadRowsError, CreditResult, Engine, History, NotGatheredError, Program
from attribution.errors import AttributionError
from tests.evaluators import World, clicks_frame, conversions_frame, engine_of
from tests.worlds import with_carried_paths, worlds

T = datetime(2026, 6, 1, tzinfo=UTC)
CODE = {"id": 1, "code": "SAVE", "match_mode": "LI", "credit_rule": "INVOLVED", "partner_id": "p"}


def program(*codes: dict[str, Any], **settings: Any) -> Program:
    return Program.model_validate({"settings": settings, "promo_codes": list(codes) or [CODE]})


def orders(**columns: list[Any]) -> pl.DataFrame:
    one = {"conversion_id": ["1"], "event_time": [T], "customer_id": ["c"], "promo_code": ["SAVE"]}
    return pl.DataFrame(one | columns)


def clicks(*before: timedelta, partner_id: str = "p", **columns: Any) -> pl.DataFrame:
    rows = pl.DataFrame({"event_time": [T - one for one in before]}, schema={"event_time": pl.Datetime("us", "UTC")})
    return rows.with_columns(customer_id=pl.lit("c"), partner_id=pl.lit(partner_id), **columns)


def equal(left: CreditResult, right: CreditResult) -> None:
    for table in ("credits", "verdicts", "rejected"):
        assert_frame_equal(getattr(left, table), getattr(right, table))
    assert (left.conversions_read, left.conversions_rejected) == (right.conversions_read, right.conversions_rejected)
    assert left.clicks == right.clicks


@given(worlds(bad=True), st.sampled_from(["as it is", "longer", "carried"]))
def test_a_history_credits_as_its_tables_do(
    tmp_path_factory: pytest.TempPathFactory, world: World, kind: str
) -> None:
    world = with_carried_paths(world) if kind == "carried" else world
    engine = engine_of(world)
    settings = engine.program.settings
    tables = conversions_frame(world.conversions), clicks_frame(world.clicks) if world.clicks else None
    lookback = settings.lookback * 3 if kind == "longer" else settings.lookback
    separator = settings.code_separator
    history = History.gather(
        *tables, lookback=lookback, bad_rows="reject", timezone=settings.timezone, code_separator=separator
    )
    expected = engine.credit(*tables, bad_rows="reject")
    equal(engine.credit(history, bad_rows="reject"), expected)
    place = tmp_path_factory.mktemp("history")
    history.write(place)
    equal(engine.credit(History.read(place), bad_rows="reject"), expected)


def test_one_history_serves_every_program_and_every_shorter_lookback() -> None:
    log = clicks(timedelta(days=1), timedelta(days=10), timedelta(days=40))
    history = History.gather(orders(), log, lookback="60d")
    for rules in (program(lookback="5d"), program(lookback="12d", uncredited="default"), program(lookback="60d")):
        equal(Engine(rules).credit(history), Engine(rules).credit(orders(), log))
    lengths = [Engine(program(lookback=days)).credit(history).credits["path_clicks"].item() for days in ("5d", "60d")]
    assert lengths == [1, 3]


def test_each_click_of_a_customer_who_converted_stands_once_if_it_is_within_the_lookback_of_an_order(
    tmp_path: Path,
) -> None:
    before = timedelta(0), timedelta(days=3), timedelta(days=3, microseconds=1), timedelta(days=-1)
    log = clicks(*before, click_id=pl.lit("k"))
    other = log.with_columns(customer_id=pl.lit("somebody else"))
    times = [T, T - timedelta(days=1)]
    two = orders(conversion_id=["1", "2"], event_time=times, customer_id=["c"] * 2, promo_code=["SAVE", None])
    History.gather(two, pl.concat([log, other]), lookback="3d").write(tmp_path)
    kept = pl.read_parquet(tmp_path / "clicks.parquet")
    assert kept["event_time"].to_list() == [T - timedelta(days=3, microseconds=1), T - timedelta(days=3), T]
    assert kept["customer_id"].to_list() == ["c"] * 3
    assert kept["click_id"].to_list() == ["k"] * 3


@pytest.mark.parametrize(
    ("rules", "wanted"),
    [
        pytest.param(program(lookback="31d"), "lookback 30d, and 31d is asked for", id="a longer lookback"),
        pytest.param(program(timezone="Europe/Berlin"), "timezone UTC, and Europe/Berlin", id="another time zone"),
    ],
)
def test_what_was_not_gathered_is_refused_by_name(rules: Program, wanted: str) -> None:
    local = orders(event_time=["2026-06-01T00:00:00"])
    history = History.gather(local, clicks(timedelta(days=1)), lookback="30d")
    with pytest.raises(NotGatheredError, match=wanted):
        Engine(rules).credit(history)


def test_a_time_zone_does_not_matter_where_every_time_has_its_own() -> None:
    history = History.gather(orders(), clicks(timedelta(days=1)), lookback="30d")
    rules = program(timezone="Europe/Berlin")
    equal(Engine(rules).credit(history), Engine(rules).credit(orders(), clicks(timedelta(days=1))))


def test_another_separator_is_refused_where_lists_stood_beside_texts(tmp_path: Path) -> None:
    lines = ['{"conversion_id": "1", "event_time": "2026-06-01", "promo_code": ["SAVE"]}']
    lines.append('{"conversion_id": "2", "event_time": "2026-06-01", "promo_code": "SAVE,OTHER"}')
    path = tmp_path / "conversions.ndjson"
    path.write_text("\n".join(lines), encoding="utf-8")
    rules = program(code_separator=",")
    with pytest.raises(NotGatheredError, match="code_separator None, and ',' is asked for"):
        Engine(rules).credit(History.gather(path, lookback="30d"))
    equal(Engine(rules).credit(History.gather(path, lookback="30d", code_separator=",")), Engine(rules).credit(path))


def test_bad_rows_stop_a_history_as_they_stop_tables() -> None:
    broken = orders(conversion_id=[None])
    with pytest.raises(BadRowsError):
        History.gather(broken, lookback="30d")
    history = History.gather(broken, lookback="30d", bad_rows="reject")
    with pytest.raises(BadRowsError, match="1 bad row in conversions: 1 NO_ID"):
        Engine(program()).credit(history)
    equal(Engine(program()).credit(history, bad_rows="reject"), Engine(program()).credit(broken, bad_rows="reject"))


def test_a_conversion_without_a_program_is_bad_where_the_promo_codes_name_several() -> None:
    several = program(CODE | {"program_id": "1"}, CODE | {"id": 2, "code": "B", "program_id": "2"})
    table = orders(
        conversion_id=["1", None, "3"], event_time=[T] * 3, customer_id=["c"] * 3, promo_code=["SAVE"] * 3,
        program_id=[None, "1", "1"],
    )  # fmt: skip
    history = History.gather(table, clicks(timedelta(days=1)), lookback="30d", bad_rows="reject")
    expected = Engine(several).credit(table, clicks(timedelta(days=1)), bad_rows="reject")
    assert expected.rejected["reason"].to_list() == ["NO_PROGRAM", "NO_ID"]
    equal(Engine(several).credit(history, bad_rows="reject"), expected)


def test_a_history_is_given_alone() -> None:
    history = History.gather(orders(), lookback="30d")
    with pytest.raises(TypeError, match="give neither beside it"):
        Engine(program()).credit(history, clicks(timedelta(days=1)))


@pytest.mark.parametrize(("name", "value"), [("lookback", "5x"), ("lookback", "9999d"), ("timezone", "Nowhere")])
def test_an_argument_that_means_nothing_is_named(name: str, value: str) -> None:
    with pytest.raises(AttributionError, match=f"^{name}: "):
        History.gather(orders(), **{"lookback": "30d", name: value})


def test_what_is_no_history_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AttributionError, match=r"it has no conversions.parquet, clicks.parquet, bad_rows.parquet"):
        History.read(tmp_path)
    History.gather(orders(), clicks(timedelta(days=1)), lookback="30d").write(tmp_path)
    pl.read_parquet(tmp_path / "conversions.parquet").write_parquet(tmp_path / "conversions.parquet")
    with pytest.raises(AttributionError, match="its Parquet metadata has no JSON under 'attribution'"):
        History.read(tmp_path)


@pytest.mark.parametrize("name", ["conversions", "clicks", "bad_rows"])
def test_a_damaged_file_of_a_history_is_named(tmp_path: Path, name: str) -> None:
    History.gather(orders(), clicks(timedelta(days=1)), lookback="30d").write(tmp_path)
    (tmp_path / f"{name}.parquet").write_bytes(b"cut short")
    with pytest.raises(AttributionError, match=rf"{name}\.parquet: cannot be read"):
        History.read(tmp_path)


def test_a_later_form_is_refused(tmp_path: Path) -> None:
    History.gather(orders(), lookback="30d").write(tmp_path)
    table = pl.read_parquet(tmp_path / "conversions.parquet")
    table.write_parquet(tmp_path / "conversions.parquet", metadata={"attribution": '{"format": 99}'})
    with pytest.raises(AttributionError, match="is a history of form 99; this version reads 1; gather it again"):
        History.read(tmp_path)


def test_gathering_into_the_folder_of_results_leaves_the_results(tmp_path: Path) -> None:
    (tmp_path / "credits.parquet").write_bytes(b"results of another run")
    History.gather(orders(), lookback="30d").write(tmp_path)
    History.gather(orders(), lookback="60d").write(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "bad_rows.parquet", "clicks.parquet", "conversions.parquet", "credits.parquet",
    ]  # fmt: skip
    assert History.read(tmp_path).gathered.lookback == timedelta(days=60)
