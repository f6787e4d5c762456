"""Patterns without a required literal, over a column of used codes.

What decides such a pattern is only which character classes a used code is made of: `[A-Z]{4}\\d{2}`
and its kin tell few characters apart. So each character is replaced by the first one of its class,
and the automata run over the distinct forms, of which there are far fewer than used codes.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from attribution.automata.automaton import character_classes, nfa
from attribution.matching.index.pairs import Pairs, portions, ragged
from attribution.matching.index.plan import Plan
from attribution.matching.index.stepping import TextBlock, accepted
from attribution.patterns.leaves import ascii_set

_SEPARATOR: Final = "\u00ff"


class Forms:
    """The patterns of a plan that an automaton decides as a whole, equal ones grouped.

    `undecided` are those whose automaton would be too large: pattern index and language number.
    """

    def __init__(self, plan: Plan) -> None:
        self.undecided: list[tuple[int, int]] = []
        self.patterns: dict[int, list[int]] = {}
        self._languages = plan.languages
        sets: dict[int, None] = {}
        for index, number in plan.scanned:
            if plan.languages.automaton(number) is None:
                self.undecided.append((index, number))
                continue
            if number not in self.patterns:
                sets.update((ascii_set(leaf), None) for leaf in nfa(plan.languages.trees[number]).leaves)
            self.patterns.setdefault(number, []).append(index)
        classes, members = character_classes(list(sets))
        # Bytes beyond ASCII separate the texts and stay what they are.
        self.representative = bytes(members[classes[code]] for code in range(128)) + bytes(range(128, 256))

    def of_one(self, form: str) -> list[int]:
        """Indices of the patterns that accept one form: 100 ns for each pattern of fitting length."""
        size = len(form)
        found: list[int] = []
        for number, indices in self.patterns.items():
            low, high = self._languages.limits[number]
            if low <= size <= high:
                automaton = self._languages.automaton(number)
                if automaton is not None and automaton.accepts(form):
                    found.extend(indices)
        return found

    def matches(self, block: TextBlock) -> Iterator[Pairs]:
        """Rows and pattern indices; no duplicates."""
        if not self.patterns:
            return
        text = block.texts.str.join(_SEPARATOR).item().encode().translate(self.representative).decode()
        of_row = pl.DataFrame({"form": text.split(_SEPARATOR)})
        forms = of_row.unique().sort(pl.col("form").str.len_bytes()).with_row_index("number")
        number = of_row.join(forms, on="form", how="left", maintain_order="left")["number"].to_numpy()
        rows = np.argsort(number, kind="stable").astype(np.uint32)
        counts = np.bincount(number)
        firsts = np.cumsum(counts) - counts
        for form, index in self._accepted(TextBlock(forms["form"])):
            for part in portions(counts[form]):
                which, offset = ragged(counts[form[part]])
                yield rows[firsts[form[part]][which] + offset], index[part][which]

    def _accepted(self, forms: TextBlock) -> Iterator[tuple[NDArray[np.int64], NDArray[np.uint32]]]:
        """Forms, which are sorted by length, and the indices of the patterns that accept them."""
        pieces: list[tuple[int, int, int]] = []
        for number in self.patterns:
            low, high = self._languages.limits[number]
            first, stop = np.searchsorted(forms.sizes, [low, high + 1]).tolist()
            if stop > first:
                pieces.append((number, first, stop))
        for part in portions(np.array([stop - first for _, first, stop in pieces], dtype=np.int64)):
            form = np.concatenate([np.arange(first, stop) for _, first, stop in pieces[part]])
            language = np.concatenate([np.full(stop - first, at) for at, first, stop in pieces[part]])
            kept = accepted(forms, language, forms.starts[form], forms.sizes[form], self._languages)
            form, language = form[kept], language[kept]
            for at in np.flatnonzero(np.bincount(language)).tolist():
                mine = form[language == at]
                for index in self.patterns[at]:
                    yield mine, np.full(len(mine), index, dtype=np.uint32)
