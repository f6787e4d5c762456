"""Small programs of patterns, and what one check says of them."""

from datetime import UTC, datetime
from typing import Any

from attribution.program import Program
from attribution.validation.check import Check, Notice
from attribution.validation.subject import Subject

AS_OF = datetime(2026, 7, 1, tzinfo=UTC)
FULL = {"regex_match": "full"}
SEARCH = {"regex_match": "search"}


def subject(*patterns: str, literals: tuple[str, ...] = (), rule: str = "INVOLVED", **settings: Any) -> Subject:
    """A program with these patterns (ids A0, A1, ...) and literals (L0, ...)."""
    codes = [(f"A{at}", "RE", code) for at, code in enumerate(patterns)]
    codes += [(f"L{at}", "LI", code) for at, code in enumerate(literals)]
    rows = [
        {"id": name, "code": code, "match_mode": mode, "credit_rule": rule, "partner_id": "amy"}
        for name, mode, code in codes
    ]
    return Subject(Program.model_validate({"settings": settings, "promo_codes": rows}), as_of=AS_OF)


def notices(check: Check, *patterns: str, **given: Any) -> list[Notice]:
    """What the check says of a program with these patterns."""
    return list(check.find(subject(*patterns, **given)))


def fires(check: Check, pattern: str, **given: Any) -> bool:
    """Whether the check says anything of a program with this one pattern."""
    return bool(notices(check, pattern, **given))


def pointed_at(check: Check, pattern: str, **given: Any) -> str | None:
    """The part of the pattern, as written, that the only notice points at."""
    (notice,) = notices(check, pattern, **given)
    return None if notice.span is None else pattern[slice(*notice.span)]
