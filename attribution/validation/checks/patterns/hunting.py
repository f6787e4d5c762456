"""The hunt for slow used codes over all patterns of a program that backtrack, within one budget of time.

Patterns that an automaton decides cannot be slow and are not looked at. Of patterns that differ in the letters of
their words only, the first is hunted for in full; for the others its used code is tried with their letters in it.
What the budget leaves untried is known by name: `finished` is false then.
"""

import re
import time
from dataclasses import dataclass, replace
from typing import Final

from attribution.automata.automaton import TooLarge, nfa
from attribution.matching.decider import TIMEOUT
from attribution.patterns.shapes import all_runs
from attribution.patterns.tree import has_opaque
from attribution.validation.backtracking import Trial, confirmed, slow_used_code
from attribution.validation.checks.patterns.pattern_reading import Decided, Readings
from attribution.validation.subject import Subject

PATTERN_BUDGET: Final = 0.3
PROGRAM_BUDGET: Final = 6.0
"""Seconds of processor time of this thread."""


_RANGE = re.compile(r"[A-Za-z0-9]-[A-Za-z0-9]")
_WHOLE_RANGES = re.compile("A-Z|a-z|0-9")


@dataclass(frozen=True, slots=True)
class Renaming:
    """A pattern without the identity of its letters, and those letters in order of their first place.

    `^(?!TEST)SUMMER([A-Z]|[A-Z]-?)+` and `^(?!TEST)WONDER([A-Z]|[A-Z]-?)+` differ: two letters of the first word are
    equal, and that may matter (as in `(SUM|SUMSUM)+`). Letters count as the same if they stand in the same places of
    the words, are of the same sort (upper, lower, digit) and occur nowhere else in the pattern.
    """

    key: object
    letters: str


def renaming(pattern: str) -> Renaming:
    """What the pattern shares with others; itself alone where its classes may tell letters of one sort apart."""
    shape = all_runs(pattern)
    if not shape.runs or _RANGE.search(_WHOLE_RANGES.sub("", shape.text)):
        return Renaming(pattern, "")
    folded = "(?" in pattern and "i" in shape.text
    fixed = set(shape.text) | (set(shape.text.swapcase()) if folded else set())
    numbers: dict[str, int] = {}
    runs = tuple(
        tuple(
            char if char in fixed else (_sort(char), numbers.setdefault(char, len(numbers)))
            for char in (run.upper() if folded else run)
        )
        for run in shape.runs
    )
    return Renaming((shape.text, runs), "".join(numbers))


def reworded(text: str, old: Renaming, new: Renaming) -> str:
    """A used code made for the one pattern, with the other's letters."""
    pairs = list(zip(old.letters, new.letters, strict=True))
    lower = {ord(before.lower()): after.lower() for before, after in pairs}
    return text.translate({**lower, **{ord(before): after for before, after in pairs}})


def _sort(char: str) -> int:
    """The sort of a letter, digit or underscore."""
    return char.isupper() + 2 * char.islower() + 4 * char.isdigit()


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
        pattern, search = self._known.codes[index], self._known.in_force.search
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
