"""A review with one of everything that formats treat apart."""

from datetime import UTC, datetime

from attribution.program.problem import Place
from attribution.validation.finding import Allowed, Finding, Severity
from attribution.validation.validate import Review
from tests.validation.framework.stand_ins import check

LINE = '  - {id: A1, code: "SAVE.*"}'
PLACE = Place("a b/program.yaml", "promo_codes[0]", "code", 3, 21, LINE, (20, 24))
UNTIL = datetime(2026, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)


def finding(**changes: object) -> Finding:
    """A finding with a place and facts, changed as told."""
    fields: dict[str, object] = {
        "check": "X001",
        "slug": "odd",
        "severity": Severity.ERROR,
        "promo_codes": ("A1", "B2"),
        "place": PLACE,
        "message": "promo code 'A1' is odd: 100%, really",
        "help": "mend it",
        "facts": {"used_code": "SAVE1", "at": None},
    }
    return Finding(**{**fields, **changes})  # type: ignore[arg-type]


WARNING = finding(
    check="X002", slug="curious", severity=Severity.WARNING, promo_codes=(), place=Place("a b/program.yaml")
)
INFO = finding(check="X002", slug="curious", severity=Severity.INFO, place=Place("", "promo_codes[1]", "code"))


def review(
    *findings: Finding, allowed: tuple[Allowed, ...] = (), files: tuple[str, ...] = ("a b/program.yaml",)
) -> Review:
    """A review of these findings by three checks."""
    checks = (check("X001", slug="odd"), check("X002", slug="curious"), check("X003", slug="quiet"))
    return Review(findings, allowed, checks, datetime(2026, 7, 1, tzinfo=UTC), files, 2)


EVERYTHING = review(
    finding(), WARNING, INFO, allowed=(Allowed(finding(promo_codes=("C3",)), UNTIL, "agreed with both"),)
)
