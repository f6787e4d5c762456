"""The same world read from files gives the same result as from frames."""

import gzip
import json
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
import pytest
from hypothesis import given

from tests.draws import draws
from tests.evaluators import (
    World,
    by_oracle,
    clicks_frame,
    conversions_frame,
    engine_of,
    of_tables,
    rows,
    same,
)
from tests.oracle import Row
from tests.worlds import with_text_times, worlds

Writer = Callable[[pl.DataFrame, Path], Any]

CLICK_COLUMNS = ("event_time", "partner_id", "customer_id", "click_id", "program_id")


def _json_lines(table: pl.DataFrame, path: Path) -> None:
    lines = "".join(json.dumps(row, default=str) + "\n" for row in table.to_dicts())
    path.write_text(lines, encoding="utf-8")


def _csv(table: pl.DataFrame, path: Path) -> None:
    path.write_bytes(_csv_bytes(table))


def _csv_bytes(table: pl.DataFrame) -> bytes:
    return table.with_columns(pl.col(pl.Decimal).cast(pl.String)).write_csv().encode()


WRITERS: dict[str, Writer] = {
    "parquet": lambda table, path: table.write_parquet(path),
    "csv": _csv,
    "csv.gz": lambda table, path: path.write_bytes(gzip.compress(_csv_bytes(table))),
    "ndjson": _json_lines,
}


def credit_files(world: World, suffix: str) -> Any:
    """The world through files; without clicks there is no click file."""
    with TemporaryDirectory() as directory:
        conversions, clicks = Path(directory, f"conversions.{suffix}"), Path(directory, f"clicks.{suffix}")
        WRITERS[suffix](conversions_frame(world.conversions), conversions)
        if world.clicks:
            WRITERS[suffix](clicks_frame(world.clicks), clicks)
        return engine_of(world).credit(conversions, clicks if world.clicks else None, bad_rows="reject")


def as_written(world: World, suffix: str) -> World:
    """Text formats know no time type."""
    return world if suffix == "parquet" else with_text_times(world, offset_hours=2)


@pytest.mark.parametrize("suffix", WRITERS)
@given(world=worlds(listed=False, bad=True))
@draws(12)
def test_files_give_what_frames_give(suffix: str, world: World) -> None:
    same(of_tables(credit_files(as_written(world, suffix), suffix)), by_oracle(world))


@pytest.mark.parametrize("suffix", ["parquet", "ndjson"])
@given(world=worlds(listed=True))
@draws(12)
def test_files_may_hold_lists_of_codes(suffix: str, world: World) -> None:
    same(of_tables(credit_files(as_written(world, suffix), suffix)), by_oracle(world))


@given(world=worlds(listed=False))
@draws(10)
def test_a_click_log_in_parts_is_one_log(world: World) -> None:
    with TemporaryDirectory() as directory:
        for index, click in enumerate(world.clicks):
            table = pl.DataFrame([click], schema=clicks_frame(world.clicks).schema)
            table.write_parquet(Path(directory, f"part-{index}.parquet"))
        source = str(Path(directory, "*.parquet")) if world.clicks else None
        result = engine_of(world).credit(conversions_frame(world.conversions), source)
        same(of_tables(result), by_oracle(world))


def _order(identifier: str, amount: Decimal | str) -> Row:
    return {"conversion_id": identifier, "event_time": "2026-05-01T10:00:00Z", "amount": amount}


@pytest.mark.parametrize("suffix", ["csv", "csv.gz"])
def test_amounts_in_text_files_are_exact(suffix: str) -> None:
    amounts = ["0.10", "12345678901234567890.12", "-3.1000", "007", "+5"]
    orders = tuple(_order(f"o{index}", amount) for index, amount in enumerate(amounts))
    idle = {"id": "k", "code": "IDLE", "match_mode": "LI", "credit_rule": "ALWAYS", "partner_id": "p"}
    result = of_tables(credit_files(World({"promo_codes": [idle]}, orders), suffix))
    assert rows([{"amount": row["amount"]} for row in result.credits]) == rows(
        [{"amount": Decimal(amount)} for amount in amounts]
    )


LOOKS_LIKE_SOMETHING_ELSE = ("007", "1E10", "true", "null", "NaN", "1.0", "2026-05-01", "0x1F", "-5", "inf")


@pytest.mark.parametrize("suffix", ["csv", "parquet", "ndjson"])
def test_ids_and_codes_stay_text_whatever_they_look_like(suffix: str) -> None:
    at = "2026-05-01T10:00:00Z"

    def column_of(text: str) -> Iterable[Row]:
        yield {
            "conversion_id": text,
            "event_time": at,
            "customer_id": text,
            "promo_code": text,
            "currency": text,
            "program_id": text,
        }

    for text in LOOKS_LIKE_SOMETHING_ELSE:
        code = {"id": text, "code": text, "match_mode": "LI", "credit_rule": "WINNER", "partner_id": text}
        click = {
            "event_time": at,
            "partner_id": text,
            "customer_id": text,
            "click_id": text,
            "program_id": text,
        }
        world = World({"promo_codes": [{**code, "program_id": text}]}, tuple(column_of(text)), (click,))
        (row,) = of_tables(credit_files(world, suffix)).credits
        assert (row["conversion_id"], row["used_code"], row["winner_partner_id"]) == (text, text, text)
        assert (row["outcome"], row["currency"], row["program_id"]) == ("PROMO_CODE", text, text)
