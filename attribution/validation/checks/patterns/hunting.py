"""The hunt for slow used codes over all patterns of a program that backtrack, within one budget of time.

Patterns that an automaton decides cannot be slow and are not looked at. Of patterns that differ in the letters of
their words only, the first is hunted for in full; for the others its used code is tried with their letters in it.
What the budget leaves untried is known by name: `finished` is false then.
"""

import time
from dataclasses import replace
from typing import Final

from attribution.automata.automaton import TooLarge, nfa
from attribution.matching.decider import TIMEOUT
from attribution.patterns.tree import has_opaque
from attribution.validation.backtracking import Trial, confirmed, slow_used_code
from attribution.validation.checks.patterns.pattern_reading import Readings
from attribution.validation.checks.patterns.planned import Decided
from attribution.validation.checks.patterns.renaming import Renaming, renaming, reworded
from attribution.validation.subject import Subject

PATTERN_BUDGET: Final = 0.3
PROGRAM_BUDGET: Final = 6.0
"""Seconds of processor time of this thread."""


class Hunt:
    """What was found for each pattern that backtracks."""

    def __init__(self, subject: Subject) -> None:
        self.trials: dict[int, Trial] = {}
        self._known = known = subject.shared(Readings)
        self._models: dict[object, tuple[Renaming, Trial]] = {}
        end = time.thread_time() + PROGRAM_BUDGET
        for index in known.indices:
            if known.in_force.decided(index) is not Decided.AUTOMATON and not known.impossible(index):
                left = min(PATTERN_BUDGET, end - time.thread_time())
                self.trials[index] = self._trial(index, left) if left > 0 else Trial(None, finished=False)

    def _trial(self, index: int, budget: float) -> Trial:
        """The trial of one pattern, by the model of its shape if one was tried before."""
        pattern, search = self._known.code(index), self._known.in_force.search
        own = renaming(pattern)
        model = self._models.get(own.key)
        if model is None:
            hoisted = self._known.hoisted[index].text
            trial = slow_used_code(pattern, hoisted, search=search, limit=TIMEOUT, budget=budget)
            if trial.finished:
                self._models[own.key] = own, trial
            return trial
        other, trial = model
        if trial.slow is None:
            return trial
        attack = trial.slow.attack
        prefix, pump, suffix = (reworded(text, other, own) for text in (attack.prefix, attack.pump, attack.suffix))
        slow = replace(trial.slow, attack=replace(attack, prefix=prefix, pump=pump, suffix=suffix))
        return Trial(slow if confirmed(pattern, slow, search=search) else None, finished=True)


def ends_by_itself(known: Readings, index: int) -> bool:
    """Whether an automaton takes over where time runs out, so that the run is slowed but not stopped."""
    tree = known.whole(index, search=known.in_force.search)
    if has_opaque(tree):
        return False
    try:
        nfa(tree)
    except TooLarge:
        return False
    return True
