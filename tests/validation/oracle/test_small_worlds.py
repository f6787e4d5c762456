"""Overlaps, shadows and what is said of single patterns, on small random programs, against brute force.

The programs are those of fixed seeds. Every check is asked, so that what one says of a pattern agrees with the others.
"""

from functools import lru_cache

import pytest

from tests.validation.oracle.judging import Judged, overlaps, shadows
from tests.validation.oracle.judging_patterns import patterns
from tests.validation.oracle.oracle import USED_CODES, Code, compiled
from tests.validation.oracle.small_worlds import finite_program, program

SEEDS = range(0, 60, 10)


@lru_cache
def worlds(first: int) -> list[Judged]:
    return [Judged(program(seed)) for seed in range(first, first + 10)]


@pytest.mark.parametrize("first", SEEDS)
def test_findings_about_small_programs_agree_with_brute_force(first: int) -> None:
    judges = (overlaps, shadows, patterns)
    said = [(world.document, text) for world in worlds(first) for judge in judges for text in judge(world)]
    assert said == []


@pytest.mark.parametrize("first", range(0, 40, 20))
def test_a_dead_promo_code_of_finitely_many_used_codes_is_always_found(first: int) -> None:
    said = []
    for seed in range(first, first + 20):
        document, finite = finite_program(seed)
        said += [(document, text) for text in shadows(Judged(document), finite)]
    assert said == []


def test_small_worlds_have_findings_of_every_kind_that_is_judged() -> None:
    met = {finding.check for first in SEEDS for world in worlds(first) for finding in world.findings}
    assert met >= {"O001", "O002", "O003", "P005", "P006", "P007", "P008", "P009", "P010"}


def test_what_finite_promo_codes_match_is_all_tried() -> None:
    for seed in range(40):
        document, finite = finite_program(seed)
        for row in document["promo_codes"]:
            if row["id"] in finite and row["match_mode"] == "RE":
                whole = compiled(row["code"])
                assert not any(whole.fullmatch(text + letter) for text in USED_CODES[:300] for letter in "XÄ_")


def test_the_oracle_reads_a_flag_behind_the_first_anchor_as_one_for_the_whole() -> None:
    code = Code({"code": "^(?i)a|B", "match_mode": "RE"}, {})
    assert [text for text in ("A", "a", "b", "B", "c") if code.matches(text)] == ["A", "a", "b", "B"]
