"""The first text that an automaton accepts, where each character has a few spellings.

A literal that ignores case stands for 2^n texts. Which of them a pattern matches is decided without
writing them out: from the last character to the first, the positions of the automaton that can read
the rest in some spelling; then from the first on, the first spelling that leads to such a position.
"""

from collections.abc import Sequence
from functools import reduce
from operator import or_

from attribution.automata.automaton import Nfa, following


def spelled(automaton: Nfa, spellings: Sequence[str]) -> str | None:
    """The text whose n-th character is one of `spellings[n]`, the earliest possible; None where none is accepted."""
    reading = [[(char, automaton.reading(char)) for char in characters] for characters in spellings]
    hopeful = [1 << len(automaton.leaves)]
    for able in reversed(reading):
        goal = sum(1 << at for at, after in enumerate(automaton.after) if after & hopeful[-1])
        hopeful.append(goal & reduce(or_, (readers for _, readers in able)))
    current, text = automaton.starts & hopeful.pop(), ""
    if not current:
        return None
    for able in reading:
        char, current = next((char, current & readers) for char, readers in able if current & readers)
        current = following(automaton.after, current) & hopeful.pop()
        text += char
    return text
