"""Ours: all checks over a program in memory, and the search for overlaps alone."""

from collections import Counter
from datetime import UTC, datetime
from random import Random

from attribution import Program, validate
from attribution.validation.subject import Subject
from benchmarks.cases import Measured
from benchmarks.make.patterns import mixed, some
from benchmarks.phases import Phases

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_PARTNERS = 300
_AS_OF = datetime(2026, 7, 1, tzinfo=UTC)


def run(kind: str, literals: int, patterns: int, answer: str | None) -> Measured:  # noqa: ARG001 -- there are no peers
    """Validate; then look for overlaps alone, in a program that nothing is known of yet."""
    made = program(kind, literals, patterns)
    phases = Phases()
    with phases("validate"):
        findings = validate(made, as_of=_AS_OF)
    with phases("overlaps"):
        pairs = sum(map(len, Subject(made, as_of=_AS_OF).overlaps.rivals.values()))
    by_check = Counter(finding.check for finding in findings if finding.check.startswith("O"))
    return {"seconds": dict(phases), "counts": {"pairs": pairs, **dict(sorted(by_check.items()))}}


def program(kind: str, literals: int, patterns: int) -> Program:
    """Promo codes of 300 partners; patterns of one partner each where they are to overlap."""
    random = Random(f"validate {kind} {literals} {patterns}")
    if kind == "mixed":
        texts, partners = mixed(random, patterns).patterns, _PARTNERS
    else:
        texts, partners = [f".*{some(random, _LETTERS, 4, 8)}.*" for _ in range(patterns)], patterns
    plain = dict.fromkeys(f"{some(random, _LETTERS, 4, 8)}{random.randint(1, 99)}" for _ in range(literals))
    codes = [
        {"id": f"L{at}", "code": text, "match_mode": "LI", "credit_rule": "ALWAYS", "partner_id": f"P{at % partners}"}
        for at, text in enumerate(plain)
    ]
    codes += [
        {"id": f"R{at}", "code": text, "match_mode": "RE", "credit_rule": "ALWAYS", "partner_id": f"P{at % partners}"}
        for at, text in enumerate(texts)
    ]
    return Program.model_validate(codes)
