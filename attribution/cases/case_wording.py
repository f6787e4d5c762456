"""A report in words: failing cases with their differences, the counts, the coverage; and as JUnit suites.

Lines begin with as many spaces as they are indented.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from attribution.cases.case_compare import Difference
from attribution.cases.case_coverage import Coverage, Part
from attribution.cases.case_report import CaseReport, CaseResult, Status
from attribution.text import counted, plain, quoted
from attribution.validation.junit_xml import TestCase, TestSuite

MISSING_SHOWN: Final = 10
"""Promo codes that are named of those that no case exercises."""

SIDES: Final[Mapping[Status, tuple[str, str]]] = {
    Status.PASSED: ("expected", "got"),
    Status.FAILED: ("expected", "got"),
    Status.AT_ODDS: ("tables say", "the single order says"),
}
"""What the two values of a difference are."""

AT_ODDS: Final = "the two evaluators differ; this is a fault of attribution and not of the case, please report it"


def headline(result: CaseResult) -> str:
    """What became of a case, in a line: `FAILED  cases.yaml:12  the last click wins`."""
    case = result.case
    return f"{result.status.upper()}  {plain(case.file)}:{case.line}  {plain(case.name)}"


def failure(result: CaseResult) -> Iterator[str]:
    """Why a case has not passed: the differences, then the explanation of each conversion that differs."""
    if result.status is Status.AT_ODDS:  # which has a sentence of its own
        yield f"  {AT_ODDS}"
    for difference in result.differences:
        yield f"  {_difference(difference, result.status)}"
    if result.explanation:
        yield ""
    for line in result.explanation:
        yield f"    {line}" if line else ""


def _difference(difference: Difference, status: Status) -> str:
    one, other = SIDES[status]
    which = "" if difference.conversion_id is None else f"conversion {plain(difference.conversion_id)}, "
    return f"{which}{difference.field}: {one} {difference.expected}, {other} {difference.got}"


def counts(report: CaseReport) -> str:
    """How many cases there were, and what became of them."""
    ran = len(report.results)
    parts = [f"{len(found):,} {status}" for status in Status if (found := report.of(status))]
    left_out = f", {report.left_out:,} not selected" if report.left_out else ""
    return f"{counted(ran, 'case')}: {', '.join(parts)}{left_out}"


def coverage_in_words(coverage: Coverage) -> Iterator[str]:
    """What is exercised of each kind, in percent, and what is not, by name."""
    codes, whole = coverage.promo_codes, coverage.whole
    yield f"Coverage of {', '.join(map(plain, coverage.paths))}: {_percent(whole)} of {whole.total:,}"
    yield f"  promo codes that match: {_of(codes)}"
    yield from _named(codes.missing, coverage, "not matched")
    yield f"  rules that are met: {_of(coverage.met)}"
    unmatched = set(codes.missing)
    yield from _named([one for one in coverage.met.missing if one not in unmatched], coverage, "matched, never met")
    yield f"  rules that are not met: {_of(coverage.not_met)}"
    yield from _named([one for one in coverage.not_met.missing if one not in unmatched], coverage, "always met")
    yield f"  outcomes and reasons: {_of(coverage.reasons)}"
    yield from (f"    missing: {reason}" for reason in coverage.reasons.missing)
    if coverage.left_out:
        yield f"  left out: {counted(coverage.left_out, 'promo code')} that can never match, as the state says"


def _of(part: Part) -> str:
    return f"{part.exercised:,} of {part.total:,}, {_percent(part)}"


def _percent(part: Part) -> str:
    """Rounded down: 100% is all of it."""
    return f"{int(part.percent)}%"


def _named(ids: Sequence[str], coverage: Coverage, what: str) -> Iterator[str]:
    texts = {code.id: code.code for code in coverage.program.promo_codes} if ids else {}
    for ident in ids[:MISSING_SHOWN]:
        yield f"    {what}: promo code {plain(ident)} ({quoted(texts[ident])})"
    if len(ids) > MISSING_SHOWN:
        yield f"    and {len(ids) - MISSING_SHOWN:,} more"


def suites(report: CaseReport) -> list[TestSuite]:
    """A suite for each file, in the order of the files."""
    files = dict.fromkeys(result.case.file for result in report.results)
    return [
        TestSuite(file, [_test(result) for result in report.results if result.case.file == file]) for file in files
    ]


def _test(result: CaseResult) -> TestCase:
    case = result.case
    if result.status is Status.PASSED:
        return TestCase(case.name, case.file, file=case.file, line=case.line)
    text = "\n".join(failure(result))
    message = "; ".join(_difference(difference, result.status) for difference in result.differences)
    return TestCase(case.name, case.file, None, text, message, result.status.value, case.file, case.line)
