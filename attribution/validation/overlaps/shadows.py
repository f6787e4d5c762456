"""Promo codes that can never be paid: whatever one matches, another always precedes it on.

Promo code B is shadowed by A if A precedes B, holds in every program and at every instant that B does, is
met whenever B is, and matches all that B matches. Then the used code that B matches first is one that A
matches, too, and A takes the credit; across partners that is so only where one promo code takes it all, and
A's rule is ALWAYS. Several promo codes that shadow another only together are not looked for.

A literal is shadowed by an equal literal. For patterns, candidates come from a few used codes of each: only
what matches all of them can contain it. Then containment of automata decides. Of patterns beyond automata
it is known for some only, and nothing is said of the others; patterns equal in text need no automata.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Final

import numpy as np

from attribution.patterns.alphabet import alphabet
from attribution.patterns.automaton import TooLarge, nfa
from attribution.patterns.containment import contains
from attribution.patterns.positions import positions
from attribution.patterns.shortest import Products
from attribution.patterns.tree import Concat, Leaf, Literal
from attribution.program import Settings
from attribution.terms import Resolution
from attribution.validation.overlaps.codes import Codes, Indices
from attribution.validation.overlaps.languages import Languages
from attribution.validation.overlaps.literals import Literals

_SAMPLES: Final = ((False, 0), (True, 0), (True, 3))
"""Used codes of a pattern to look for candidates with: whether of the last characters, and how much longer."""


class Shadows:
    """Finds for each promo code the first one that shadows it."""

    def __init__(
        self, codes: Codes, languages: Languages, literals: Literals, products: Products, settings: Settings
    ) -> None:
        self._codes = codes
        self._languages = languages
        self._literals = literals
        self._products = products
        self._any_partner = settings.resolution is Resolution.ONE

    @cached_property
    def shadowed(self) -> dict[int, int]:
        """Promo code -> the first in precedence of those that shadow it, where there is one."""
        found: dict[int, int] = {}
        for members in self._literals.members:
            if len(members) > 1:
                self._among(members, members, found)
        literals, containers = self._containers()
        for language, members in enumerate(self._languages.members):
            others = [self._languages.members[number] for number in containers[language]]
            others += [self._literals.members[number] for number in literals[language]]
            if others:
                self._among(members, np.concatenate(others), found)
        return dict(sorted(found.items()))

    def same_text(self, first: int, second: int) -> bool:
        """Whether the two match the same used codes because their texts are alike."""
        texts, languages = self._literals.of, self._languages.of
        if first in texts and second in texts:
            return texts[first] == texts[second]
        return first in languages and second in languages and languages[first] == languages[second]

    def _among(self, members: Indices, others: Indices, found: dict[int, int]) -> None:
        """Note those of the members that one of the others shadows, given that these match all they match."""
        for index in members.tolist():
            covering = self._codes.covering(index, others, any_partner=self._any_partner)
            if len(covering):
                found[index] = int(covering[0])

    def _containers(self) -> tuple[list[list[int]], list[list[int]]]:
        """language -> the literals, and the languages, itself included, that contain it; none if it matches nothing."""
        literals: list[list[int]] = []
        languages: list[list[int]] = []
        for language, candidates in enumerate(self._matched_by_samples()):
            equal = self._equal_to_samples(language)
            literals.append([number for number in equal if self._is_literal(language, number)])
            languages.append([other for other in sorted(candidates) if self._is_in(language, other)])
        return literals, languages

    @cached_property
    def _samples(self) -> list[list[str]]:
        """language -> some used codes of its automaton, as literals are compared."""
        everything = range(len(self._languages.items))
        alphabet = self._languages.alphabet
        ascii_last = sorted(
            range(len(alphabet.characters)), key=lambda at: (not alphabet.characters[at].isascii(), -at)
        )
        samples: list[list[str]] = [[] for _ in everything]
        for last, longer in _SAMPLES:
            orders: Sequence[Sequence[int]] = [ascii_last] if last else ()
            for language, text in enumerate(
                self._products.strings(everything, everything, orders=orders, longer=longer)
            ):
                if text:
                    samples[language].append(self._literals.key(text))
        return samples

    def _matched_by_samples(self) -> list[set[int]]:
        """language -> the languages that have all its samples."""
        texts = list(dict.fromkeys(text for samples in self._samples for text in samples))
        matched: dict[str, set[int]] = {text: set() for text in texts}
        for place, language in self._literals.pairs(texts):
            matched[texts[place]].add(language)
        everything = np.arange(len(self._samples))
        too_large = ~self._products.fit(everything, everything)
        found = [set.intersection(*map(matched.__getitem__, some)) if some else set() for some in self._samples]
        for language in np.flatnonzero(too_large).tolist():
            found[language] = {language}
        return found

    def _equal_to_samples(self, language: int) -> list[int]:
        """The literal that all samples of the language are equal to."""
        texts = set(self._samples[language])
        number = self._literals.numbers.get(texts.pop()) if len(texts) == 1 else None
        return [] if number is None else [number]

    def _is_in(self, language: int, other: int) -> bool:
        """Whether the other language surely contains this one."""
        if language == other:
            return True
        if self._languages.doubtful[other]:
            return False
        known = self._languages.positions
        return contains(known[other], known[language], self._languages.alphabet) is True

    def _is_literal(self, language: int, number: int) -> bool:
        """Whether the language surely has no used code but the literal."""
        leaves = [
            Leaf(f"[{chars}]") if len(chars) > 1 else Literal(chars) for chars in self._literals.spellings(number)
        ]
        try:
            literal = nfa(Concat(tuple(leaves)))
        except TooLarge:
            return False
        mine = self._languages.items[language].automaton
        both = alphabet(leaf for automaton in (literal, mine) for leaf in automaton.leaves)
        return contains(positions(literal, both), positions(mine, both), both) is True
