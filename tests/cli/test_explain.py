"""`attribution explain` and the library behind it: it agrees with `credit`, and says why in words."""

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given

from attribution import Engine, Program
from attribution.explaining.explain import NoSuchConversionError, explain
from attribution.explaining.wording import in_words
from tests.cli.terminal import PROGRAM, QUICKSTART, TABLES, answer, prose, run, small_program, written
from tests.evaluators import World, clicks_frame, conversions_frame, engine_of
from tests.worlds import with_carried_paths, worlds

HEAD = "conversion_id,event_time,customer_id,promo_code\n"
CLICKS = "event_time,customer_id,partner_id,program_id\n"


@pytest.mark.parametrize("settings", [{}, {"uncredited": "default"}, {"default_crediting": "none", "lookback": "2d"}])
def test_every_order_of_the_sample_is_explained_as_it_is_credited(settings: dict[str, str]) -> None:
    tables = (QUICKSTART / "conversions.csv", QUICKSTART / "clicks.csv")
    engine = Engine(Program.load(PROGRAM, settings=settings))
    for row in engine.credit(*tables).credits.to_dicts():
        found = explain(engine, *tables, row["conversion_id"])
        decision = found.decision
        assert (decision.outcome, decision.reason) == (row["outcome"], row["reason"])
        assert [credit.partner_id for credit in decision.credits] == [row["partner_id"]] * bool(row["partner_id"])
        assert f"{row['outcome']}, {row['reason']}: " in in_words(found, engine.program)[1]


@given(worlds())
def test_explanations_agree_with_the_batch(world: World) -> None:
    """Also where conversions carry their path: the same decision, and the clicks said to be in the path are."""
    for same in (world, with_carried_paths(world)):
        orders = conversions_frame(same.conversions)
        clicks = clicks_frame(same.clicks)
        engine = engine_of(same)
        credits = engine.credit(orders, clicks, bad_rows="reject").credits
        for (conversion_id,), rows in credits.group_by("conversion_id", maintain_order=True):
            found = explain(engine, orders, clicks, str(conversion_id))
            first = rows.row(0, named=True)
            assert (found.decision.outcome, found.decision.reason) == (first["outcome"], first["reason"])
            assert [credit.partner_id for credit in found.decision.credits] == rows["partner_id"].drop_nulls().to_list()
            path = [click for click in found.clicks if click.in_path]
            assert len(path) == first["path_clicks"]
            last = [(click.partner_id, click.event_time) for click in path if click.place == "LAST"]
            winner = (first["winner_partner_id"], first["last_click_time"])
            assert last == ([winner] if path else [])
            assert in_words(found, engine.program)


def lines(place: Path, order: str, clicks: str = "", **settings: Any) -> list[str]:
    """An explanation of order `a`; the promo code SAVE is `owner`'s, with the rule INVOLVED."""
    program = small_program(place, {"credit_rule": "INVOLVED", "program_id": "1"}, **settings)
    orders = ("--conversions", written(place, "orders.csv", HEAD + order))
    done = run(
        "explain", program, *orders, "--clicks", written(place, "clicks.csv", CLICKS + clicks), "--id", "a", columns=120
    )
    assert done.exit_code == 0, done.stderr
    return done.stdout.splitlines()


def test_each_click_that_does_not_count_says_why(tmp_path: Path) -> None:
    clicks = (
        "2026-05-01T10:00:00Z,c,old,1\n2026-06-01T10:00:01Z,c,late,1\n"
        "2026-05-31T10:00:00Z,c,elsewhere,2\n2026-05-30T10:00:00Z,c,owner,1\n2026-05-30T10:00:00Z,d,other,1\n"
    )
    found = lines(tmp_path, "a,2026-06-01T10:00:00Z,c,SAVE\n", clicks)
    assert found[found.index("Click path: 1 click in the 30d up to the conversion, the last one last.") :] == [
        "Click path: 1 click in the 30d up to the conversion, the last one last.",
        "  2026-05-30 10:00:00 UTC  partner owner, the last click",
        "Not in the click path: 3 clicks.",
        "  2026-05-01 10:00:00 UTC  partner old, 31 days before: too old",
        "  2026-05-31 10:00:00 UTC  partner elsewhere, of program 2",
        "  2026-06-01 10:00:01 UTC  partner late, after the conversion",
    ]


def test_a_bad_click_of_the_customer_is_left_out_and_said(tmp_path: Path) -> None:
    found = lines(tmp_path, "a,2026-06-01T10:00:00Z,c,\n", "2026-05-30T10:00:00Z,c,,1\nnever,d,p,1\n")
    assert found[-1] == "Left out: 1 click of the customer without partner or without a readable time."


def test_codes_that_nearly_match_get_a_line(tmp_path: Path) -> None:
    found = prose("\n".join(lines(tmp_path, "a,2026-06-01T10:00:00Z,,sa\u200bve\n")))
    assert "Promo codes: the order has 'sa\\u200bve'." in found
    assert (
        "'sa\\u200bve' and promo code 1 (literal 'SAVE') of partner owner: "
        "upper and lower case differ and white space inside differs." in found
    )


def test_a_long_path_is_cut_and_counted(tmp_path: Path) -> None:
    clicks = "".join(f"2026-05-30T10:00:{second:02}Z,c,p{second},1\n" for second in range(30))
    found = lines(tmp_path, "a,2026-06-01T10:00:00Z,c,\n", clicks)
    assert "  10 earlier clicks" in found
    assert "  2026-05-30 10:00:10 UTC  partner p10" in found
    assert "  2026-05-30 10:00:09 UTC  partner p9" not in found


def test_a_second_code_that_is_met_is_said_to_come_second(tmp_path: Path) -> None:
    program = small_program(tmp_path, {"id": "1"}, {"id": "2", "partner_id": "second"})
    orders = written(tmp_path, "orders.csv", HEAD + "a,2026-06-01T10:00:00Z,c,SAVE\n")
    done = run("explain", program, "--conversions", orders, "--id", "a", columns=120)
    assert "Another promo code comes before it and is credited." in prose(done.stdout)


def test_json_has_the_same_decision_and_the_words() -> None:
    found = answer("explain", PROGRAM, *TABLES, "--id", "A-1004")
    assert (found["outcome"], found["reason"], found["credits"]) == ("WITHHELD", "NOT_WINNER", [])
    assert found["amount"] == "42.00"
    assert [click["place"] for click in found["clicks"]] == ["IN_PATH", "LAST"]
    (verdict,) = found["verdicts"]
    assert (verdict["promo_code_id"], verdict["met"]) == ("71003", False)
    assert "Coupon Harbour (1299679) drove the last click." in verdict["why"]
    assert found["text"][0].startswith("Conversion A-1004 of 2026-06-13 21:40:00 UTC")


def test_an_id_that_is_not_there_is_an_error_with_the_nearest() -> None:
    done = run("explain", PROGRAM, *TABLES, "--id", "a-1004 ")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("error: there is no conversion 'a-1004 ' among 16; the nearest ids are 'A-1004'")


def test_nearest_ids_are_found_quickly_among_many() -> None:
    orders = pl.DataFrame({"conversion_id": pl.int_range(200_000, eager=True).cast(pl.String)}).with_columns(
        event_time=pl.lit("2026-06-01")
    )
    engine = Engine(Program.load(PROGRAM))
    with pytest.raises(NoSuchConversionError) as raised:
        explain(engine, orders, None, "1234567")
    assert all(len(near) in (5, 6) for near in raised.value.near)


def test_a_bad_row_is_an_error_with_its_place(tmp_path: Path) -> None:
    orders = written(tmp_path, "orders.csv", HEAD + "a,2026-06-01,c,SAVE\nb,2026-06-01,c,\na,2026-06-01,d,\n")
    done = run("explain", small_program(tmp_path), "--conversions", orders, "--id", "a")
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"{orders} row 1: DUPLICATE_ID: conversion_id 'a' is there more than once" in done.stderr
    assert f"{orders} row 3: DUPLICATE_ID" in done.stderr


def test_bad_rows_of_others_do_not_matter(tmp_path: Path) -> None:
    orders = written(tmp_path, "orders.csv", HEAD + "a,2026-06-01,c,SAVE\nb,never,c,\n")
    done = run("explain", small_program(tmp_path), "--conversions", orders, "--id", "a")
    assert "Credited: partner owner, the whole conversion, by promo code 1." in done.stdout


PATH = "Click path: "


def path_line(found: list[str]) -> str:
    (line,) = (line for line in prose("\n".join(found)).split(". ") if PATH in line)
    return line[line.index(PATH) + len(PATH) :].rstrip(".")


def test_without_a_click_table_nothing_is_said_of_the_customers_clicks(tmp_path: Path) -> None:
    program = small_program(tmp_path, {"credit_rule": "INVOLVED"})
    orders = written(tmp_path, "orders.csv", HEAD + "a,2026-06-01T10:00:00Z,c,SAVE\n")
    found = run("explain", program, "--conversions", orders, "--id", "a", columns=120).stdout
    assert found.endswith("Click path: empty; no click table was given.\n")
    assert "Rule INVOLVED is not met: it needs a click, and no click table was given." in prose(found)
    assert "the customer has no click" not in prose(found)
    assert answer("explain", program, "--conversions", orders, "--id", "a")["clicks_from"] == "NOT_GIVEN"


def test_a_click_of_another_program_is_not_denied(tmp_path: Path) -> None:
    found = lines(tmp_path, "a,2026-06-01T10:00:00Z,c,SAVE\n", "2026-05-31T10:00:00Z,c,owner,2\n")
    assert path_line(found) == "empty; the customer has no click of program 1 in the 30d up to the conversion"
    assert found[-1] == "  2026-05-31 10:00:00 UTC  partner owner, of program 2"


def test_a_customer_without_any_click_has_none_in_the_window(tmp_path: Path) -> None:
    found = lines(tmp_path, "a,2026-06-01T10:00:00Z,c,SAVE\n", "2026-05-31T10:00:00Z,d,owner,1\n")
    assert found[-1] == "Click path: empty; the customer has no click in the 30d up to the conversion."


def test_a_click_that_is_a_bad_row_is_not_denied(tmp_path: Path) -> None:
    found = lines(tmp_path, "a,2026-06-01T10:00:00Z,c,\n", "2026-05-30T10:00:00Z,c,,1\n")
    assert path_line(found) == (
        "empty; but for what is left out below, the customer has no click in the 30d up to the conversion"
    )
    assert found[-1] == "Left out: 1 click of the customer without partner or without a readable time."


def test_an_order_without_customer_has_no_clicks_to_look_for(tmp_path: Path) -> None:
    found = lines(tmp_path, "a,2026-06-01T10:00:00Z,,SAVE\n", "2026-05-30T10:00:00Z,c,owner,1\n")
    assert found[-1] == "Click path: empty; the conversion names no customer."


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ([], "empty; the conversion carries its own, which has no click, and no click table is asked"),
        (
            [{"partner_id": "p", "event_time": "2026-01-01"}],
            "empty; the conversion carries its own, none of its clicks is in the 30d up to the conversion, "
            "and no click table is asked",
        ),
        (
            [{"partner_id": "p", "event_time": "2026-05-31"}],
            "1 click in the 30d up to the conversion, the last one last",
        ),
    ],
    ids=["empty", "too old", "in the window"],
)
def test_a_carried_path_is_said_to_be_the_conversions_own(tmp_path: Path, path: list[Any], said: str) -> None:
    order = {"conversion_id": "a", "event_time": "2026-06-01T10:00:00Z", "customer_id": "c", "click_path": path}
    rows = [order, {**order, "conversion_id": "b", "click_path": [{"partner_id": "p", "event_time": "2026-05-31"}]}]
    orders = written(tmp_path, "orders.ndjson", "".join(json.dumps(row) + "\n" for row in rows))
    clicks = written(tmp_path, "clicks.csv", CLICKS + "2026-05-30T10:00:00Z,c,owner,1\n")
    tables = ("--conversions", orders, "--clicks", clicks, "--id", "a")
    done = run("explain", small_program(tmp_path), *tables, columns=120)
    assert path_line(done.stdout.splitlines()) == said
    assert "owner" not in done.stdout


def test_names_and_ids_cannot_break_a_line_and_long_codes_are_shortened(tmp_path: Path) -> None:
    name = "Käse\u00a0& Söhne\x1b[31m\n\u202e"
    program = small_program(tmp_path, {"partner_name": name}, {"id": "2", "code": "SAVE.*", "match_mode": "RE"})
    orders = pl.DataFrame(
        {"conversion_id": ["a\n"], "event_time": ["2026-06-01"], "promo_code": ["SAVE" + "x" * 1000], "amount": [0.5]}
    )
    engine = Engine(Program.load(program))
    text = in_words(explain(engine, orders, None, "a\n"), engine.program)
    assert text[0] == "Conversion a\\n of 2026-06-01 00:00:00 UTC, 0.50 (no currency), no customer"
    assert "Käse\u00a0& Söhne\\x1b[31m\\n\\u202e (owner)" in "".join(text)
    assert f"Promo codes: the order has 'SAVE{'x' * 75}…' (1,004 characters)." in text
    assert all(line.replace("\u00a0", " ").isprintable() for line in text)
