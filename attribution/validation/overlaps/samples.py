"""A few used codes of each pattern: what has all of them may contain the pattern, and nothing else can.

They are chosen to be unlike each other: the shortest one, first and last in the order of characters, and a
longer one. Of thousands of patterns few have all used codes of another, and only these need be compared.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from attribution.automata.shortest import Products
from attribution.validation.overlaps.languages import Languages
from attribution.validation.overlaps.literal_overlaps import Literals

_SAMPLES: Final = ((False, 0), (True, 0), (True, 3))
"""Whether of the last characters, and how much longer than the shortest."""


def candidates(languages: Languages, literals: Literals, products: Products) -> list[tuple[list[int], list[int]]]:
    """language -> the languages, itself included, and the literals that may contain it; none if it matches nothing."""
    samples = _samples(languages, literals, products)
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
    for language in np.flatnonzero(~products.fit(everything, everything)).tolist():
        found[language] = ([language], [])
    return found


def _samples(languages: Languages, literals: Literals, products: Products) -> list[list[str]]:
    """language -> some used codes of its automaton, as literals are compared."""
    everything = range(len(languages.items))
    found: list[list[str]] = [[] for _ in everything]
    for last, longer in _SAMPLES:
        orders = [_last_first(languages.alphabet.characters)] if last else ()
        texts = products.strings(everything, everything, orders=orders, longer=longer)
        for some, text in zip(found, texts, strict=True):
            if text:
                some.append(literals.key(text))
    return found


def _last_first(characters: str) -> Sequence[int]:
    """The order from the last to the first, but ASCII before all others, which are slow to match."""
    return sorted(range(len(characters)), key=lambda at: (not characters[at].isascii(), -at))
