"""Arguments of the wrong kind are refused by name, not by what breaks deep inside."""

from typing import Any

import polars as pl
import pytest

from attribution import Engine, Program
from attribution.errors import AttributionError

ENGINE = Engine(
    Program.model_validate([{"id": 1, "code": "SAVE", "match_mode": "LI", "credit_rule": "ALWAYS", "partner_id": "p"}])
)
ORDER = {"conversion_id": "o", "event_time": "2026-06-01", "customer_id": "c", "promo_code": "SAVE"}


@pytest.mark.parametrize(
    ("act", "error", "message"),
    [
        pytest.param(lambda: Engine("program.json"), TypeError, "Program.load", id="an engine of a path"),
        pytest.param(lambda: ENGINE.match(5), TypeError, "a used code is text, not int", id="a number as a code"),
        pytest.param(lambda: ENGINE.match("A", at="soon"), ValueError, "'soon' cannot be read", id="no time"),
        pytest.param(lambda: ENGINE.match_column(pl.Series([["A"]])), TypeError, "text, not List", id="lists of codes"),
        pytest.param(lambda: ENGINE.decide(None), TypeError, "not NoneType", id="no order"),
        pytest.param(
            lambda: ENGINE.decide(ORDER, ORDER), TypeError, "mapping of column names, not str", id="one click"
        ),
        pytest.param(lambda: ENGINE.decide({}), AttributionError, "no conversion_id", id="an order without columns"),
        pytest.param(
            lambda: ENGINE.credit(pl.DataFrame([ORDER]), columns={"clicks.partner_id": "Pub"}),
            AttributionError,
            "no table of clicks is given",
            id="columns of a table that is not given",
        ),
        pytest.param(
            lambda: ENGINE.credit(pl.DataFrame([ORDER]), bad_rows="skip"), ValueError, "not 'skip'", id="a third way"
        ),
    ],
)
def test_misuse_is_named(act: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        act()


def test_a_column_of_codes_may_be_a_list() -> None:
    assert ENGINE.match_column([" SAVE ", "SAVE", None, "", "OTHER"]).rows() == [("SAVE", "1")]


def test_the_missing_and_the_overly_exact_times_of_pandas_are_read_as_in_a_table() -> None:
    pandas = pytest.importorskip("pandas")
    with pytest.raises(AttributionError, match="NO_TIME"):
        ENGINE.decide({**ORDER, "event_time": pandas.NaT})
    click = {"customer_id": "c", "partner_id": "q", "event_time": pandas.Timestamp("2026-06-01T00:00:00.000000900Z")}
    assert ENGINE.decide(ORDER, [click]).path_clicks == 1
    with pytest.raises(AttributionError, match="NO_TIME"):
        ENGINE.decide(ORDER, [{**click, "event_time": pandas.NaT}])
    assert ENGINE.decide({**ORDER, "amount": pandas.NA}).outcome == "PROMO_CODE"
