"""The first text that an automaton accepts, where each character has a few spellings.

A literal that ignores case stands for 2^n texts. Which of them a pattern matches is decided without
writing them out: from the last character to the first, the positions of the automaton that can read
the rest in some spelling; then from the first on, the first spelling that leads to such a position.
"""

from collections.abc import Sequence

from attribution.automata.automaton import Nfa
from attribution.patterns.leaves import contains


def spelled(automaton: Nfa, spellings: Sequence[str]) -> str | None:
    """The text whose n-th character is one of `spellings[n]`, the earliest possible; None where none is accepted."""
    final = 1 << len(automaton.leaves)
    hopeful = [final]
    for characters in reversed(spellings):
        hopeful.append(
            sum(
                1 << at
                for at, (leaf, after) in enumerate(zip(automaton.leaves, automaton.after, strict=True))
                if after & hopeful[-1] and any(contains(leaf, char) for char in characters)
            )
        )
    hopeful.reverse()
    current = automaton.starts & hopeful[0]
    if not current:
        return None
    text = ""
    for characters, goal in zip(spellings, hopeful[1:], strict=True):
        char, current = next((char, there) for char in characters if (there := _after(automaton, current, char) & goal))
        text += char
    return text


def _after(automaton: Nfa, current: int, char: str) -> int:
    """The positions that may come after one of the current has read the character."""
    found = 0
    for at, (leaf, after) in enumerate(zip(automaton.leaves, automaton.after, strict=True)):
        if current >> at & 1 and contains(leaf, char):
            found |= after
    return found
