"""Findings as SARIF, judged by the published schema."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from attribution.program.problem import Place
from attribution.validation.formats.sarif import sarif
from attribution.validation.validate import Review
from tests.validation.formats.reviews import EVERYTHING, INFO, PLACE, WARNING, finding, review
from tests.validation.formats.schemas import sarif_schema


def run(reviewed: Review) -> Any:
    """The one run, in a document that the schema accepts."""
    document = json.loads(sarif(reviewed))
    jsonschema.validate(document, sarif_schema())
    assert document["version"] == "2.1.0"
    (only,) = document["runs"]
    return only


@pytest.mark.parametrize("reviewed", [EVERYTHING, review(), review(files=())], ids=["findings", "none", "no file"])
def test_the_schema_accepts_it(reviewed: Review) -> None:
    run(reviewed)


def test_the_schema_refuses_what_is_wrong() -> None:
    document = json.loads(sarif(EVERYTHING))
    document["runs"][0]["results"][0]["level"] = "info"
    with pytest.raises(jsonschema.ValidationError) as refused:
        jsonschema.validate(document, sarif_schema())
    assert (refused.value.validator, refused.value.instance) == ("enum", "info")


def test_every_check_is_a_rule_with_its_page() -> None:
    rules = run(EVERYTHING)["tool"]["driver"]["rules"]
    assert [(rule["id"], rule["name"]) for rule in rules] == [("X001", "Odd"), ("X002", "Curious"), ("X003", "Quiet")]
    assert rules[0]["defaultConfiguration"] == {"level": "warning"}
    assert rules[0]["help"]["text"].startswith("X001 odd (warning, can be silenced)\n\nFinds: a stand-in.")
    assert "## Mend\n\nmend it" in rules[0]["help"]["markdown"]


def test_a_finding_is_a_result_with_a_region() -> None:
    results = run(EVERYTHING)["results"]
    assert [(one["ruleId"], one["ruleIndex"], one["level"]) for one in results] == [
        ("X001", 0, "error"), ("X002", 1, "warning"), ("X002", 1, "note"), ("X001", 0, "error"),
    ]  # fmt: skip
    assert results[0]["message"] == {"text": "promo code 'A1' is odd: 100%, really. Help: mend it."}
    assert results[0]["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "a%20b/program.yaml"},
                "region": {"startLine": 3, "startColumn": 21, "endColumn": 25},
            },
            "logicalLocations": [{"fullyQualifiedName": "promo_codes[0].code", "kind": "object"}],
        }
    ]
    assert results[0]["properties"] == {"promo_codes": ["A1", "B2"], "facts": {"used_code": "SAVE1", "at": None}}
    assert "region" not in results[1]["locations"][0]["physicalLocation"]
    assert "physicalLocation" not in results[2]["locations"][0]


def test_an_allowed_finding_is_suppressed_with_its_reason() -> None:
    *others, last = run(EVERYTHING)["results"]
    assert [one for one in others if "suppressions" in one] == []
    assert last["suppressions"] == [
        {"kind": "inSource", "status": "accepted", "justification": "agreed with both (allowed until 2026-12-31)"}
    ]


def test_an_absolute_path_is_a_file_uri() -> None:
    (result,) = run(review(finding(place=Place("/a b/p.json"))))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": "file:///a%20b/p.json"}


def fingerprints(*findings: Any) -> list[str]:
    return [one["partialFingerprints"]["promoCodes/v1"] for one in run(review(*findings))["results"]]


def test_a_result_is_known_again_when_lines_move_or_numbers_change() -> None:
    moved = Place(PLACE.file, "promo_codes[8]", "code", 99, 5, PLACE.text, PLACE.caret)
    assert fingerprints(finding()) == fingerprints(finding(place=moved, message="promo code 'A1' is odder"))


@pytest.mark.parametrize(
    "other",
    [
        finding(promo_codes=("A1", "C3")),
        finding(check="X002"),
        finding(place=Place("other.yaml", field="code")),
        finding(place=Place(PLACE.file, field="id")),
        finding(),
    ],
    ids=["promo codes", "check", "file", "field", "a second one"],
)
def test_results_are_told_apart(other: Any) -> None:
    assert len(set(fingerprints(finding(), other, WARNING, INFO))) == 4


def test_the_paths_of_a_review_are_those_given(tmp_path: Path) -> None:
    (result,) = run(review(finding(place=Place((tmp_path / "é.json").as_posix()))))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].endswith("/%C3%A9.json")


def test_half_characters_of_ids_and_paths_are_no_obstacle() -> None:
    odd = finding(promo_codes=("\ud800",), place=Place("a\udcff.json", field="id"))
    assert fingerprints(odd) != fingerprints(finding(promo_codes=("\ud801",), place=Place("a\udcff.json", field="id")))
    (result,) = run(review(odd))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a%FF.json"
