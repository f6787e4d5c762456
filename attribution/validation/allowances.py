"""Takes out what a program allows, and says which of its allowances have ended, silence nothing or cannot.

An allowance in force at `as_of` (up to and including its `until`) silences every finding of its check that is about its
promo code: the first one of the finding. One that has ended silences nothing and is reported, and so is one that
silences nothing although its check ran. What is about a promo code that was left out for its problems is not judged.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from attribution.program import Allowance
from attribution.program.problem import Place
from attribution.text import did_you_mean, shown
from attribution.times import iso
from attribution.validation.check import Check
from attribution.validation.finding import Allowed, Finding
from attribution.validation.placing import allowance_place
from attribution.validation.program_reading import Reading

EXPIRED: Final = "A001"
UNUSED: Final = "A002"
VOID: Final = "A003"

_FEW: Final = 1_000_000
"""Promo codes times allowances up to which the nearest id is looked for, at some microseconds for each pair."""


@dataclass(frozen=True, slots=True)
class Allowances:
    """The allowances of a program on a day. `ran` are the codes of the checks that ran, `checks` all by their code."""

    reading: Reading
    checks: Mapping[str, Check]
    as_of: datetime
    ran: Collection[str]

    def apply(self, findings: Sequence[Finding]) -> tuple[list[Finding], list[Allowed]]:
        """Those that are left, with those about allowances themselves; and those that are allowed."""
        known = {name: check for check in self.checks.values() for name in (check.code, check.slug)}
        allow = self.reading.program.allow
        by_key: dict[tuple[str, str], list[int]] = {}
        for index, one in enumerate(allow):
            if one.check in known:
                by_key.setdefault((known[one.check].code, one.promo_code), []).append(index)
        left: list[Finding] = []
        allowed: list[Allowed] = []
        met: set[int] = set()
        for finding in findings:
            key = (finding.check, finding.promo_codes[0]) if finding.promo_codes else None
            named = by_key.get(key, []) if key is not None and self.checks[finding.check].silenceable else []
            met.update(named)
            in_force = [allow[index] for index in named if self.as_of <= allow[index].until]
            if in_force:
                longest = max(in_force, key=lambda one: one.until)
                allowed.append(Allowed(finding, longest.until, longest.reason))
            else:
                left.append(finding)
        return [*left, *self._own(known, met, left)], allowed

    def _own(self, known: Mapping[str, Check], met: Collection[int], left: Sequence[Finding]) -> Iterator[Finding]:
        """What is wrong with the allowances themselves; `met` are those with a finding, `left` what is not allowed."""
        allow = self.reading.program.allow
        ids = self.reading.ids() if allow else frozenset()
        firsts = {(one.check, name): one.promo_codes[0] for one in left for name in one.promo_codes} if allow else {}
        judged = {promo_code.id for promo_code in self.reading.program.promo_codes}
        for index, one in enumerate(allow):
            check = known.get(one.check)
            if check is None or not check.silenceable or one.promo_code not in ids:
                yield self._void(index, one, check, known, ids)
            elif one.until < self.as_of:
                yield self._expired(index, one, check, reported=index in met)
            elif index not in met and check.code in self.ran and one.promo_code in judged:
                yield self._unused(index, one, check, firsts.get((check.code, one.promo_code)))

    def _void(
        self, index: int, one: Allowance, check: Check | None, known: Mapping[str, Check], ids: Collection[str]
    ) -> Finding:
        help, field = "correct or remove the allowance", "check"
        if check is None:
            fact, help = f"{shown(one.check)} is no check", did_you_mean(one.check, among=known) or help
        elif not check.silenceable:
            fact, help = f"{check.code} {check.slug} cannot be silenced", "mend the finding and remove the allowance"
        else:
            near = ids if len(ids) * len(self.reading.program.allow) <= _FEW else ()
            fact, field = f"there is no promo code {shown(one.promo_code)}", "promo_code"
            help = did_you_mean(one.promo_code, among=near) or help
        facts = {"allowed": one.check, "promo_code": one.promo_code}
        return self._finding(VOID, index, one, field, f"the allowance is void: {fact}", help, facts)

    def _expired(self, index: int, one: Allowance, check: Check, *, reported: bool) -> Finding:
        name = f"{check.code} {check.slug} for promo code {shown(one.promo_code)}"
        after = "what it silenced is reported again" if reported else "it silences nothing any more"
        message = f"the allowance of {name} ended on {_day(one.until)}, and {after}"
        help = "mend it and remove the allowance, or write a later until" if reported else "remove the allowance"
        if check.code not in self.ran:
            message = f"the allowance of {name} ended on {_day(one.until)}"
            help = "mend what it silenced and remove the allowance, or write a later until"
        return self._finding(EXPIRED, index, one, "until", message, help, {"allowed": check.code})

    def _unused(self, index: int, one: Allowance, check: Check, first: str | None) -> Finding:
        message = f"the allowance of {check.code} {check.slug} for promo code {shown(one.promo_code)} silences nothing"
        help = "remove the allowance"
        if first is not None:  # it names another promo code of a finding than the one that this is about
            help += f", or let it name promo code {shown(first)}, which the finding is about"
        return self._finding(UNUSED, index, one, "check", message, help, {"allowed": check.code})

    def _finding(
        self, code: str, index: int, one: Allowance, field: str, message: str, help: str, facts: Mapping[str, str]
    ) -> Finding:
        check = self.checks[code]
        facts = {**facts, "until": iso(one.until)}
        return Finding(
            code, check.slug, check.severity, (one.promo_code,), self._place(index, field), message, help, facts
        )

    def _place(self, index: int, field: str) -> Place:
        if not self.reading.files:
            return Place(position=f"allow[{index}]", field=field)
        origin = self.reading.allow_origins[index]
        return allowance_place(self.reading.files[origin.document], origin.element, field)


def _day(until: datetime) -> str:
    """The end of an allowance in UTC as people read it."""
    return until.strftime("%Y-%m-%d %H:%M UTC")
