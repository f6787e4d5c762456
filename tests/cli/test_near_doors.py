"""`match`, `explain` and `validate` call the same promo codes near, for the same reasons."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attribution import Engine, Program
from attribution.explaining.explain import explain
from attribution.explaining.near import NearMiss, NearMisses
from attribution.matching.used_codes import used_codes
from tests.cli.terminal import answer, run, small_program, written
from tests.evaluators import World
from tests.validation.usage.test_near import small_world
from tests.validation.usage.test_recount import usage_of

AT = "2026-06-01T00:00:00Z"
RE = {"match_mode": "RE"}


@pytest.mark.parametrize(
    ("used_code", "code", "expected"),
    [
        pytest.param("SUMMER1O", {}, ["LOOK_ALIKE"], id="the letter O for a zero"),
        pytest.param("xSAL9x", {**RE, "code": "SAL[0-9]"}, ["PART"], id="a part of the code"),
        pytest.param("xsal9x", {**RE, "code": "SAL[0-9]"}, ["CASE", "PART"], id="a part in other letter case"),
        pytest.param("summer10", {}, ["CASE"], id="letter case"),
        pytest.param("sale9", {**RE, "code": "SALE\\d"}, ["CASE"], id="letter case of a pattern"),
        pytest.param("SUMMER 10", {}, ["WHITE_SPACE"], id="white space"),
        pytest.param("summer 10", {}, ["CASE", "WHITE_SPACE"], id="letter case and white space"),
        pytest.param("SUMER10", {}, ["TYPO"], id="a slip of a finger"),
        pytest.param("SUMMER10", {"start_date": "2026-06-02"}, ["NOT_YET"], id="not yet"),
        pytest.param("SUMMER10", {"end_date": "2026-05-30"}, ["ENDED"], id="ended"),
        pytest.param("SUMMER1O", {"end_date": "2026-05-30"}, ["LOOK_ALIKE", "ENDED"], id="looks alike and ended"),
        pytest.param("SUMMER10", {"state": "EXPIRED"}, ["STATE"], id="a state without its date"),
        pytest.param("SUMMER10", {"program_id": "2"}, ["PROGRAM"], id="another program"),
        pytest.param("SUMMER10", {"program_id": "2", "end_date": "2026-05-30"}, ["ENDED", "PROGRAM"], id="and ended"),
        pytest.param("SUMMER11", {}, None, id="another digit"),
        pytest.param("SUMER10", {"end_date": "2026-05-30"}, None, id="a slip and ended"),
        pytest.param("MID-99", {**RE, "code": "[A-Z]+"}, None, id="a part of everything"),
    ],
)
def test_three_commands_give_one_answer(
    used_code: str, code: dict[str, Any], expected: list[str] | None, tmp_path: Path
) -> None:
    other = {"id": "other", "code": "QUITE-ANOTHER", "program_id": "1"}
    program = small_program(tmp_path, {"code": "SUMMER10", **code}, other)
    orders = written(tmp_path, "o.csv", f"conversion_id,event_time,promo_code,program_id\nO-1,{AT},{used_code},1\n")

    (matched,) = answer("match", program, used_code, "--at", AT, "--program-id", "1", code=1)
    explained = answer("explain", program, "--conversions", orders, "--id", "O-1")
    validated = run("validate", program, "--conversions", orders, "--select", "U002,U005", "--format", "json")
    found = json.loads(validated.stdout)["findings"]

    wanted = [] if expected is None else [expected]
    assert [miss["differences"] for miss in matched["near_misses"]] == wanted
    assert [miss["differences"] for miss in explained["near_misses"]] == wanted
    said = [used["differences"] for one in found if one["check"] == "U002" for used in one["facts"]["used_codes"]]
    assert said == wanted
    assert [one["check"] for one in found] == ["U005" if expected is None else "U002"]


@settings(max_examples=25)
@given(st.binary(min_size=160, max_size=160).map(small_world))
def test_three_doors_agree_in_every_small_world(world: World) -> None:
    program = Program.model_validate(world.program)
    engine, near = Engine(program), NearMisses(program)
    counted: Counter[tuple[Any, ...]] = Counter()
    usage, orders = usage_of(world), pl.DataFrame(world.conversions, infer_schema_length=None)
    place = {code.id: index for index, code in enumerate(program.promo_codes)}
    for row in world.conversions:
        explained = explain(engine, orders, None, row["conversion_id"])
        at, program_id = explained.decision.event_time, explained.decision.program_id
        asked: list[NearMiss] = []
        for used_code in used_codes(row["promo_code"], program.settings.code_separator):
            misses = near.of(used_code, at=at, program_id=program_id)
            asked += misses
            foreign = program_id not in program.program_ids and all(code.program_id for code in program.promo_codes)
            if misses and not foreign and not engine.match(used_code, at=at, program_id=program_id):
                counted[place[misses[0].promo_code.id], used_code, misses[0].differences] += 1
        assert explained.near_misses == tuple(asked)
    told = {(index, used_code, tuple(how)): number for index, used_code, how, number in usage.near.rows()}
    assert told == counted
