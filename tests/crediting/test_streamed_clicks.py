"""How the click log is read must not show in the result: joined on a hash, from Parquet, text or a frame."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from attribution import Engine, Program, text_table
from attribution.events.customers import ClickCounts, clicks_of
from attribution.events.readers import scan_clicks

T = datetime(2026, 6, 1, tzinfo=UTC)
PROGRAM = Program.model_validate(
    [{"id": 1, "code": "SAVE", "match_mode": "LI", "credit_rule": "INVOLVED", "partner_id": "p0"}]
)


def conversions(number: int = 40) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "conversion_id": [f"o{i}" for i in range(number)],
            "event_time": [T + timedelta(hours=i) for i in range(number)],
            "customer_id": [f"c{i % 7}" if i % 9 else None for i in range(number)],
            "promo_code": ["SAVE" if i % 3 else None for i in range(number)],
        }
    )


def clicks(number: int = 300) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "customer_id": [None if i % 31 == 0 else f"c{i % 23}" for i in range(number)],
            "partner_id": [f"p{i // 23 % 4}" for i in range(number)],
            "event_time": [T + timedelta(hours=i % 5 * 8) for i in range(number)],
            "click_id": [f"k{i * 37 % 101}" if i % 4 else None for i in range(number)],
        },
        schema_overrides={"event_time": pl.Datetime("us", "UTC")},
    )


def credits(table: Any, **options: Any) -> pl.DataFrame:
    return Engine(PROGRAM).credit(conversions(), table, **options).credits


@pytest.fixture
def parquet(tmp_path: Path) -> Path:
    for part, rows in enumerate(clicks().iter_slices(70)):
        rows.write_parquet(tmp_path / f"part-{part}.parquet", row_group_size=20)
    return tmp_path


def test_customers_of_one_hash_are_not_one_customer(monkeypatch: pytest.MonkeyPatch, parquet: Path) -> None:
    expected = credits(clicks())
    monkeypatch.setattr(text_table, "hashed", lambda texts: texts.str.len_bytes().fill_null(0).cast(pl.UInt64))
    assert_frame_equal(credits(clicks()), expected)
    assert_frame_equal(credits(parquet), expected)


def test_parquet_frames_and_text_give_the_same_credits(parquet: Path, tmp_path: Path) -> None:
    expected = credits(clicks())
    clicks().write_csv(tmp_path / "clicks.csv")
    assert expected["outcome"].n_unique() > 2
    assert_frame_equal(credits(parquet / "*.parquet"), expected)
    assert_frame_equal(credits(tmp_path / "clicks.csv"), expected)


def test_a_click_id_decides_between_clicks_of_one_instant(parquet: Path) -> None:
    told = credits(parquet)
    untold = credits(clicks().drop("click_id"))
    differing = told.filter(told["winner_partner_id"].ne_missing(untold["winner_partner_id"]))
    assert differing.height, "the world must have ties that only a click id breaks"
    assert told["path_clicks"].to_list() == untold["path_clicks"].to_list()


BROKEN = {
    "no partner": ({"partner_id": None}, ClickCounts(301, 10, 1)),
    "an empty partner": ({"partner_id": ""}, ClickCounts(301, 10, 1)),
    "no time": ({"event_time": None}, ClickCounts(301, 10, 1)),
    "no customer": ({"customer_id": None}, ClickCounts(301, 11, 0)),
    "an empty customer": ({"customer_id": ""}, ClickCounts(301, 11, 0)),
}


@pytest.mark.parametrize(("change", "counts"), BROKEN.values(), ids=BROKEN.keys())
@pytest.mark.parametrize("statistics", [True, False], ids=["with statistics", "without statistics"])
def test_parquet_counts_what_a_frame_counts(
    change: dict[str, Any], counts: ClickCounts, statistics: bool, tmp_path: Path
) -> None:
    broken = pl.concat([clicks(), clicks().tail(1).with_columns(**{k: pl.lit(v) for k, v in change.items()})])
    broken = broken.cast({"event_time": pl.Datetime("us", "UTC")})
    broken.write_parquet(tmp_path / "clicks.parquet", statistics=statistics, row_group_size=50)
    engine = Engine(PROGRAM)
    of_file = engine.credit(conversions(), tmp_path / "clicks.parquet", bad_rows="reject")
    of_frame = engine.credit(conversions(), broken, bad_rows="reject")
    assert of_file.clicks == of_frame.clicks == counts
    assert_frame_equal(of_file.credits, of_frame.credits)
    assert of_file.rejected["row"].to_list() == of_frame.rejected["row"].to_list() == [301] * counts.bad


def test_parquet_without_types_of_its_own_is_read_alike(tmp_path: Path) -> None:
    ids = pl.col("customer_id").str.slice(1).cast(pl.Int32, strict=False)
    plain = clicks().with_columns(ids, pl.col("event_time").dt.to_string("iso:strict"))
    plain.write_parquet(tmp_path / "clicks.parquet")
    orders = conversions().with_columns(pl.col("customer_id").str.slice(1))
    engine = Engine(PROGRAM)
    result = engine.credit(orders, tmp_path / "clicks.parquet")
    assert_frame_equal(result.credits, credits(clicks()))
    assert result.clicks == ClickCounts(300, 10, 0)


@pytest.mark.parametrize("column", ["partner_id", "customer_id"])
def test_an_empty_category_is_a_missing_id(column: str, tmp_path: Path) -> None:
    table = clicks().with_columns(pl.lit("").alias(column)).head(5).cast({column: pl.Categorical})
    table.write_parquet(tmp_path / "clicks.parquet")
    of_file = Engine(PROGRAM).credit(conversions(), tmp_path / "clicks.parquet", bad_rows="reject").clicks
    of_frame = Engine(PROGRAM).credit(conversions(), table, bad_rows="reject").clicks
    assert of_file == of_frame
    assert of_file.bad + of_file.without_customer >= 5


@pytest.mark.parametrize(
    ("first", "last"),
    [
        pytest.param(timedelta(0), timedelta(hours=32), id="all of them"),
        pytest.param(timedelta(hours=8), timedelta(hours=24), id="both ends count"),
        pytest.param(timedelta(hours=8, microseconds=1), timedelta(hours=24, microseconds=-1), id="but no more"),
    ],
)
def test_only_clicks_of_the_customers_and_the_time_that_are_asked_for_are_kept(
    parquet: Path, first: timedelta, last: timedelta
) -> None:
    scan = scan_clicks(parquet, timezone="UTC")
    known = pl.Series(["nobody", "c3"])
    columns = ["partner_id", "event_time"]
    kept, counts = clicks_of(scan, known, columns, T + first, T + last)
    expected = clicks().filter(pl.col("event_time").is_between(T + first, T + last), customer_id="c3")
    assert expected.height > 0
    assert kept["customer"].unique().to_list() == [1]
    assert_frame_equal(kept.select(columns), expected.select(columns), check_row_order=False)
    assert counts == ClickCounts(300, 10, 0)


def test_clicks_of_earlier_and_later_orders_count_though_none_is_within_all_windows() -> None:
    orders = conversions(2).with_columns(event_time=pl.Series([T, T + timedelta(days=300)]), customer_id=pl.lit("c1"))
    log = clicks(2).with_columns(event_time=pl.Series([T - timedelta(days=30), T + timedelta(days=300)]))
    log = log.with_columns(customer_id=pl.lit("c1"))
    assert Engine(PROGRAM).credit(orders, log).credits["path_clicks"].to_list() == [1, 1]
