"""Where required literals occur in a block of used codes, and which entries they stand for.

Literals at the start or at the end of what matches are looked up there (`edge_table`). For those inside the automaton
is Polars' own Aho-Corasick (A. Aho, M. Corasick, "Efficient String Matching", CACM 18, 1975), which finds all
occurrences of all literals in one pass: 100 ns a used code for a thousand literals, 200 ns for ten thousand.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
import polars as pl
from numpy.typing import NDArray

from attribution.matching.index.edge_table import EdgeTable, Places
from attribution.matching.index.pairs import portions, ragged
from attribution.matching.index.plan import NOTHING, Entry
from attribution.matching.index.stepping import TextBlock

Candidates = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]
"""Row in the block, place of the literal in bytes, number of the entry; equally long."""


def occurrences(entries: list[Entry], limits: list[tuple[int, int]]) -> list["Occurrences"]:
    """All entries whose literal may occur in an ASCII code, sorted by where it is looked for, and by case.

    `limits`: shortest and longest text of each language that heads and tails refer to.
    """
    ways = Counter(entry.promo for entry in entries)
    alike: dict[tuple[bool, bool, bool], list[Entry]] = {}
    for entry in entries:
        if entry.literal.isascii():
            at_start = entry.head == NOTHING
            at_end = entry.tail == NOTHING and not at_start
            alike.setdefault((entry.ignore_case, at_start, at_end), []).append(entry)
    return [Occurrences(group, limits, ways) for group in alike.values()]


class Occurrences:
    """Literals of one kind of case that are looked for in one way. One element per entry, in the order of literals."""

    def __init__(self, entries: list[Entry], limits: list[tuple[int, int]], ways: Counter[int]) -> None:
        mine = sorted(entries, key=lambda entry: entry.literal)
        numbers: dict[str, int] = {}
        literal = np.array([numbers.setdefault(entry.literal, len(numbers)) for entry in mine], dtype=np.int64)
        self._find = _finder(list(numbers), mine[0])
        self._counts = np.bincount(literal, minlength=len(numbers))
        self._firsts = np.cumsum(self._counts) - self._counts
        self.promo = np.array([entry.promo for entry in mine], dtype=np.uint32)
        self.size = np.array([len(entry.literal) for entry in mine], dtype=np.int64)
        self.head = np.array([entry.head for entry in mine], dtype=np.int64)
        self.tail = np.array([entry.tail for entry in mine], dtype=np.int64)
        self.exact = np.array([entry.exact for entry in mine], dtype=np.bool_)
        # One way to match, at one place only: such matches need no search for repeats.
        self.once = np.array(
            [ways[entry.promo] == 1 and NOTHING in (entry.head, entry.tail) for entry in mine], dtype=np.bool_
        )
        bounds = np.array(limits, dtype=np.int64)
        self._head_limits, self._tail_limits = bounds[self.head], bounds[self.tail]

    def candidates(self, block: TextBlock) -> Iterator[Candidates]:
        """Occurrences that leave as many characters before and after as head and tail can take."""
        rows, places, numbers = self._find(block)
        for part in portions(self._counts[numbers]):
            which, offset = ragged(self._counts[numbers[part]])
            row, place = rows[part][which], places[part][which]
            entry = self._firsts[numbers[part]][which] + offset
            after = block.sizes[row] - place - self.size[entry]
            fits = (place >= self._head_limits[entry, 0]) & (place <= self._head_limits[entry, 1])
            fits &= (after >= self._tail_limits[entry, 0]) & (after <= self._tail_limits[entry, 1])
            yield row[fits], place[fits], entry[fits]


def _finder(literals: list[str], like: Entry) -> Callable[[TextBlock], Places]:
    """What finds distinct literals that are all looked for as that of `like` is."""
    if NOTHING in (like.head, like.tail):
        return EdgeTable(literals, at_end=like.head != NOTHING, ignore_case=like.ignore_case).find
    numbers = pl.DataFrame(
        {"literal": literals, "number": range(len(literals))}, schema={"literal": pl.String, "number": pl.UInt32}
    )
    return partial(_inside, numbers, like.ignore_case)


def _inside(numbers: pl.DataFrame, ignore_case: bool, block: TextBlock) -> Places:
    """All occurrences. The second pass, for what occurs, is over the rows in which something does."""
    literals = numbers["literal"].to_list()
    text = block.texts.str.to_lowercase() if ignore_case else block.texts
    places = text.str.find_many(literals, overlapping=True)
    rows = (places.list.len() > 0).arg_true()
    found = (
        pl.DataFrame(
            {
                "row": rows,
                "place": places.gather(rows),
                "literal": text.gather(rows).str.extract_many(literals, overlapping=True),
            }
        )
        .explode("place", "literal")
        .join(numbers, on="literal")
    )
    row, place, number = (found[name].to_numpy().astype(np.int64) for name in ("row", "place", "number"))
    return row, place, number
