"""A column of used codes against all patterns, without Python per row.

In blocks of rows, so that memory stays bounded. Each occurrence of a required literal stands for the
entries with that literal (`occurrences`); what stands before and after it is stepped through the
automata of their heads and tails (`stepping`). Patterns without a literal are left to `forms`.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from attribution.matching.decider import Decider
from attribution.matching.index.forms import Forms
from attribution.matching.index.occurrences import occurrences
from attribution.matching.index.pairs import Pairs, distinct, joined, only
from attribution.matching.index.plan import ANYTHING, NO_NEWLINE, Plan
from attribution.matching.index.stepping import TextBlock, accepted

BLOCK_ROWS: Final = 100_000


class Columns:
    """Answers for columns of ASCII used codes."""

    def __init__(self, plan: Plan, forms: Forms, decider: Decider) -> None:
        self._plan = plan
        self._decider = decider
        self._kinds = occurrences(plan.entries, plan.languages.limits)
        self._forms = forms

    def matches(self, used_codes: pl.Series) -> Pairs:
        """Row numbers and indices of the patterns that match, for distinct ASCII codes; no duplicates."""
        found: list[Pairs] = []
        for start in range(0, len(used_codes), BLOCK_ROWS):
            block = TextBlock(used_codes.slice(start, BLOCK_ROWS))
            for rows, indices in (
                *self._with_literal(block),
                *self._forms.matches(block),
                *self._by_regex(block),
            ):
                found.append((rows + np.uint32(start), indices))
        return joined(found)

    def _with_literal(self, block: TextBlock) -> Iterator[Pairs]:
        """Patterns that have required literals."""
        newline = bool((block.bytes == ord("\n")).any())
        repeated: list[Pairs] = []
        for kind in self._kinds:
            for row, place, entry in kind.candidates(block):
                end = place + kind.size[entry]
                possible = np.ones(len(row), dtype=np.bool_)
                doubtful = ~kind.exact[entry]
                for numbers, start, stop in (
                    (kind.head[entry], np.zeros_like(place), place),
                    (kind.tail[entry], end, block.sizes[row]),
                ):
                    todo = np.flatnonzero(possible & ~doubtful & (numbers > (ANYTHING if newline else NO_NEWLINE)))
                    begin = block.starts[row[todo]] + start[todo]
                    holds, unknown = self._check(block, numbers[todo], begin, (stop - start)[todo])
                    possible[todo], doubtful[todo] = holds, unknown
                pairs = row.astype(np.uint32), kind.promo[entry]
                once = kind.once[entry]
                yield only(pairs, possible & ~doubtful & once)
                repeated.append(only(pairs, possible & ~doubtful & ~once))
                repeated.append(self._ask(block, only(pairs, possible & doubtful)))
        yield distinct(joined(repeated))

    def _check(
        self, block: TextBlock, numbers: NDArray[np.int64], starts: NDArray[np.int64], sizes: NDArray[np.int64]
    ) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Whether each piece of text may belong to its language, and whether `regex` has to say so."""
        languages = self._plan.languages
        present = np.flatnonzero(np.bincount(numbers)).tolist() if len(numbers) else []
        missing = [number for number in present if languages.automaton(number) is None]
        unknown = np.isin(numbers, missing) if missing else np.zeros(len(numbers), dtype=np.bool_)
        holds = unknown.copy()
        known = ~unknown
        holds[known] = accepted(block, numbers[known], starts[known], sizes[known], languages)
        return holds, unknown

    def _ask(self, block: TextBlock, pairs: Pairs) -> Pairs:
        """Those of the pairs that `regex` confirms, one after the other."""
        rows, indices = distinct(pairs)
        texts = block.texts.gather(rows).to_list()
        said = [self._decider.matches(index, text) for index, text in zip(indices.tolist(), texts, strict=True)]
        return only((rows, indices), np.array(said, dtype=np.bool_))

    def _by_regex(self, block: TextBlock) -> Iterator[Pairs]:
        """Patterns without a literal that only `regex` decides: all used codes of fitting length."""
        for index, number in (*self._plan.opaque, *self._forms.undecided):
            low, high = self._plan.languages.limits[number]
            rows = np.flatnonzero((block.sizes >= low) & (block.sizes <= high)).astype(np.uint32)
            yield self._ask(block, (rows, np.full(len(rows), index, dtype=np.uint32)))
