"""Lines that more than one format has: where a finding is, what it says, and how many there are."""

from collections import Counter
from collections.abc import Iterable

from attribution.program.problem import Place
from attribution.text import counted, plain
from attribution.validation.finding import Finding, Severity
from attribution.validation.validate import Review


def where(place: Place) -> str:
    """The place as compilers write it: `file:line:column`, or what there is of that."""
    numbers = [str(number) for number in (place.line, place.column) if number is not None]
    if not place.file:
        return plain(place.position or place.field) or "program"
    return plain(":".join([place.file, *numbers]))


def head(finding: Finding) -> str:
    """The first line of a finding."""
    name = f"{finding.check} {finding.slug}"
    return f"{where(finding.place)}: {finding.severity}: {plain(finding.message)} [{name}]"


def severities(findings: Iterable[Finding]) -> str:
    """How many of each severity, those that there are: `2 errors, 1 warning`."""
    counts = Counter(finding.severity for finding in findings)
    return ", ".join(counted(counts[one], one.value) for one in Severity if counts[one])


def summary(review: Review) -> str:
    """One line: what was found, in what."""
    found = severities(review.findings) or "no findings"
    files = review.files
    where = "" if not files else f" in {plain(files[0])}" if len(files) == 1 else f" in {len(files)} files"
    looked = f"{counted(review.promo_codes, 'promo code')}, {counted(len(review.checks), 'check')}"
    allowed = f"; {counted(len(review.allowed), 'finding')} allowed" if review.allowed else ""
    return f"{found}{where} ({looked}){allowed}"
