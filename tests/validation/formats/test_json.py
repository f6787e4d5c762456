"""Findings as JSON, for programs."""

from typing import Any

from tests.validation.formats.reviews import EVERYTHING, review

FINDING: dict[str, Any] = {
    "check": "X001",
    "slug": "odd",
    "severity": "error",
    "promo_codes": ["A1", "B2"],
    "place": {"file": "a b/program.yaml", "position": "promo_codes[0]", "field": "code", "line": 3, "column": 21},
    "message": "promo code 'A1' is odd: 100%, really",
    "help": "mend it",
    "facts": {"used_code": "SAVE1", "at": None},
}


def test_a_finding_has_all_its_parts() -> None:
    first, second, third = EVERYTHING.to_dict()["findings"]
    assert first == FINDING
    assert second["place"] == dict.fromkeys(FINDING["place"]) | {"file": "a b/program.yaml"}
    assert third["place"] == dict.fromkeys(FINDING["place"]) | {"position": "promo_codes[1]", "field": "code"}


def test_what_is_allowed_is_told_with_end_and_reason() -> None:
    (allowed,) = EVERYTHING.to_dict()["allowed"]
    end = {"until": "2026-12-31T23:59:59.999999Z", "reason": "agreed with both"}
    assert allowed == {**FINDING, "promo_codes": ["C3"], **end}


def test_a_summary_counts() -> None:
    summary = {
        "files": ["a b/program.yaml"], "promo_codes": 2, "checks": ["X001", "X002", "X003"],
        "as_of": "2026-07-01T00:00:00Z", "error": 1, "warning": 1, "info": 1, "allowed": 1,
    }  # fmt: skip
    assert EVERYTHING.to_dict()["summary"] == summary
    assert review().to_dict()["summary"] == {**summary, "error": 0, "warning": 0, "info": 0, "allowed": 0}
