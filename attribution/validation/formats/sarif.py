"""Findings as SARIF 2.1.0, the format of code-scanning services.

Every check that ran is a rule, with its manual page as help. A finding that the program allows is a result with a
suppression, as the standard has it. Columns count characters, and paths are relative where they were given so.
A result is known again by check, file, promo codes and field, not by its line: what is above it may change.
"""

import hashlib
import json
import os
from collections import Counter
from importlib.metadata import PackageNotFoundError, version
from pathlib import PurePath
from typing import Any, Final
from urllib.parse import quote

from attribution.program.problem import Place
from attribution.text import plain
from attribution.validation.check import Check
from attribution.validation.finding import Finding, Severity
from attribution.validation.formats.pages import markdown_page, plain_page
from attribution.validation.validate import Review

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def sarif(review: Review) -> str:
    """The document."""
    driver: dict[str, Any] = {"name": "attribution", "rules": [_rule(check) for check in review.checks]}
    if (known := _version()) is not None:
        driver["version"] = known
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": _results(review)}
    document = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _version() -> str | None:
    try:
        return version("attribution")
    except PackageNotFoundError:
        return None


def _rule(check: Check) -> dict[str, Any]:
    return {
        "id": check.code,
        "name": "".join(word.capitalize() for word in check.slug.split("-")),
        "shortDescription": {"text": check.summary},
        "fullDescription": {"text": " ".join(check.why.split())},
        "help": {"text": plain_page(check), "markdown": markdown_page(check)},
        "defaultConfiguration": {"level": LEVELS[check.severity]},
        "properties": {"slug": check.slug},
    }


def _results(review: Review) -> list[dict[str, Any]]:
    indices = {check.code: index for index, check in enumerate(review.checks)}
    seen: Counter[str] = Counter()
    results = [_result(finding, indices, seen) for finding in review.findings]
    for allowed in review.allowed:
        why = f"{allowed.reason} (allowed until {allowed.until:%Y-%m-%d})"
        suppression = {"kind": "inSource", "status": "accepted", "justification": why}
        results.append({**_result(allowed.finding, indices, seen), "suppressions": [suppression]})
    return results


def _result(finding: Finding, indices: dict[str, int], seen: Counter[str]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.check,
        "ruleIndex": indices[finding.check],
        "level": LEVELS[finding.severity],
        "message": {"text": f"{plain(finding.message)}. Help: {plain(finding.help)}."},
        "partialFingerprints": {"promoCodes/v1": _fingerprint(finding, seen)},
        "properties": {"promo_codes": list(finding.promo_codes), "facts": dict(finding.facts)},
    }
    if location := _location(finding.place):
        result["locations"] = [location]
    return result


def _location(place: Place) -> dict[str, Any]:
    location: dict[str, Any] = {}
    if place.file:
        physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(place.file)}}
        if place.line is not None:
            physical["region"] = _region(place, place.line)
        location["physicalLocation"] = physical
    if place.position:
        name = ".".join(part for part in (place.position, place.field) if part)
        location["logicalLocations"] = [{"fullyQualifiedName": name, "kind": "object"}]
    return location


def _region(place: Place, line: int) -> dict[str, int]:
    region = {"startLine": line}
    if place.column is not None:
        region["startColumn"] = place.column
        if place.caret is not None:
            region["endColumn"] = place.column + place.caret[1] - place.caret[0]
    return region


def _uri(file: str) -> str:
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(os.fsencode(path.as_posix()))


def _fingerprint(finding: Finding, seen: Counter[str]) -> str:
    """A digest that is equal from run to run; findings that agree in all of this are told apart by their order."""
    key = "\n".join([finding.check, finding.place.file, finding.place.field, *finding.promo_codes])
    seen[key] += 1
    return hashlib.sha256(f"{key}\n{seen[key]}".encode(errors="surrogatepass")).hexdigest()[:32]
