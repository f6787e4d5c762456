"""Whatever happened in a small world: recorded, it passes at once, and recorded again, it is the same."""

import tempfile
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from attribution.cases.case import CaseHead
from attribution.cases.case_record import record_cases
from attribution.cases.run import run_cases
from tests.case_files.shop import outcome, told
from tests.draws import draws
from tests.evaluators import World, clicks_frame, conversions_frame
from tests.oracle import Row
from tests.worlds import with_carried_paths, worlds

# Ids and codes that YAML, the short forms or a reader in haste would take for something else.
ODD = [
    "null", "~", "NO", "1E10", "007", "a b", "a,b", "nobody", "WINNER", "by", "x: y", "#", "'", '"', "\\", "é\u200b",
    "1/2",
]  # fmt: skip


def written(world: World, directory: Path) -> CaseHead:
    """The program as a file."""
    codes = [{name: _text(value) for name, value in code.items()} for code in world.program["promo_codes"]]
    (directory / "program.yaml").write_text(
        yaml.safe_dump({"settings": world.program["settings"], "promo_codes": codes}, allow_unicode=True), "utf-8"
    )
    return CaseHead((str(directory / "program.yaml"),))


def _text(value: object) -> object:
    return value if value is None or isinstance(value, str) else str(value)


def recorded_and_run(world: World, which: int | None) -> None:
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        head, path = written(world, directory), directory / "recorded.yaml"
        clicks = clicks_frame(world.clicks) if world.clicks else None
        record_cases(path, head, conversions_frame(world.conversions), clicks, which=which)
        report = run_cases(path)
        assert told(report) == []
        assert set(outcome(report)) == {"PASSED"}
        if which is None:
            assert len(report.results) == len(world.conversions)
        text = path.read_bytes()
        shuffled = clicks_frame(world.clicks[::-1]) if world.clicks else None
        record_cases(path, head, conversions_frame(world.conversions[::-1]), shuffled, which=which)
        assert path.read_bytes() == text


@draws(15)
@given(worlds(), st.sampled_from([None, 100, 1]))
def test_what_is_recorded_passes_at_once_and_is_stable(world: World, which: int | None) -> None:
    recorded_and_run(world, which)


@draws(15)
@given(worlds())
def test_a_path_that_an_order_carries_is_recorded(world: World) -> None:
    recorded_and_run(with_carried_paths(world), None)


def odd(world: World, names: list[str]) -> World:
    """The world with other ids: partners, promo codes, customers, programs, clicks, orders; and other codes."""

    def renamed(row: Row) -> Row:
        return {name: _renamed(name, value, names) for name, value in row.items()}

    return World(
        {**world.program, "promo_codes": [renamed(code) for code in world.program["promo_codes"]]},
        tuple(renamed(row) for row in world.conversions),
        tuple(renamed(row) for row in world.clicks),
    )


def _renamed(name: str, value: object, names: list[str]) -> object:
    ids = ("id", "partner_id", "program_id", "customer_id", "click_id", "conversion_id")
    if name in ids and isinstance(value, str) and value:
        return f"{names[sum(map(ord, value)) % len(names)]}{value}" if name != "partner_id" else _partner(value, names)
    return value


def _partner(value: str, names: list[str]) -> str:
    """One of the three partners is called by an odd name and nothing else."""
    return names[0] if value == "p" else value


@draws(15)
@given(worlds(), st.lists(st.sampled_from(ODD), min_size=1, max_size=3, unique=True))
def test_odd_names_are_recorded_as_they_are(world: World, names: list[str]) -> None:
    recorded_and_run(odd(world, names), None)


@draws(15)
@given(worlds(), st.lists(st.sampled_from(ODD), min_size=1, max_size=4, unique=True))
def test_odd_promo_codes_are_recorded_as_they_are(world: World, names: list[str]) -> None:
    named = zip(world.program["promo_codes"], names, strict=False)
    codes = [{**code, "code": text, "match_mode": "LI"} for code, text in named]
    orders = tuple({**row, "promo_code": names[index % len(names)]} for index, row in enumerate(world.conversions))
    recorded_and_run(world.with_promo_codes(codes).but(conversions=orders), None)


@pytest.mark.parametrize("world", [World({"settings": {}, "promo_codes": []}, ())])
def test_the_odd_names_are_really_odd(world: World) -> None:
    assert odd(world.but(clicks=({"partner_id": "p"},)), ["a b"]).clicks == ({"partner_id": "a b"},)
