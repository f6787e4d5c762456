"""What of a program its cases exercise: promo codes, credit rules met and not met, reasons.

A promo code is exercised when it matches an order of some case. Its rule is exercised met and not met, which are two
things; `ALWAYS` can only be met. A reason counts if the program can have it under its settings. Promo codes that never
match, as their state without a date says, are left out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from attribution.cases.evaluate import Answer
from attribution.crediting.rules import FACTS, REASON_UNMET, decision_table
from attribution.json_values import json_fields
from attribution.program import Program, PromoCode, Settings
from attribution.terms import Outcome, Reason


@dataclass(frozen=True, slots=True)
class Part:
    """How many things of a kind there are, and which of them no case exercises, in the order of the program."""

    total: int
    missing: tuple[str, ...]

    @property
    def exercised(self) -> int:
        """How many are."""
        return self.total - len(self.missing)

    @property
    def percent(self) -> float:
        """The exercised part; all of nothing is 100."""
        return 100.0 * self.exercised / self.total if self.total else 100.0

    def to_dict(self) -> dict[str, Any]:
        """The part in the values of JSON."""
        return {
            **json_fields(self, "total", "exercised"),
            "percent": round(self.percent, 2),
            **json_fields(self, "missing"),
        }


@dataclass(frozen=True, slots=True)
class Coverage:
    """The coverage of one program; `paths` are its files.

    promo_codes  missing: ids of those that match in no case
    met, not_met  missing: ids of those whose rule is met, or not met, in no case
    reasons      missing: as `WITHHELD NOT_WINNER`
    left_out     promo codes that never match
    """

    program: Program
    paths: tuple[str, ...]
    promo_codes: Part
    met: Part
    not_met: Part
    reasons: Part
    left_out: int

    @property
    def whole(self) -> Part:
        """All of it together."""
        parts = (self.promo_codes, self.met, self.not_met, self.reasons)
        return Part(sum(part.total for part in parts), tuple(one for part in parts for one in part.missing))

    def to_dict(self) -> dict[str, Any]:
        """The coverage in the values of JSON."""
        return {
            "program": list(self.paths),
            "percent": round(self.whole.percent, 2),
            **{name: getattr(self, name).to_dict() for name in ("promo_codes", "met", "not_met", "reasons")},
            "never_match": self.left_out,
        }


def coverage(program: Program, paths: tuple[str, ...], answers: Iterable[Answer]) -> Coverage:
    """What of the program these conversions exercise, and what is missing."""
    seen: set[tuple[str, bool]] = set()
    reasons: set[tuple[str, str]] = set()
    for answer in answers:
        seen.update((row["promo_code_id"], bool(row["met"])) for row in answer.verdicts)
        reasons.update((row["outcome"], row["reason"]) for row in answer.credits)
    codes = [code for code in program.promo_codes if not code.never_active]
    conditional = [code for code in codes if code.credit_rule in REASON_UNMET]
    return Coverage(
        program,
        paths,
        _part({code.id: (code.id, True) in seen or (code.id, False) in seen for code in codes}),
        _part({code.id: (code.id, True) in seen for code in codes}),
        _part({code.id: (code.id, False) in seen for code in conditional}),
        _part({f"{one} {why}": (one, why) in reasons for one, why in possible(codes, program.settings)}),
        len(program.promo_codes) - len(codes),
    )


def _part(things: Mapping[str, bool]) -> Part:
    return Part(len(things), tuple(name for name, exercised in things.items() if not exercised))


def possible(codes: Iterable[PromoCode], settings: Settings) -> list[tuple[Outcome, Reason]]:
    """The outcomes and reasons that these promo codes can have under these settings, the decisions of codes first."""
    rules = {None, *(code.credit_rule for code in codes)}
    rulings = {ruling for facts, ruling in zip(FACTS, decision_table(settings), strict=True) if facts.rule in rules}
    reasons = list(Reason)
    in_order = sorted(rulings, key=lambda ruling: (not ruling.names_code, reasons.index(ruling.reason)))
    return [(ruling.outcome, ruling.reason) for ruling in in_order]
