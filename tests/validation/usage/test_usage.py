"""Reading what happened: sources, columns, currencies, amounts, programs and dates, each boundary by name."""

import io
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from attribution.events.event_errors import MappedColumnError, MissingColumnError, SourceError
from attribution.program import Program
from attribution.validation.usage import Usage, read_usage
from tests.oracle import Row

T = datetime(2026, 5, 20, 12, tzinfo=UTC)
MICRO = timedelta(microseconds=1)


def program(*codes: Row, **settings: Any) -> Program:
    plain = {"id": "k", "code": "SAVE", "match_mode": "LI", "credit_rule": "INVOLVED", "partner_id": "owner"}
    return Program.model_validate({"settings": settings, "promo_codes": [{**plain, **code} for code in codes or [{}]]})


def orders(*rows: Row, **schema: Any) -> pl.DataFrame:
    plain = {"event_time": T, "customer_id": "c", "promo_code": "SAVE"}
    frame = [{"conversion_id": f"o{number}", **plain, **row} for number, row in enumerate(rows)]
    return pl.DataFrame(frame, schema_overrides=schema, infer_schema_length=None)


def clicks(*rows: Row) -> pl.DataFrame:
    plain = {"event_time": T, "customer_id": "c", "partner_id": "owner", "program_id": None}
    types = {"program_id": pl.String, "event_time": pl.Datetime("us", "UTC"), "partner_id": pl.String}
    return pl.DataFrame([{**plain, **row} for row in rows], schema={**dict.fromkeys(plain, pl.String), **types})


def silent(usage: Usage) -> list[Any]:
    return usage.without_clicks.rows()


def test_currencies_are_never_added_up_and_missing_amounts_are_counted() -> None:
    money = [("USD", "1.10"), ("USD", "2.20"), ("EUR", "5"), ("EUR", None), (None, "7"), ("JPY", None)]
    data = orders(*({"currency": currency, "amount": amount, "promo_code": "NONE"} for currency, amount in money))
    assert read_usage(program(), data, None, {}).unassigned_money.rows() == [
        ("EUR", 2, 1, Decimal("5")),
        ("JPY", 1, 1, None),
        ("USD", 2, 0, Decimal("3.3")),
        (None, 1, 0, Decimal("7")),
    ]


@pytest.mark.parametrize(
    ("amounts", "dtype", "expected"),
    [
        pytest.param([0.1, 0.2, 19.99], pl.Float64, "20.29", id="floats are the decimals that were written"),
        pytest.param([12345678901.23, 0.01], pl.Float64, "12345678901.24", id="large floats"),
        pytest.param([0.00012345, 0.1], pl.Float64, "0.10012345", id="floats with many places"),
        pytest.param([1, 2, 3], pl.Int64, "6", id="whole numbers"),
        pytest.param(["0.1", "1.000000001"], pl.String, "1.100000001", id="nine decimal places of text"),
        pytest.param(["90000000000000000.00"] * 200, pl.String, "18000000000000000000", id="large sums"),
        pytest.param([-5.25, 5.25], pl.Float64, "0", id="a reversal"),
    ],
)
def test_money_is_exact(amounts: list[Any], dtype: Any, expected: str) -> None:
    data = orders(*({"amount": amount, "promo_code": "NONE"} for amount in amounts), amount=dtype)
    ((_, number, without, total),) = read_usage(program(), data, None, {}).unassigned_money.rows()
    assert (number, without, total) == (len(amounts), 0, Decimal(expected))


def test_an_amount_beyond_a_quintillion_is_no_amount() -> None:
    data = orders({"amount": 1e18, "promo_code": "NONE"}, {"amount": -1e300, "promo_code": "NONE"}, {"amount": 9e17})
    usage = read_usage(program(), data, clicks({"event_time": T + MICRO}), {})
    assert usage.unassigned_money.rows() == [(None, 2, 2, None)]
    assert usage.unpaid_money["amount"].to_list() == [Decimal("9e17")]


def test_without_columns_of_money_conversions_are_counted() -> None:
    usage = read_usage(program(), orders({}), clicks(), {})
    assert usage.unpaid_money.rows() == [(0, None, 1, 1, None)]


def test_a_conversion_without_a_customer_has_no_path() -> None:
    usage = read_usage(program(), orders({"customer_id": None}), clicks({"customer_id": None}), {})
    assert usage.promo_codes.row(0)[4:] == (1, 0, 1)
    assert silent(usage) == [], "the partner has a click all the same"


@pytest.mark.parametrize(
    ("fields", "offered"),
    [
        pytest.param({}, 3, id="open dates"),
        pytest.param({"start_date": T}, 3, id="starts with the first conversion"),
        pytest.param({"start_date": T + MICRO}, 2, id="starts just after it"),
        pytest.param({"end_date": T + 2 * MICRO}, 3, id="ends with the last conversion"),
        pytest.param({"end_date": T + MICRO}, 2, id="ends just before it"),
        pytest.param({"end_date": T - MICRO}, 0, id="ended before the data"),
        pytest.param({"start_date": T + 3 * MICRO}, 0, id="starts after the data"),
        pytest.param({"start_date": T + 2 * MICRO, "end_date": T}, 0, id="dates the wrong way round"),
        pytest.param({"state": "EXPIRED"}, 0, id="a state without its date"),
    ],
)
def test_offered_are_the_conversions_placed_while_a_promo_code_was_active(fields: Row, offered: int) -> None:
    data = orders(*({"event_time": T + step * MICRO, "promo_code": "NONE"} for step in (2, 0, 1)))
    row = read_usage(program(fields), data, None, {}).promo_codes.row(0, named=True)
    assert row["offered"] == offered
    low, high = max(fields.get("start_date", T), T), min(fields.get("end_date", T + 2 * MICRO), T + 2 * MICRO)
    assert (row["first"], row["last"]) == ((low, high) if offered else (None, None))


def test_conversions_of_another_program_do_not_offer_a_promo_code() -> None:
    rules = program({"id": "1", "program_id": "1"}, {"id": "2", "program_id": "2"}, {"id": "any"})
    data = orders({"program_id": "1"}, {"program_id": "1"}, {"program_id": "3"})
    assert read_usage(rules, data, None, {}).promo_codes["offered"].to_list() == [2, 0, 3]


def test_conversions_of_programs_that_no_promo_code_is_for_are_left_out() -> None:
    rules = program({"id": "1", "program_id": "1"}, {"id": "2", "program_id": "2"})
    data = orders(*({"program_id": name, "promo_code": "NONE"} for name in "1233"))
    assert read_usage(rules, data, None, {}).unassigned.rows() == [("NONE", 2)]
    anywhere = program({"id": "1", "program_id": "1"}, {"id": "any"})
    assert read_usage(anywhere, data, None, {}).unassigned.rows() == [("NONE", 4)]


@pytest.mark.parametrize(
    ("value", "separator"),
    [
        pytest.param(["SAVE", " SAVE ", None, "NONE"], None, id="a list"),
        pytest.param("SAVE, SAVE ,NONE", ",", id="text with a separator"),
    ],
)
def test_several_used_codes_of_one_order_count_once_each(value: Any, separator: str | None) -> None:
    usage = read_usage(program(code_separator=separator), orders({"promo_code": value}), None, {})
    assert (usage.promo_codes["matched"].to_list(), usage.unassigned.rows()) == ([1], [("NONE", 1)])


def test_an_overlap_is_of_one_used_code_and_not_of_one_order() -> None:
    rules = program({"id": "a", "credit_rule": "ALWAYS"}, {"id": "b", "code": "GIFT", "partner_id": "other"})
    assert read_usage(rules, orders({"promo_code": ["SAVE", "GIFT"]}), None, {}).overlaps.is_empty()


def test_an_overlap_of_a_later_used_code_is_one_though_an_earlier_one_decides() -> None:
    rules = program(
        {"id": "a", "match_mode": "RE", "code": "SAVE.*"}, {"id": "b", "code": "SAVE2", "partner_id": "other"}
    )
    usage = read_usage(rules, orders({"promo_code": ["SAVE1", "SAVE2"]}), clicks({}), {})
    assert usage.overlaps.rows() == [(1, 0, "SAVE2", 1, "o0")]
    assert usage.overlap_paid.rows() == [(1, 0, "PROMO_CODE", "owner", 1)]


def test_promo_codes_of_one_partner_do_not_overlap() -> None:
    rules = program({"id": "a"}, {"id": "b"}, {"id": "c", "partner_id": "other", "end_date": T - MICRO})
    assert read_usage(rules, orders({}), None, {}).overlaps.is_empty()


def test_the_second_of_a_pair_is_the_first_of_another_partner() -> None:
    rules = program({"id": "a"}, {"id": "b"}, {"id": "c", "partner_id": "other"}, {"id": "d", "partner_id": "third"})
    usage = read_usage(rules, orders({}), None, {})
    assert usage.overlaps.rows() == [(0, 2, "SAVE", 1, "o0")]
    assert usage.overlap_others.rows() == [(0, 2, 1), (0, 2, 3)]


@pytest.mark.parametrize(
    ("click", "heard"),
    [
        pytest.param({"customer_id": "stranger"}, True, id="of a customer who never bought"),
        pytest.param({"customer_id": None}, True, id="of nobody knows whom"),
        pytest.param({"event_time": T - timedelta(days=99)}, True, id="long before"),
        pytest.param({"program_id": "1"}, True, id="in its program"),
        pytest.param({"program_id": "2"}, False, id="in another program"),
        pytest.param({"partner_id": "other"}, False, id="of another partner"),
        pytest.param({"event_time": None}, False, id="without a time, a bad row"),
    ],
)
def test_which_click_gives_a_partner_a_voice(click: Row, heard: bool) -> None:
    second = {"id": "2", "program_id": "2", "partner_id": "second", "credit_rule": "ALWAYS"}
    rules = program({"program_id": "1"}, second)
    for data in (orders({"program_id": "1"}), None):
        usage = read_usage(rules, data, clicks(click, {"partner_id": "noise"}), {})
        assert silent(usage) == ([] if heard else [("owner", "1")])


def test_a_click_in_any_program_counts_for_a_promo_code_without_one() -> None:
    assert silent(read_usage(program(), orders({}), clicks({"program_id": "1", "customer_id": "stranger"}), {})) == []


def test_only_promo_codes_that_need_a_click_lose_by_having_none() -> None:
    first = {"id": "first", "code": "GIFT", "credit_rule": "ALWAYS", "partner_id": "a", "start_date": T}
    rules = program({"id": "needs"}, {"id": "not", "code": "GIFT", "credit_rule": "ALWAYS"}, first)
    usage = read_usage(rules, orders({}, {"promo_code": "GIFT"}), clicks(), {})
    assert usage.unpaid_money["promo_index"].to_list() == [0, 1]
    assert usage.without_clicks_money["conversions"].to_list() == [1]


@pytest.mark.parametrize("with_orders", [True, False])
@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({"end_date": T - MICRO}, [], id="ended before the data"),
        pytest.param({"start_date": T + MICRO}, [], id="starts after the data"),
        pytest.param({"end_date": T}, [("owner", None)], id="the last instant"),
        pytest.param({"start_date": T}, [("owner", None)], id="the first instant"),
        pytest.param({"state": "EXPIRED"}, [], id="never active"),
        pytest.param({"credit_rule": "ALWAYS"}, [], id="needs no click"),
        pytest.param({"credit_rule": "WINNER"}, [("owner", None)], id="needs the last click"),
    ],
)
def test_only_promo_codes_active_in_the_period_need_a_click(fields: Row, expected: Any, with_orders: bool) -> None:
    usage = read_usage(program(fields), orders({}) if with_orders else None, clicks({"partner_id": "other"}), {})
    assert silent(usage) == expected


def test_clicks_alone_tell_who_has_none_and_which_rows_are_bad() -> None:
    bad = clicks({"partner_id": "other"}, {"partner_id": None}, {"event_time": None})
    usage = read_usage(program(), None, bad, {})
    assert (usage.has_conversions, usage.clicks_read, usage.first, usage.last) == (False, 3, T, T)
    assert usage.rejected.rows() == [("clicks", "NO_PARTNER", 1), ("clicks", "NO_TIME", 1)]
    assert silent(usage) == [("owner", None)]


def test_no_click_at_all_is_none_of_anybody() -> None:
    assert silent(read_usage(program(), orders({}), clicks(), {})) == [("owner", None)]
    assert silent(read_usage(program(), None, clicks(), {})) == [], "there is no period to speak of"


def test_without_a_table_there_is_nothing_to_tell() -> None:
    assert read_usage(program(), None, None, {}).promo_codes.is_empty()


def test_files_and_columns_are_read_as_crediting_reads_them(tmp_path: Path) -> None:
    data, log = tmp_path / "orders.csv", tmp_path / "clicks.csv"
    data.write_text("Order,EventDate,Code,Amount,CurrencyCode\n1,2026-05-20T12:00:00,NONE,5.00,USD\n")
    log.write_text("ProfileId,Pub,EventDate\nc,owner,2026-05-20T11:00:00\n")
    columns = {"conversions.conversion_id": "Order", "conversions.promo_code": "Code", "clicks.partner_id": "Pub"}
    usage = read_usage(program(timezone="Europe/Berlin"), str(data), log, columns)
    assert usage.unassigned_money.rows() == [("USD", 1, 0, Decimal(5))]
    assert (silent(usage), usage.first) == ([], T - timedelta(hours=2))


class Once:
    """A stream of clicks that can be read only once."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame: pl.DataFrame | None = frame

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        frame, self._frame = self._frame, None
        assert frame is not None, "read twice"
        return frame.__arrow_c_stream__(requested_schema)


def test_a_stream_of_clicks_is_read_only_once() -> None:
    stream: Any = Once(clicks({"partner_id": "other"}).rename({"partner_id": "Pub"}))
    usage = read_usage(program(), orders({}), stream, {"clicks.partner_id": "Pub"})
    assert (silent(usage), usage.clicks_read) == ([("owner", None)], 1)


def test_tables_of_the_wrong_shape_are_refused() -> None:
    with pytest.raises(MissingColumnError, match="event_time"):
        read_usage(program(), pl.read_csv(io.StringIO("conversion_id\n1\n")), None, {})
    with pytest.raises(MappedColumnError, match="nonsense"):
        read_usage(program(), orders({}), None, {"nonsense": "x"})
    with pytest.raises(SourceError, match="no table of clicks"):
        read_usage(program(), orders({}), None, {"clicks.partner_id": "x"})
