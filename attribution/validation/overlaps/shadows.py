"""Promo codes that can never be paid: every used code of one also matches another that precedes it.

Promo code B is shadowed by A if A precedes B, holds in every program and at every instant that B does, is
met whenever B is, and matches all that B matches. Then the used code that B matches first is one that A
matches, too, and A takes the credit; across partners that is so only where one promo code takes it all, and
A's rule is ALWAYS. Several promo codes that shadow another only together are not looked for.

A literal is shadowed by an equal literal. For patterns, candidates come from a few used codes of each, unlike
each other: only what matches all of them can contain it, and of thousands of patterns few do. Then containment
of automata decides. Of patterns beyond automata it is known for some only, and nothing is said of the others;
patterns equal in text need no automata.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Final

import numpy as np

from attribution.automata.alphabet import alphabet
from attribution.automata.automaton import TooLarge, nfa
from attribution.automata.containment import contains
from attribution.automata.positions import SpentError, positions
from attribution.patterns.tree import Concat, Leaf, Literal
from attribution.program import Settings
from attribution.terms import Resolution
from attribution.validation.overlaps.codes import Codes, Indices
from attribution.validation.overlaps.literal_overlaps import Literals

MAX_GIVEN_UP: Final = 100
"""Comparisons that took too many steps, after which no more are made."""

_SAMPLES: Final = ((False, 0), (True, 0), (True, 3))
"""Used codes of a pattern: whether of the last characters, and how much longer than the shortest."""


class Shadows:
    """Finds for each promo code the first one that shadows it."""

    def __init__(self, codes: Codes, literals: Literals, settings: Settings) -> None:
        self._codes = codes
        self._literals = literals
        self._languages = literals.languages
        self._any_partner = settings.resolution is Resolution.ONE
        self._contained: dict[tuple[int, int], bool] = {}
        self._given_up = 0

    @cached_property
    def shadowed(self) -> dict[int, int]:
        """Promo code -> the first in precedence of those that shadow it; without those that nothing shadows."""
        found: dict[int, int] = {}
        for members in self._literals.members:
            if len(members) > 1:
                for index in members.tolist():
                    covering = self._covering(index, members)
                    if len(covering):
                        found[index] = int(covering[0])
        for language, (containing, equal) in enumerate(_candidates(self._literals)):
            others = [self._languages.members[number] for number in containing]
            others += [self._literals.members[number] for number in equal]
            if others:
                self._of_patterns(language, np.concatenate(others), found)
        return dict(sorted(found.items()))

    def same_text(self, first: int, second: int) -> bool:
        """Whether the two match the same used codes because their texts are alike."""
        texts, languages = self._literals.of, self._languages.of
        if first in texts and second in texts:
            return texts[first] == texts[second]
        return first in languages and second in languages and languages[first] == languages[second]

    def _covering(self, index: int, others: Indices) -> Indices:
        return self._codes.covering(index, others, any_partner=self._any_partner)

    def _of_patterns(self, language: int, others: Indices, found: dict[int, int]) -> None:
        """Note the promo codes of a language that one of the others, which may contain it, shadows."""
        for index in self._languages.members[language].tolist():
            for other in self._covering(index, others).tolist():
                if self._is_contained(language, other):
                    found[index] = other
                    break

    def _is_contained(self, language: int, other: int) -> bool:
        """Whether the other promo code surely matches all of the language."""
        number = self._languages.of.get(other)
        if number is None:
            pair = language, ~self._literals.of[other]
        elif number == language:
            return True
        elif self._languages.doubtful[number]:
            return False
        else:
            pair = language, number
        if pair not in self._contained:
            self._contained[pair] = self._compare(*pair)
        return self._contained[pair]

    def _compare(self, language: int, other: int) -> bool:
        """Whether the other contains the language: a language or, where negative, a literal."""
        if self._given_up >= MAX_GIVEN_UP:
            return False
        try:
            if other < 0:
                return self._is_literal(language, ~other)
            known = self._languages.positions
            return contains(known[other], known[language], self._languages.alphabet)
        except (TooLarge, SpentError):
            self._given_up += 1
            return False

    def _is_literal(self, language: int, number: int) -> bool:
        """Whether the language has no used code but the literal."""
        spellings = self._literals.spellings(number)
        leaves = [Leaf(f"[{chars}]") if len(chars) > 1 else Literal(chars) for chars in spellings]
        mine = self._languages.items[language].automaton
        literal = nfa(Concat(tuple(leaves)))
        both = alphabet(leaf for automaton in (literal, mine) for leaf in automaton.leaves)
        return contains(positions(literal, both), positions(mine, both), both)


def _candidates(literals: Literals) -> list[tuple[list[int], list[int]]]:
    """language -> the languages, itself included, and the literals that may contain it; none if it matches nothing."""
    samples = _samples(literals)
    texts = list(dict.fromkeys(text for some in samples for text in some))
    matched: dict[str, set[int]] = {text: set() for text in texts}
    for place, language in literals.pairs(texts):
        matched[texts[place]].add(language)
    found = []
    for some in samples:
        containing = set.intersection(*map(matched.__getitem__, some)) if some else set()
        equal = [literals.numbers[text] for text in set(some) if text in literals.numbers]
        found.append((sorted(containing), equal if len(set(some)) == 1 else []))
    everything = np.arange(len(samples))
    for language in np.flatnonzero(~literals.languages.products.fit(everything, everything)).tolist():
        found[language] = ([language], [])
    return found


def _samples(literals: Literals) -> list[list[str]]:
    """language -> some used codes of its automaton, as literals are compared."""
    languages = literals.languages
    everything = range(len(languages.items))
    found: list[list[str]] = [[] for _ in everything]
    for last, longer in _SAMPLES:
        orders = [_last_first(languages.alphabet.characters)] if last else ()
        texts = languages.products.strings(everything, everything, orders=orders, longer=longer)
        for some, text in zip(found, texts, strict=True):
            if text:
                some.append(literals.key(text))
    return found


def _last_first(characters: str) -> Sequence[int]:
    """The order from the last to the first, but ASCII before all others, which are slow to match."""
    return sorted(range(len(characters)), key=lambda at: (not characters[at].isascii(), -at))
