"""Disagreements between findings and brute force, in words; an empty list is agreement.

Each function takes a small world and the findings about it, and goes by what the pages of the checks promise.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from random import Random
from typing import Any

from attribution import Engine, Program, validate
from attribution.validation.finding import Finding
from tests.validation.oracle.oracle import INSTANTS, STRIPPED, USED_CODES, Code, in_precedence, shortest

AS_OF = "2026-07-01T00:00Z"
STRICTNESS = ("ALWAYS", "INVOLVED", "WINNER")


@dataclass(frozen=True)
class Judged:
    """A small world with its findings."""

    document: Mapping[str, Any]

    @cached_property
    def program(self) -> Program:
        return Program.model_validate(dict(self.document))

    @cached_property
    def findings(self) -> list[Finding]:
        return validate(self.program, as_of=AS_OF)

    @cached_property
    def engine(self) -> Engine:
        return Engine(self.program)

    @cached_property
    def codes(self) -> list[Code]:
        """In order of precedence."""
        settings = self.document.get("settings", {})
        optional = ("program_id", "state", "start_date", "end_date", "created_date")
        return in_precedence(
            [Code({**dict.fromkeys(optional), **row}, settings) for row in self.document["promo_codes"]]
        )

    def named(self, number: str) -> Code:
        return next(code for code in self.codes if code.id == number)

    def regular(self, code: Code) -> bool:
        """Whether an automaton decides it, or it can match nothing: there is no finding that says otherwise."""
        said = {finding.check for finding in self.findings if finding.promo_codes[0] == code.id}
        return not said & {"P002", "P014"}

    def of(self, check: str) -> list[Finding]:
        return [finding for finding in self.findings if finding.check == check]


def is_used_code(text: str) -> bool:
    return bool(text) and text == text.strip(STRIPPED)


def meet(one: Code, other: Code) -> bool:
    """Whether two partners' promo codes hold in one program at one instant."""
    return one.partner_id != other.partner_id and one.meets_program(other) and bool(one.open_at & other.open_at)


# O001 and O002


def overlaps(world: Judged) -> Iterator[str]:
    """Overlaps that are missed or invented."""
    rivals = {finding.promo_codes[0]: finding for finding in world.of("O001")}
    undecided = {
        frozenset((finding.promo_codes[0], other))
        for finding in world.of("O002")
        for other in finding.facts["promo_codes"]
    }
    for place, second in enumerate(world.codes):
        finding = rivals.get(second.id)
        told = {rival["promo_code"]: rival for rival in finding.facts["rivals"]} if finding else {}
        for first in world.codes[:place]:
            pair = f"{first.id} and {second.id}"
            common = shortest(first.language & second.language) if meet(first, second) else None
            if first.id in told:
                yield from _proof(world, first, second, told[first.id], common)
            elif common is not None and {first.id, second.id} not in undecided:
                yield f"overlap of {pair} is missed: {common!r}"
            elif not meet(first, second) and {first.id, second.id} in undecided:
                yield f"overlap of {pair} is undecided, but they never meet"
            elif {first.id, second.id} in undecided and world.regular(first) and world.regular(second):
                yield f"overlap of {pair} is undecided, but both are regular"
        if finding:
            yield from _summary(world, finding, second, told)


def _proof(world: Judged, first: Code, second: Code, rival: Mapping[str, Any], common: str | None) -> Iterator[str]:
    used, at = rival["used_code"], rival["at"]
    pair = f"{first.id} and {second.id} by {used!r}"
    if not meet(first, second):
        yield f"overlap of {pair} is invented: they never meet"
    elif not is_used_code(used) or not first.matches(used) or not second.matches(used):
        yield f"overlap of {pair} is invented"
    elif common is not None and len(common) < len(used) and world.regular(first) and world.regular(second):
        yield f"overlap of {pair} has a shorter proof {common!r}"
    dated = any(code.start_date or code.end_date for code in (first, second))
    if dated != (at is not None):
        yield f"overlap of {pair}: at is {at}"
    if at is not None:
        number = INSTANTS.index(datetime.fromisoformat(at))
        if number not in first.open_at & second.open_at:
            yield f"overlap of {pair}: not both are active at {at}"
    found = {code.id for code in world.engine.match(used, at=at, program_id=_shared(first, second))}
    if not {first.id, second.id} <= found:
        yield f"overlap of {pair}: the engine matches {found}"


def _shared(first: Code, second: Code) -> str | None:
    return first.program_id or second.program_id or "9"


def _summary(world: Judged, finding: Finding, second: Code, told: Mapping[str, Any]) -> Iterator[str]:
    facts = finding.facts
    order = [code.id for code in world.codes if code.id in told]
    first = world.named(facts["first"])
    if [*told] != order or facts["first"] != order[0] or finding.promo_codes != (second.id, *order):
        yield f"rivals of {second.id} are not in order of precedence: {[*told]}, {finding.promo_codes}"
    if facts["rival_count"] != len(order):
        yield f"{second.id} has {facts['rival_count']} rivals, of which {order} are told"
    if facts["partner_count"] != len({world.named(rival).partner_id for rival in order}):
        yield f"{second.id} has rivals of {facts['partner_count']} partners"
    if facts["precedence"] != first.before(second):
        yield f"{first.id} precedes {second.id} by {first.before(second)}, not {facts['precedence']}"
    if (facts["used_code"], facts["at"]) != (told[first.id]["used_code"], told[first.id]["at"]):
        yield f"proof of {second.id} is not that of its first rival"
    if facts["resolution"] != world.document.get("settings", {}).get("resolution", "one"):
        yield f"{second.id}: resolution {facts['resolution']}"
    yield from _paid(world, first, second, facts)


def _paid(world: Judged, first: Code, second: Code, facts: Mapping[str, Any]) -> Iterator[str]:
    """Credit the order that is the proof, with both verdicts met and just the two promo codes."""
    if first.credit_rule == second.credit_rule == "WINNER":
        return
    both = [row for row in world.document["promo_codes"] if row["id"] in {first.id, second.id}]
    engine = Engine(Program.model_validate({**world.document, "promo_codes": both}))
    at = datetime.fromisoformat(facts["at"]) if facts["at"] else INSTANTS[0]
    last, earlier = (first, second) if first.credit_rule == "WINNER" else (second, first)
    path = [(earlier, 2), (last, 1)]
    decision = engine.decide(
        {
            "conversion_id": "o",
            "event_time": at,
            "promo_code": [facts["used_code"]],
            "program_id": _shared(first, second),
            "click_path": [
                {"partner_id": code.partner_id, "event_time": at - timedelta(hours=hours)} for code, hours in path
            ],
        }
    )
    expected = {first.id} if facts["resolution"] == "one" else {first.id, second.id}
    credited = {credit.promo_code_id for credit in decision.credits}
    if credited != expected:
        yield f"{facts['used_code']!r} pays {credited}, not {expected}"


# O003


def covers(first: Code, second: Code) -> bool:
    """Whether one promo code takes all used codes, programs and instants of another, and its credit."""
    same = first.partner_id == second.partner_id
    rule = same and STRICTNESS.index(first.credit_rule) <= STRICTNESS.index(second.credit_rule)
    anybody = first.credit_rule == "ALWAYS" and first.settings.get("resolution", "one") == "one"
    return (
        (rule or anybody)
        and first.before(second) is not None
        and first.program_id in {"", second.program_id}
        and second.open_at <= first.open_at
        and (second.end_date == "" or second.end_date <= (first.end_date or "9"))
        and (first.end_date == "" or second.end_date != "")
        and (first.start_date == "" or second.start_date != "")
        and second.language & ~first.language == 0
    )


def shadows(world: Judged, finite: frozenset[str] = frozenset()) -> Iterator[str]:
    """Shadows that are invented; missed ones of promo codes in `finite`, of which all they match is tried."""
    told = {finding.promo_codes[0]: finding for finding in world.of("O003")}
    for number, finding in told.items():
        first, second = world.named(finding.facts["shadowed_by"]), world.named(number)
        if not covers(first, second):
            left = shortest(second.language & ~first.language)
            yield f"{second.id} is not shadowed by {first.id}: {left!r}"
        facts = (first.partner_id, first.before(second))
        if facts != (finding.facts["partner_id"], finding.facts["precedence"]):
            yield f"shadow {first.id} of {second.id} is of {facts}"
        yield from _never_paid(world, second)
    for second in world.codes:
        alive = bool(second.open_at and second.language)
        if second.id in finite and second.id not in told and alive:
            for first in world.codes:
                equal = first.partner_id != second.partner_id and first.language == second.language
                if first.id != second.id and world.regular(first) and covers(first, second) and not equal:
                    yield f"shadow {first.id} of {second.id} is missed"


def _never_paid(world: Judged, dead: Code) -> Iterator[str]:
    draw = Random(world.document["promo_codes"][0]["code"])
    own = [text for at, text in enumerate(USED_CODES) if dead.language >> at & 1]
    for _ in range(12):
        at = draw.choice(INSTANTS)
        path = [
            {"partner_id": draw.choice(("amy", "bob", "cat")), "event_time": at - timedelta(hours=draw.choice((0, 1)))}
            for _ in range(draw.choice((0, 1, 2)))
        ]
        used = [draw.choice(own or ["A"]), draw.choice(USED_CODES)]
        conversion = {
            "conversion_id": "o",
            "event_time": at,
            "promo_code": draw.sample(used, 2),
            "program_id": dead.program_id or draw.choice(("1", "2")),
            "click_path": path,
        }
        decision = world.engine.decide(conversion)
        if dead.id in {credit.promo_code_id for credit in decision.credits}:
            yield f"{dead.id} is dead, but paid for {conversion}"
