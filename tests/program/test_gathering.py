"""What is right in documents with problems, and where it came from."""

from typing import Any

import pytest

from attribution.program.documents import document
from attribution.program.parts import Gathered, gather
from attribution.program.problem import Kind, Spot
from attribution.program.program_files import read_documents
from tests.program.pages import Write, code


def gathered(*data: Any, **arguments: Any) -> Gathered:
    return gather([document(one, f"{number}.json") for number, one in enumerate(data)], **arguments)


def ids(found: Gathered) -> list[str]:
    return [promo_code.id for promo_code in found.promo_codes]


def test_what_is_right_stays_beside_what_is_wrong() -> None:
    found = gathered([code(id="1"), code(id="2", credit_rule="NEVER"), code(id="3"), 5], [code(id="4")])
    assert ids(found) == ["1", "3", "4"]
    assert [tuple(origin) for origin in found.origins] == [(0, 0), (0, 2), (1, 0)]
    assert [problem.place.spot for problem in found.problems] == [Spot("", 1), Spot("", 3)]


def test_of_several_promo_codes_with_one_id_the_first_stays() -> None:
    found = gathered([code(id="1", code="A"), code(id="1", code="B")], [code(id="1", code="C"), code(id="2")])
    assert [(one.id, one.code) for one in found.promo_codes] == [("1", "A"), ("2", "SAVE10")]
    assert [tuple(origin) for origin in found.origins] == [(0, 0), (1, 1)]
    assert [problem.kind for problem in found.problems] == [Kind.DUPLICATE_ID] * 2


def test_a_right_promo_code_takes_the_place_of_a_wrong_one_with_its_id() -> None:
    found = gathered([code(id="1", credit_rule="NEVER"), code(id="1"), code(id="1")])
    assert [tuple(origin) for origin in found.origins] == [(0, 1)]
    assert [problem.kind for problem in found.problems] == [Kind.OTHER, Kind.DUPLICATE_ID, Kind.DUPLICATE_ID]


def test_a_wrong_setting_leaves_the_others_in_force() -> None:
    found = gathered({"settings": {"lookback": "long", "resolution": "each"}, "promo_codes": [code()]})
    assert found.settings.resolution == "each"
    assert found.settings.model_dump(mode="json")["lookback"] == "30d"
    assert [problem.place.field for problem in found.problems] == ["lookback"]


def test_settings_of_no_shape_leave_the_defaults() -> None:
    assert gathered({"settings": "each", "promo_codes": [code()]}).settings.resolution == "one"


def test_a_wrong_allowance_is_omitted() -> None:
    right = {"check": "O001", "promo_code": "1", "until": "2026-12-31", "reason": "agreed"}
    found = gathered({"promo_codes": [code()], "allow": [{**right, "until": "x"}, right]}, {"allow": [right]})
    assert [tuple(origin) for origin in found.allow_origins] == [(0, 1), (1, 0)]
    assert [problem.place.spot for problem in found.problems] == [Spot("allow", 0)]


@pytest.mark.parametrize(
    ("wrong", "kind"),
    [
        pytest.param(code(match_mode="RE", code="(A"), Kind.PATTERN, id="a pattern"),
        pytest.param(code(partner_id=...), Kind.NO_PARTNER, id="no partner"),
        pytest.param(code(id=..., Id=None), Kind.OTHER, id="no id"),
    ],
)
def test_problems_tell_what_they_are_about(wrong: Any, kind: Kind) -> None:
    (problem,) = gathered([wrong]).problems
    assert problem.kind is kind


def test_the_problem_of_a_pattern_knows_the_character() -> None:
    (problem,) = gathered({"PromoCodes": [code(match_mode="RE", code="^(SAVE")]}).problems
    assert problem.place.spot == Spot("PromoCodes", 0, character=6)
    assert problem.message.startswith("pattern is not valid: ")
    assert [line.strip() for line in problem.illustration] == ["^(SAVE", "^"]


@pytest.mark.parametrize(
    "arguments",
    [{"partner_id": ""}, {"preset": "none"}, {"settings": {"lookback": "x"}}],
    ids=lambda given: next(iter(given)),
)
def test_problems_of_the_arguments_are_told_from_those_of_files(arguments: dict[str, Any]) -> None:
    (problem,) = gathered([code()], **arguments).problems
    assert problem.kind is Kind.ARGUMENTS


def test_files_that_are_not_there_are_told_from_broken_ones(file: Write) -> None:
    broken = file("broken.json", "[\n1 2]")
    documents = read_documents([broken.with_name("absent.json"), broken.parent, file("a.txt", "x"), broken])
    problems = gather(documents).problems
    assert [problem.kind for problem in problems] == [Kind.NO_FILE, Kind.NO_FILE, Kind.NO_FILE, Kind.OTHER]
    assert (problems[3].place.line, problems[3].place.column) == (2, 3)


def test_a_line_of_the_bulk_file_is_its_spot(file: Write) -> None:
    text = "Promo Code,Media Id,Credit Rule,Match Mode\n\nA,7,NEVER,LI\nB,7,ALWAYS,LI\n"
    found = gather(read_documents(file("bulk.csv", text)))
    assert [(problem.place.line, problem.place.spot) for problem in found.problems] == [(3, Spot("", 0))]
    assert [tuple(origin) for origin in found.origins] == [(0, 1)]
