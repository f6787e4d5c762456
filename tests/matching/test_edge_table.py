"""Literals at the edges of used codes, against comparing each with each."""

import random

import numpy as np
import polars as pl
import pytest

from attribution.matching.index import edge_table
from attribution.matching.index.edge_table import EdgeTable
from attribution.matching.index.stepping import TextBlock

EDGES = pytest.mark.parametrize(
    ("at_end", "ignore_case"), [(False, False), (True, False), (False, True), (True, True)]
)


def found(literals: list[str], used_codes: list[str], at_end: bool, ignore_case: bool) -> set[tuple[int, int, int]]:
    table = EdgeTable(literals, at_end=at_end, ignore_case=ignore_case)
    triples = list(zip(*(part.tolist() for part in table.find(TextBlock(pl.Series(used_codes)))), strict=True))
    assert len(set(triples)) == len(triples)
    return set(triples)


def expected(literals: list[str], used_codes: list[str], at_end: bool, ignore_case: bool) -> set[tuple[int, int, int]]:
    holds = str.endswith if at_end else str.startswith
    return {
        (row, len(text) - len(literal) if at_end else 0, number)
        for row, text in enumerate(used_codes)
        for number, literal in enumerate(literals)
        if holds(text.lower() if ignore_case else text, literal)
    }


def words(alphabet: str, longest: int, count: int, seed: int) -> list[str]:
    draw = random.Random(seed)
    made = ("".join(draw.choices(alphabet, k=draw.randint(1, longest))) for _ in range(count))
    return list(dict.fromkeys(made))


@EDGES
@pytest.mark.parametrize("longest", [2, 4, 20])
def test_each_literal_is_found_at_its_edge_and_nowhere_else(at_end: bool, ignore_case: bool, longest: int) -> None:
    literals = words("ab", longest, 60, 1)
    used_codes = words("abAB", longest + 3, 400, 2)
    used_codes += [text + "ab" for text in literals] + ["Ab" + text for text in literals]
    wanted = expected(literals, used_codes, at_end, ignore_case)
    assert wanted
    assert found(literals, used_codes, at_end, ignore_case) == wanted


@EDGES
def test_literals_of_more_lengths_than_a_stem_has_bits(at_end: bool, ignore_case: bool) -> None:
    literals = ["a" * size for size in range(1, 60)]
    used_codes = ["a" * size for size in (1, 2, 31, 33, 58, 80)] + ["b" + "a" * 40 + "b", "aaab", "baaa"]
    wanted = expected(literals, used_codes, at_end, ignore_case)
    assert found(literals, used_codes, at_end, ignore_case) == wanted


@EDGES
def test_literals_of_one_bucket_are_distinct(monkeypatch: pytest.MonkeyPatch, at_end: bool, ignore_case: bool) -> None:
    monkeypatch.setattr(edge_table, "_ODD", np.uint64(0))
    literals, used_codes = words("abc", 12, 80, 3), words("abc", 14, 200, 4)
    wanted = expected(literals, used_codes, at_end, ignore_case)
    assert wanted
    assert found(literals, used_codes, at_end, ignore_case) == wanted


@pytest.mark.parametrize(
    ("literal", "used_codes"),
    [
        pytest.param("AB", ["A", "B", "AB"], id="a code that is shorter than the literal"),
        pytest.param("ABCDEFGHI", ["ABCDEFGH", "IABCDEFGHI"], id="what follows in the next code does not count"),
        pytest.param("A", ["A"], id="one character"),
        pytest.param("A\x00", ["A", "A\x00", "A\x00B"], id="a null character is one"),
        pytest.param("ABCDEFGH", ["ABCDEFGH", "ABCDEFG\x00"], id="exactly eight characters"),
        pytest.param("ABCDEFGHABCDEFGX", ["ABCDEFGHABCDEFGX", "ABCDEFGHABCDEFGY"], id="the last of sixteen differs"),
    ],
)
@pytest.mark.parametrize("at_end", [False, True])
def test_the_ends_of_codes(literal: str, used_codes: list[str], at_end: bool) -> None:
    assert found([literal], used_codes, at_end, False) == expected([literal], used_codes, at_end, False)


def test_a_block_without_a_hit_or_without_a_code() -> None:
    assert found(["SAVE"], ["OTHER", "S"], False, False) == set()
    assert found(["SAVE"], [""], False, False) == set()
