"""A column of used codes against all patterns, without Python per row.

In blocks of rows, so that memory stays bounded. Polars' own Aho-Corasick automaton (A. Aho, M.
Corasick, CACM 18, 1975) finds all occurrences of all required literals; each occurrence stands for
the entries with that literal; their heads and tails are stepped by `stepping`. Patterns without a
literal run over the distinct forms of the used codes, as in `single.Scanned`.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from attribution.matching.decider import Decider
from attribution.matching.literal_table import Pairs, joined, ragged
from attribution.matching.plan import ANYTHING, NO_NEWLINE, Entry, Plan
from attribution.matching.stepping import TextBlock, accepted
from attribution.patterns.automaton import Dfa, character_classes, nfa
from attribution.patterns.leaves import ascii_set

BLOCK_ROWS: Final = 100_000
_MOST_CANDIDATES: Final = 2_000_000

Candidates = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]
"""Row in the block, place of the literal in bytes, number of the entry; equally long."""


class Occurrences:
    """Where required literals of one kind of case occur, and whose they are."""

    def __init__(self, entries: list[Entry], languages: list[tuple[int, int]], *, ignore_case: bool) -> None:
        self._ignore_case = ignore_case
        # A literal beyond ASCII occurs in no ASCII code; an empty list is no automaton.
        mine = [entry for entry in entries if entry.ignore_case == ignore_case and entry.literal.isascii()]
        numbers: dict[str, int] = {}
        literal = np.array([numbers.setdefault(entry.literal, len(numbers)) for entry in mine], dtype=np.int64)
        order = np.argsort(literal, kind="stable")
        mine = [mine[at] for at in order.tolist()]
        self._literals = pl.DataFrame(
            {"literal": list(numbers), "number": range(len(numbers))},
            schema={"literal": pl.String, "number": pl.UInt32},
        )
        self._counts = np.bincount(literal, minlength=len(numbers))
        self._firsts = np.cumsum(self._counts) - self._counts
        self.index = np.array([entry.index for entry in mine], dtype=np.int64)
        self.size = np.array([len(entry.literal) for entry in mine], dtype=np.int64)
        self.head = np.array([entry.head for entry in mine], dtype=np.int64)
        self.tail = np.array([entry.tail for entry in mine], dtype=np.int64)
        self.exact = np.array([entry.exact for entry in mine], dtype=np.bool_)
        limits = np.array(languages, dtype=np.int64)
        self._head_limits, self._tail_limits = limits[self.head], limits[self.tail]

    def candidates(self, block: TextBlock) -> Iterator[Candidates]:
        """Occurrences that leave as many characters before and after as head and tail can take."""
        if not len(self.index):
            return
        text = pl.col("text").str.to_lowercase() if self._ignore_case else pl.col("text")
        literals = self._literals["literal"].to_list()
        found = (
            pl.DataFrame({"text": block.texts})
            .with_row_index("row")
            .select(
                "row",
                place=text.str.find_many(literals, overlapping=True),
                literal=text.str.extract_many(literals, overlapping=True),
            )
            .filter(pl.col("place").list.len() > 0)
            .explode("place", "literal")
            .join(self._literals, on="literal")
        )
        rows, places, numbers = (found[name].to_numpy().astype(np.int64) for name in ("row", "place", "number"))
        for part in _slices(self._counts[numbers]):
            which, offset = ragged(self._counts[numbers[part]])
            row, place = rows[part][which], places[part][which]
            entry = self._firsts[numbers[part]][which] + offset
            after = block.sizes[row] - place - self.size[entry]
            fits = (place >= self._head_limits[entry, 0]) & (place <= self._head_limits[entry, 1])
            fits &= (after >= self._tail_limits[entry, 0]) & (after <= self._tail_limits[entry, 1])
            yield row[fits], place[fits], entry[fits]


def _slices(counts: NDArray[np.int64]) -> Iterator[slice]:
    """Consecutive slices that sum up to some two million each."""
    start = 0
    sums = np.cumsum(counts)
    while start < len(counts):
        before = sums[start - 1] if start else 0
        stop = max(start + 1, int(np.searchsorted(sums, before + _MOST_CANDIDATES, side="right")))
        yield slice(start, stop)
        start = stop


class Columns:
    """Answers for columns of ASCII used codes."""

    def __init__(self, plan: Plan, decider: Decider) -> None:
        self._plan = plan
        self._decider = decider
        self._automata: dict[int, Dfa | None] = {}
        limits = plan.languages.limits
        self._kinds = [Occurrences(plan.entries, limits, ignore_case=case) for case in (False, True)]
        self._scanned: dict[int, list[int]] = {}
        self._undecided = list(plan.opaque)
        sets: dict[int, None] = {}
        for index, number in plan.scanned:
            if plan.languages.automaton(number) is None:
                self._undecided.append((index, number))
                continue
            if number not in self._scanned:
                sets.update((ascii_set(leaf), None) for leaf in nfa(plan.languages.trees[number]).leaves)
            self._scanned.setdefault(number, []).append(index)
        classes, members = character_classes(list(sets))
        # Bytes beyond ASCII separate the texts and stay what they are.
        self._representative = bytes(members[classes[code]] for code in range(128)) + bytes(range(128, 256))

    def matches(self, used_codes: pl.Series) -> Pairs:
        """Row numbers and indices of the patterns that match, for distinct ASCII codes; no duplicates."""
        found: list[Pairs] = []
        for start in range(0, len(used_codes), BLOCK_ROWS):
            block = TextBlock(used_codes.slice(start, BLOCK_ROWS))
            pairs = [*self._with_literal(block), *self._without_literal(block), *self._by_regex(block)]
            rows, indices = _distinct(joined(pairs))
            found.append((rows + np.uint32(start), indices))
        return joined(found)

    def _with_literal(self, block: TextBlock) -> Iterator[Pairs]:
        """Patterns that have required literals."""
        newline = bool((block.bytes == ord("\n")).any())
        for kind in self._kinds:
            for row, place, entry in kind.candidates(block):
                end = place + kind.size[entry]
                possible = np.ones(len(row), dtype=np.bool_)
                doubtful = ~kind.exact[entry]
                for numbers, start, stop in ((kind.head, 0 * place, place), (kind.tail, end, block.sizes[row])):
                    todo = np.flatnonzero(possible & ~doubtful)
                    begin = block.starts[row[todo]] + start[todo]
                    size = stop[todo] - start[todo]
                    holds, unknown = self._check(block, numbers[entry[todo]], begin, size, newline)
                    possible[todo], doubtful[todo] = holds, unknown
                sure, ask = possible & ~doubtful, possible & doubtful
                yield row[sure].astype(np.uint32), kind.index[entry[sure]].astype(np.uint32)
                yield self._ask(block, row[ask], kind.index[entry[ask]])

    def _check(
        self,
        block: TextBlock,
        numbers: NDArray[np.int64],
        starts: NDArray[np.int64],
        sizes: NDArray[np.int64],
        newline: bool,
    ) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Whether each piece of text may belong to its language, and whether `regex` has to say so.

        The empty language needs no look: pieces of another length than its own do not come here.
        """
        holds = np.ones(len(numbers), dtype=np.bool_)
        unknown = np.zeros(len(numbers), dtype=np.bool_)
        todo = np.flatnonzero(numbers > (ANYTHING if newline else NO_NEWLINE))
        if len(todo):
            present = np.flatnonzero(np.bincount(numbers[todo]))
            missing = [number for number in present.tolist() if self._automaton(number) is None]
            if missing:
                unknown[todo] = np.isin(numbers[todo], missing)
                todo = todo[~unknown[todo]]
        if len(todo):
            holds[todo] = accepted(block, numbers[todo], starts[todo], sizes[todo], self._table)
        return holds, unknown

    def _automaton(self, number: int) -> Dfa | None:
        """The automaton of the language; None where it would be too large."""
        if number not in self._automata:
            self._automata[number] = self._plan.languages.automaton(number)
        return self._automata[number]

    def _table(self, number: int) -> Dfa:
        """The automaton of a language known to have one."""
        automaton = self._automaton(number)
        assert automaton is not None
        return automaton

    def _ask(self, block: TextBlock, rows: NDArray[np.int64], indices: NDArray[np.int64]) -> Pairs:
        """What `regex` says of each pair, one after the other."""
        if not len(rows):
            return joined([])
        pairs = _distinct((rows.astype(np.uint32), indices.astype(np.uint32)))
        texts = block.texts.gather(pairs[0]).to_list()
        said = [self._decider.matches(index, text) for index, text in zip(pairs[1].tolist(), texts, strict=True)]
        kept = np.array(said, dtype=np.bool_)
        return pairs[0][kept], pairs[1][kept]

    def _without_literal(self, block: TextBlock) -> Iterator[Pairs]:
        """Patterns that an automaton decides, over the distinct forms of the used codes."""
        if not self._scanned:
            return
        separator = "\u00ff"
        joined_texts = block.texts.str.join(separator).item().encode().translate(self._representative)
        of_row = pl.DataFrame({"form": pl.Series([joined_texts.decode()]).str.split(separator).explode()})
        of_row = of_row.with_row_index("row")
        distinct = of_row["form"].unique()
        forms = TextBlock(distinct.gather(distinct.str.len_bytes().arg_sort()))
        for form, index in self._forms_accepted(forms):
            pairs = pl.DataFrame({"form": forms.texts.gather(form), "index": index}).join(of_row, on="form")
            yield pairs["row"].to_numpy(), pairs["index"].to_numpy()

    def _forms_accepted(self, forms: TextBlock) -> Iterator[Pairs]:
        """Pairs of form and pattern index; forms are sorted by length."""
        pieces: list[tuple[int, int, int]] = []
        for number in self._scanned:
            low, high = self._plan.languages.limits[number]
            first, stop = np.searchsorted(forms.sizes, [low, high + 1]).tolist()
            if stop > first:
                pieces.append((number, first, stop))
        for part in _slices(np.array([stop - first for _, first, stop in pieces], dtype=np.int64)):
            form = np.concatenate([np.arange(first, stop) for _, first, stop in pieces[part]])
            number = np.concatenate([np.full(stop - first, at) for at, first, stop in pieces[part]])
            kept = accepted(forms, number, forms.starts[form], forms.sizes[form], self._table)
            form, number = form[kept], number[kept]
            for at in np.flatnonzero(np.bincount(number)).tolist():
                mine = form[number == at].astype(np.uint32)
                for index in self._scanned[at]:
                    yield mine, np.full(len(mine), index, dtype=np.uint32)

    def _by_regex(self, block: TextBlock) -> Iterator[Pairs]:
        """Patterns that only `regex` decides and that have no literal: all used codes of fitting length."""
        for index, number in self._undecided:
            low, high = self._plan.languages.limits[number]
            rows = np.flatnonzero((block.sizes >= low) & (block.sizes <= high))
            yield self._ask(block, rows, np.full(len(rows), index))


def _distinct(pairs: Pairs) -> Pairs:
    """The pairs without repeats."""
    keys = np.unique(pairs[0].astype(np.uint64) << np.uint64(32) | pairs[1])
    return (keys >> np.uint64(32)).astype(np.uint32), keys.astype(np.uint32)
