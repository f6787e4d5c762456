"""Findings as one JSON document, for programs.

`findings`: for each finding `check`, `slug`, `severity`, `promo_codes`, `place` (`file`, `position`, `field`, `line`,
`column`; each may be null), `message`, `help`, `facts`. `allowed`: the findings that the program allows, with these
fields and `until` and `reason`. `summary`: `files`, `promo_codes`, `checks` (codes of those that ran), `as_of`, and how
many findings: `error`, `warning`, `info`, `allowed`.
"""

import json
from typing import Any

from attribution.times import iso
from attribution.validation.finding import Finding, Severity
from attribution.validation.validate import Review


def as_json(review: Review) -> str:
    """The document."""
    counts = {one.value: sum(finding.severity is one for finding in review.findings) for one in Severity}
    document = {
        "findings": [_finding(finding) for finding in review.findings],
        "allowed": [
            {**_finding(one.finding), "until": iso(one.until), "reason": one.reason} for one in review.allowed
        ],
        "summary": {
            "files": list(review.files),
            "promo_codes": review.promo_codes,
            "checks": [check.code for check in review.checks],
            "as_of": iso(review.as_of),
            **counts,
            "allowed": len(review.allowed),
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _finding(finding: Finding) -> dict[str, Any]:
    place = finding.place
    return {
        "check": finding.check,
        "slug": finding.slug,
        "severity": finding.severity.value,
        "promo_codes": list(finding.promo_codes),
        "place": {
            "file": place.file or None,
            "position": place.position or None,
            "field": place.field or None,
            "line": place.line,
            "column": place.column,
        },
        "message": finding.message,
        "help": finding.help,
        "facts": dict(finding.facts),
    }
