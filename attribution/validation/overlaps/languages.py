"""The distinct patterns of a program, each as an automaton of the used codes that it matches.

Where a pattern is beyond automata, the automaton accepts more than the pattern matches: two patterns
whose automata have nothing in common have none either, but not the other way round. `doubt` says so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

import numpy as np

from attribution.automata.alphabet import alphabet
from attribution.automata.automaton import Nfa, TooLarge, nfa
from attribution.automata.positions import positions
from attribution.automata.shortest import Products
from attribution.patterns.dialect import hoist
from attribution.patterns.edges import whole
from attribution.patterns.syntax import parse
from attribution.patterns.tree import ANY_STAR, Leaf, Node, has_opaque, without_anchors
from attribution.validation.overlaps.codes import Indices

MAX_EDGES: Final = 20_000
"""Pairs of characters of a pattern that may follow on each other; `(?:A?){1000}` has half a million."""

_KINDS: Final = (Leaf("[A-Z]"), Leaf("[0-9]"), Leaf("[a-z]"))
"""What look-around mostly tells apart; in doubt, characters of different kinds are worth trying."""


class Doubt(Enum):
    """Why it may be unknown whether two promo codes have a used code in common."""

    NOT_REGULAR = "not regular"
    TOO_LARGE = "too large"
    TIMEOUT = "timeout"
    BUDGET = "budget"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, slots=True)
class Language:
    """What patterns match, as a tree without anchors and its automaton; with a doubt, a set that contains it."""

    tree: Node
    automaton: Nfa
    doubt: Doubt | None


class Languages:
    """The languages of patterns by number; patterns that differ in writing only share one.

    of       index of a promo code -> number of its language
    members  language -> indices of its promo codes
    """

    def __init__(self, patterns: Mapping[int, str], *, search: bool) -> None:
        """`patterns`: index of the promo code -> valid pattern."""
        self.items: list[Language] = []
        self.of: dict[int, int] = {}
        texts: dict[str, int] = {}
        trees: dict[Node, int] = {}
        for index, text in patterns.items():
            if text not in texts:
                language = _language(text, search=search)
                number = len(self.items) if language.doubt else trees.setdefault(language.tree, len(self.items))
                if number == len(self.items):
                    self.items.append(language)
                texts[text] = number
            self.of[index] = texts[text]
        self.members = grouped(self.of.items(), len(self.items))
        self.doubtful = np.array([language.doubt is not None for language in self.items], dtype=np.bool_)
        leaves = [leaf for language in self.items for leaf in language.automaton.leaves]
        self.alphabet = alphabet([*leaves, *(_KINDS if self.doubtful.any() else ())])
        self.positions = [positions(language.automaton, self.alphabet) for language in self.items]
        self.products = Products(self.positions, self.alphabet)

    def numbers(self, count: int) -> Indices:
        """The number of the language of each of so many promo codes; -1 for those without a pattern."""
        found = np.full(count, -1, dtype=np.int64)
        found[list(self.of)] = list(self.of.values())
        return found


def _language(pattern: str, *, search: bool) -> Language:
    """The language of one pattern: some 80 µs."""
    tree = whole(parse(hoist(pattern).text), search=search)
    doubt = Doubt.NOT_REGULAR if has_opaque(tree) else None
    bound = without_anchors(tree) if doubt else tree
    try:
        automaton = nfa(bound)
        if sum(after.bit_count() for after in automaton.after) <= MAX_EDGES:
            return Language(bound, automaton, doubt)
    except TooLarge:
        pass
    return Language(ANY_STAR, nfa(ANY_STAR), doubt or Doubt.TOO_LARGE)


def grouped(pairs: Iterable[tuple[int, int]], count: int) -> list[Indices]:
    """(item, group) -> the items of each of so many groups."""
    groups: list[list[int]] = [[] for _ in range(count)]
    for item, group in pairs:
        groups[group].append(item)
    return [np.array(group, dtype=np.int64) for group in groups]
