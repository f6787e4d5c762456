"""NDJSON: ids, codes and amounts keep the text they have in the file; keys may come late or not at all."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.events import ndjson
from attribution.events.event_errors import UnreadableFileError, WrongTypeError
from attribution.events.ndjson import _quote_numbers
from attribution.events.readers import ConversionTable, read_conversions, scan_clicks

TIME = '"EventDate":"2024-03-01"'


def conversions(path: Path, *lines: str) -> ConversionTable:
    (path / "c.ndjson").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return read_conversions(path / "c.ndjson", timezone="UTC")


@pytest.mark.parametrize(
    ("literal", "text"),
    [
        pytest.param("7", "7", id="an integer"),
        pytest.param("-7", "-7", id="a negative integer"),
        pytest.param("12345678901234567890", "12345678901234567890", id="an integer beyond 63 bits"),
        pytest.param(str(2**128 - 1), str(2**128 - 1), id="an integer of 128 bits"),
        pytest.param("1E10", "1E10", id="an exponent"),
        pytest.param("1.50", "1.50", id="a closing zero"),
        pytest.param("-1.5e-07", "-1.5e-07", id="signs"),
        pytest.param("0.30000000000000004440892098500626", "0.30000000000000004440892098500626", id="many digits"),
        pytest.param("true", "true", id="a boolean"),
        pytest.param('"007"', "007", id="text"),
        pytest.param('"\\u00e9, 1.5"', "é, 1.5", id="an escape"),
        pytest.param('"{\\"Id\\":1.5"', '{"Id":1.5', id="text that looks like JSON"),
    ],
)
def test_an_id_keeps_its_text(literal: str, text: str, tmp_path: Path) -> None:
    table = conversions(tmp_path, f'{{"Id" : {literal},{TIME}, "CustomerId":{literal}}}')
    assert table.good.select("conversion_id", "customer_id").row(0) == (text, text)


def test_clicks_and_conversions_agree_on_the_text(tmp_path: Path) -> None:
    (tmp_path / "k.ndjson").write_text(f'{{"ProfileId":1E10,"MediaId":7,{TIME}}}\n')
    scan = scan_clicks(tmp_path / "k.ndjson", timezone="UTC")
    assert scan.frame.select("customer_id", "partner_id").collect().row(0) == ("1E10", "7")


def test_amounts_are_exact(tmp_path: Path) -> None:
    table = conversions(
        tmp_path,
        f'{{"Id":"a",{TIME},"Amount":19.99}}',
        f'{{"Id":"b",{TIME},"Amount":"0.10"}}',
        f'{{"Id":"c",{TIME},"Amount":12345678901234567890.123}}',
        f'{{"Id":"d",{TIME}}}',
        f'{{"Id":"e",{TIME},"Amount":1e2}}',
    )
    assert table.good["amount"].to_list() == [
        Decimal("19.990"), Decimal("0.100"), Decimal("12345678901234567890.123"), None,
    ]  # fmt: skip
    assert table.bad.select("row", "reason", "value").rows() == [(5, "UNREADABLE_AMOUNT", "1e2")]


def test_a_key_may_first_appear_in_any_line_of_conversions(tmp_path: Path) -> None:
    lines = [f'{{"Id":{number},{TIME}}}' for number in range(2000)]
    table = conversions(tmp_path, *lines, f'{{"Id":"late",{TIME},"PromoCode":"X"}}')
    assert table.good["promo_code"].drop_nulls().to_list() == ["X"]


def test_a_key_may_first_appear_in_any_line_of_clicks(tmp_path: Path) -> None:
    early = [f'{{"MediaId":"p",{TIME}}}'] * 1500
    (tmp_path / "k.ndjson").write_text("\n".join([*early, f'{{"MediaId":"p","ProfileId":"c","Id":"k",{TIME}}}']))
    scan = scan_clicks(tmp_path / "k.ndjson", timezone="UTC")
    assert scan.frame.select("customer_id", "click_id").collect().row(-1) == ("c", "k")


def test_a_key_that_a_sample_of_clicks_has_not_is_looked_for_under_every_name(tmp_path: Path) -> None:
    early = [f'{{"MediaId":"p","ProfileId":"c",{TIME}}}'] * 1500
    late = f'{{"MediaId":"p","ProfileId":"c","ProgramId":1.0,{TIME}}}'
    (tmp_path / "k.ndjson").write_text("\n".join([*early, late]))
    frame = scan_clicks(tmp_path / "k.ndjson", timezone="UTC").frame
    assert frame.collect()["program_id"].drop_nulls().to_list() == ["1.0"]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_promo_codes_are_lists_as_soon_as_one_is(order: tuple[int, ...], tmp_path: Path) -> None:
    lines = [
        f'{{"Id":0,{TIME},"PromoCode":"A B"}}',
        f'{{"Id":1,{TIME},"PromoCode":["A",7,null]}}',
        f'{{"Id":2,{TIME},"PromoCode":null}}',
    ]
    table = conversions(tmp_path, *(lines[number] for number in order))
    codes = dict(table.good.select("conversion_id", "promo_code").iter_rows())
    assert codes == {"0": ["A B"], "1": ["A", "7", None], "2": None}


def test_a_click_path_is_a_list_of_objects(tmp_path: Path) -> None:
    first = '{"partner_id":1.0,"event_time":"2024-03-01","click_id":7,"x":[1]}'
    path = f'[{first},{{"event_time":"2024-03-01","partner_id":"p"}}]'
    table = conversions(tmp_path, f'{{"Id":1,{TIME},"click_path":{path}}}', f'{{"Id":2,{TIME},"click_path":[]}}')
    instant = datetime(2024, 3, 1, tzinfo=UTC)
    assert table.good["click_path"].to_list() == [
        [
            {"partner_id": "1.0", "event_time": instant, "click_id": "7"},
            {"partner_id": "p", "event_time": instant, "click_id": None},
        ],
        [],
    ]


def test_rows_are_numbered_by_line(tmp_path: Path) -> None:
    table = conversions(tmp_path, "", f"{{{TIME}}}", "  ", f'{{"Id":1,{TIME}}}')
    assert table.bad["row"].to_list() == [2]
    assert table.read == 2


@pytest.mark.parametrize(
    "line",
    [
        pytest.param('{"Id":1', id="half an object"),
        pytest.param("[1]", id="a list"),
        pytest.param("5", id="a number"),
        pytest.param('{"Id":1}{"Id":2}', id="two objects"),
        pytest.param('{"Id":01}', id="no JSON number"),
        pytest.param('{"Id":340282366920938463463374607431768211456}', id="an integer beyond 128 bits"),
    ],
)
def test_a_damaged_line_is_an_error_that_names_the_line(line: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match=r"c\.ndjson: .*line 3"):
        conversions(tmp_path, f'{{"Id":1,{TIME}}}', "", line, f'{{"Id":2,{TIME}}}')


def test_damage_far_down_a_log_is_found_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ndjson, "_BATCH", 100)
    fine = [f'{{"MediaId":"p","ProfileId":"c",{TIME}}}'] * 2500
    (tmp_path / "k.ndjson").write_text("\n".join([*fine, '{"MediaId":["p"]}', *fine]))
    scan = scan_clicks(tmp_path / "k.ndjson", timezone="UTC")
    with pytest.raises(UnreadableFileError, match=r"k\.ndjson: .*line 2,501 .*MediaId"), scan.reading():
        scan.frame.collect(engine="streaming")


def test_a_time_that_is_a_number_is_the_wrong_type(tmp_path: Path) -> None:
    with pytest.raises(WrongTypeError, match=r"'EventDate' .* is Int64"):
        conversions(tmp_path, '{"Id":1,"EventDate":1709251200}')


def test_a_key_that_only_ends_like_a_column_is_left_alone() -> None:
    line = '{"x\\"Id":1.5,"Idx":1.5}'
    assert pl.select(_quote_numbers(pl.lit(line), {"Id"})).item() == line


scalars = st.one_of(
    st.none(), st.booleans(), st.text('a":{,1.5e\\}[] é', max_size=6), st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False), st.just({"Id": 2.5}), st.just([1.5, {"Id": "x"}]),
)  # fmt: skip
keys = st.one_of(st.sampled_from(["Id", "Amount", "Other", 'Id"', "x,"]), st.text('I"d:,{1.', max_size=4))


@given(st.dictionaries(keys, scalars, max_size=4), st.sampled_from([(",", ":"), (", ", " : ")]))
def test_quoting_numbers_changes_nothing_else(record: dict[str, object], separators: tuple[str, str]) -> None:
    line = json.dumps(record, separators=separators, ensure_ascii=False)
    quoted = pl.select(_quote_numbers(pl.lit(line), {"Id", "Amount", 'Id"'})).item()
    as_text = json.loads(quoted)
    assert as_text.keys() == record.keys()
    for key, value in record.items():
        plain = float(as_text[key]) if isinstance(value, float) and isinstance(as_text[key], str) else as_text[key]
        if not isinstance(value, (dict, list)):
            assert plain == value
