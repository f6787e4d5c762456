"""Promo codes as columns of numbers: whose they are, where and when they hold, and which comes first.

Everything about a pair of promo codes except their texts. Dates are microseconds since 1970, both ends
inclusive; an open end is beyond every date. A promo code that is never active, or that ends before it
starts, meets nobody.
"""

from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from attribution.crediting.rules import RULES
from attribution.crediting.ruleset import Ruleset
from attribution.terms import CreditRule

Indices = NDArray[np.signedinteger]

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_OPEN: Final = np.iinfo(np.int64)
_ANY_PROGRAM: Final = -1
_STRICTNESS: Final = {CreditRule.ALWAYS: 0, CreditRule.INVOLVED: 1, CreditRule.WINNER: 2}
"""Each rule is met whenever a stricter one is, for the same partner."""


class Codes:
    """The columns; a promo code is its index, a set of promo codes an array of indices."""

    def __init__(self, ruleset: Ruleset) -> None:
        numbers = ruleset.numbers
        self.rank = numbers.precedence.astype(np.int64)
        self.partner, self.program = numbers.owner, numbers.program
        self._rule = np.array([_STRICTNESS[rule] for rule in RULES])[numbers.rule]
        self._start, self._end = numbers.active_from, numbers.active_to
        self.alive = ~np.array(ruleset.never_active, dtype=np.bool_) & (self._start <= self._end)

    def programs(self) -> list[tuple[Indices, Indices]]:
        """For each program its promo codes, and all that may hold together with one of them; all alive."""
        alive = np.flatnonzero(self.alive)
        program = self.program[alive]
        everywhere = alive[program == _ANY_PROGRAM]
        found = [(everywhere, alive)]
        order = np.argsort(program, kind="stable")
        starts = np.flatnonzero(np.diff(program[order], prepend=_ANY_PROGRAM - 1))
        for own in np.split(alive[order], starts[1:]) if len(alive) else []:
            if self.program[own[0]] != _ANY_PROGRAM:
                found.append((own, np.concatenate([own, everywhere])))
        return found

    def rivals(self, index: int, others: Indices) -> Indices:
        """Those of the others that precede it, are another partner's, and hold with it at some time; in precedence."""
        program = self.program[others]
        found = others[
            (self.rank[others] < self.rank[index])
            & (self.partner[others] != self.partner[index])
            & ((program == self.program[index]) | (program == _ANY_PROGRAM) | (self.program[index] == _ANY_PROGRAM))
            & (self._start[others] <= self._end[index])
            & (self._start[index] <= self._end[others])
        ]
        return self.in_precedence(found)

    def covering(self, index: int, others: Indices, *, any_partner: bool) -> Indices:
        """Those of the others that always hold when it does, precede it, and whose rule is met whenever its own is.

        A rule is met whenever another is if it is ALWAYS, or the same partner's and no stricter. Only with
        `any_partner` does another partner's promo code count.
        """
        program = self.program[others]
        same_partner = self.partner[others] == self.partner[index]
        found = others[
            (self.rank[others] < self.rank[index])
            & ((program == self.program[index]) | (program == _ANY_PROGRAM))
            & (self._start[others] <= self._start[index])
            & (self._end[index] <= self._end[others])
            & np.where(same_partner, self._rule[others] <= self._rule[index], any_partner & (self._rule[others] == 0))
        ]
        return self.in_precedence(found)

    def partners(self, some: Indices) -> int:
        """How many partners they are of."""
        return len(np.unique(self.partner[some]))

    def in_precedence(self, some: Indices) -> Indices:
        """Sort promo codes by precedence."""
        return np.asarray(some[np.argsort(self.rank[some])])

    def instant(self, first: int, second: int) -> datetime | None:
        """When both are active: the later start, else the earlier end; None where neither has a date."""
        start, end = max(self._start[first], self._start[second]), min(self._end[first], self._end[second])
        if start == _OPEN.min and end == _OPEN.max:
            return None
        return _EPOCH + timedelta(microseconds=int(end if start == _OPEN.min else start))
