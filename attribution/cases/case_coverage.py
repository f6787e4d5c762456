"""What of a program its cases exercise: promo codes, credit rules met and not met, reasons.

A promo code is exercised when it matches an order of some case. Its rule is exercised met and not met, which are two
things; `ALWAYS` can only be met. A reason counts if the program can have it under its settings. Promo codes that never
match, as their state without a date says, are left out.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, assert_never

from attribution.cases.evaluate import Answer
from attribution.crediting.rules import REASON_MET, REASON_UNMET
from attribution.json_values import json_fields
from attribution.program import Program, PromoCode, Settings
from attribution.terms import DefaultCrediting, Outcome, Reason, Uncredited


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


@dataclass(slots=True)
class Exercised:
    """What cases have exercised so far."""

    verdicts: Counter[tuple[str, bool]] = field(default_factory=Counter)
    reasons: Counter[tuple[Outcome, Reason]] = field(default_factory=Counter)

    def add(self, answers: Iterable[Answer]) -> None:
        """Count what these conversions came to."""
        for answer in answers:
            self.verdicts.update((row["promo_code_id"], bool(row["met"])) for row in answer.verdicts)
            self.reasons.update((Outcome(row["outcome"]), Reason(row["reason"])) for row in answer.credits)


def coverage(program: Program, paths: tuple[str, ...], exercised: Exercised) -> Coverage:
    """What of the program is exercised, and what is missing."""
    codes = [code for code in program.promo_codes if not code.never_active]
    conditional = [code for code in codes if code.credit_rule in REASON_UNMET]
    seen = exercised.verdicts
    return Coverage(
        program,
        paths,
        _part({code.id: (code.id, True) in seen or (code.id, False) in seen for code in codes}),
        _part({code.id: (code.id, True) in seen for code in codes}),
        _part({code.id: (code.id, False) in seen for code in conditional}),
        _part({f"{one} {why}": (one, why) in exercised.reasons for one, why in possible(codes, program.settings)}),
        len(program.promo_codes) - len(codes),
    )


def _part(things: Mapping[str, bool]) -> Part:
    return Part(len(things), tuple(name for name, exercised in things.items() if not exercised))


def possible(codes: Iterable[PromoCode], settings: Settings) -> Iterator[tuple[Outcome, Reason]]:
    """The outcomes and reasons that these promo codes can have under these settings."""
    rules = {code.credit_rule for code in codes}
    yield from ((Outcome.PROMO_CODE, reason) for rule, reason in REASON_MET.items() if rule in rules)
    match settings.uncredited:
        case Uncredited.WITHHOLD:
            yield from ((Outcome.WITHHELD, reason) for rule, reason in REASON_UNMET.items() if rule in rules)
            left_to_default = False
        case Uncredited.DEFAULT:
            left_to_default = not rules.isdisjoint(REASON_UNMET)
        case _:
            assert_never(settings.uncredited)
    match settings.default_crediting:
        case DefaultCrediting.NONE:
            yield Outcome.UNATTRIBUTED, Reason.DEFAULT_NONE
        case DefaultCrediting.LAST_CLICK:
            yield Outcome.LAST_CLICK, Reason.NO_CODE_MATCHED
            if left_to_default:
                yield Outcome.LAST_CLICK, Reason.RULE_NOT_MET
            yield Outcome.UNATTRIBUTED, Reason.NO_CLICKS
        case _:
            assert_never(settings.default_crediting)
