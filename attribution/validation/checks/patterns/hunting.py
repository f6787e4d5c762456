"""The hunt for slow used codes over all patterns of a program that backtrack, within one budget of time.

Patterns that an automaton decides cannot be slow and are not looked at. Of patterns that differ in one plain word
only, the first is hunted for in full; for the others its used code is tried with their word in it. What the budget
leaves untried is known by name: `finished` is false then.
"""

import time
from dataclasses import replace
from typing import Final
from weakref import WeakKeyDictionary

from attribution.matching.decider import TIMEOUT
from attribution.patterns.automaton import TooLarge, nfa
from attribution.patterns.shapes import Shape, longest_run
from attribution.patterns.tree import has_opaque
from attribution.validation.backtracking import Attack, Slow, Trial, confirmed, slow_used_code
from attribution.validation.checks.patterns.planned import Decided
from attribution.validation.checks.patterns.reading import Readings, readings
from attribution.validation.subject import Subject

PATTERN_BUDGET: Final = 0.3
PROGRAM_BUDGET: Final = 6.0
"""Seconds of processor time of this thread."""


class Hunt:
    """What was found for each pattern that backtracks."""

    def __init__(self, known: Readings) -> None:
        self.trials: dict[int, Trial] = {}
        self._known = known
        self._models: dict[str, tuple[Shape, Trial]] = {}
        end = time.thread_time() + PROGRAM_BUDGET
        for index in known.indices:
            if known.in_force.decided(index) is not Decided.AUTOMATON and not known.impossible(index):
                left = min(PATTERN_BUDGET, end - time.thread_time())
                self.trials[index] = self._trial(index, left) if left > 0 else Trial(None, finished=False)

    def _trial(self, index: int, budget: float) -> Trial:
        """The trial of one pattern, by the model of its shape where there is one."""
        pattern, search = self._known.code(index), self._known.in_force.search
        shape = longest_run(pattern)
        model = self._models.get(shape.text)
        if model is None:
            hoisted = self._known.hoisted[index].text
            trial = slow_used_code(pattern, hoisted, search=search, limit=TIMEOUT, budget=budget)
            if trial.finished:
                self._models[shape.text] = shape, trial
            return trial
        known_shape, trial = model
        if trial.slow is None or not shape.runs:
            return trial
        slow = _reworded(trial.slow, known_shape.runs[0], shape.runs[0])
        return Trial(slow if confirmed(pattern, slow, search=search) else None, finished=True)


def _reworded(slow: Slow, old: str, new: str) -> Slow:
    """The same used code with another word in it, in whatever case."""
    pairs = ((old, new), (old.lower(), new.lower()), (old.upper(), new.upper()))

    def changed(text: str) -> str:
        return next((text.replace(before, after) for before, after in pairs if before in text), text)

    prefix, pump, suffix = map(changed, (slow.attack.prefix, slow.attack.pump, slow.attack.suffix))
    return replace(slow, attack=Attack(prefix, pump, suffix))


_KNOWN: Final[WeakKeyDictionary[Subject, Hunt]] = WeakKeyDictionary()


def hunt(subject: Subject) -> Hunt:
    """The hunt in the subject's patterns; the same for all checks."""
    known = _KNOWN.get(subject)
    if known is None:
        known = _KNOWN[subject] = Hunt(readings(subject))
    return known


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
