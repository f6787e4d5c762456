"""The shortest strings that pairs of automata have in common, for many pairs at once.

Breadth-first search over the product automaton, one level of all pairs' products per NumPy operation: a state is a pair
of positions about to be read, an edge a character that both read. Level n holds the states reached by n characters and
no fewer. Some 10 µs a pair, where a search in plain Python takes 200 µs.

Of the shortest strings the first in the order of the alphabet is taken, most readable characters first, so the answer
depends on the languages only. It is found as in a dictionary: backwards, drop the states that lead to no end in time;
then, from the front, take the best character that any state left offers, and go on with the states that offer it.
What a used code cannot have at its ends, neither the first nor the last character may be.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from attribution.automata.alphabet import Alphabet
from attribution.automata.positions import Positions

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

MAX_PRODUCT: Final = 4_000_000
"""Product states, and edges of one product, beyond which no string is looked for."""

_NONE: Final = np.iinfo(np.int32).max


class _Level(NamedTuple):
    """The states of one level, by pair: numbers of the pair and of the two positions; and the edges to the next."""

    pair: Ints
    left: Ints
    right: Ints
    ends: Bools
    source: Ints
    target: Ints


class _Style(NamedTuple):
    """An order of classes; `best[a, b]` is the rank of the first that leaves a and b share, `inner` at an end."""

    order: Ints
    best: NDArray[np.int32]
    inner: NDArray[np.int32]


class Products:
    """Some automata, pairs of which are to be multiplied."""

    def __init__(self, automata: Sequence[Positions], alphabet: Alphabet) -> None:
        self.alphabet = alphabet
        self.sizes = np.array([len(one.leaves) for one in automata], dtype=np.int64)
        self.edges = np.array([one.edges for one in automata], dtype=np.int64)
        self.bases = np.cumsum(self.sizes) - self.sizes
        self.leaf = np.array([leaf for one in automata for leaf in one.leaves], dtype=np.int64)
        self.ends = np.array([end for one in automata for end in one.ends], dtype=np.bool_)
        bases = np.repeat(self.bases, self.sizes)
        self.follow = _Lists([follow for one in automata for follow in one.follow], bases)
        self.starts = _Lists([one.starts for one in automata], self.bases)
        self._styles: dict[tuple[int, ...], _Style] = {}

    def fit(self, left: Ints, right: Ints) -> Bools:
        """Whether the product of each pair is small enough for its strings to be looked for."""
        return np.asarray(self._cost(left, right) <= MAX_PRODUCT)

    def _cost(self, left: Ints, right: Ints) -> Ints:
        states = self.sizes[left] * self.sizes[right]
        return np.asarray(np.maximum(states, self.edges[left] * self.edges[right] // 8))

    def strings(
        self, left: Sequence[int], right: Sequence[int], *, orders: Sequence[Sequence[int]] = (), longer: int = 0
    ) -> list[str | None]:
        """Find a string that both automata of each pair accept; None if they share none or the product is too large.

        It is a shortest one, or one `longer` than that by so many characters. `orders` are orders of the
        alphabet's classes, of which the n-th character takes the n-th, and so round; else the alphabet's own.
        """
        first, second = np.array(left, dtype=np.int64), np.array(right, dtype=np.int64)
        found: list[str | None] = [None] * len(first)
        styles = [self._style(tuple(order)) for order in orders or (range(len(self.alphabet.characters)),)]
        for chunk in _chunks(self._cost(first, second)):
            one, two = first[chunk], second[chunk]
            search = _Search(self, one, two)
            if longer:
                search = _Search(self, one, two, np.where(search.lengths > 0, search.lengths + longer, 0))
            for place, text in zip(chunk.tolist(), search.texts(styles), strict=True):
                found[place] = text
        return found

    def _style(self, order: tuple[int, ...]) -> _Style:
        """The order with its tables, which are made once."""
        if order not in self._styles:
            member, inner = self.alphabet.member, self.alphabet.inner
            best = np.full((len(member), len(member)), _NONE, dtype=np.int32)
            best_inner = best.copy()
            for rank in reversed(range(len(order))):
                column = member[:, order[rank]]
                both = np.ix_(column, column)
                best[both] = rank
                if inner[order[rank]]:
                    best_inner[both] = rank
            self._styles[order] = _Style(np.array(order, dtype=np.int64), best, best_inner)
        return self._styles[order]


class _Lists:
    """Lists of numbers behind each other; to each number the base of its list is added."""

    def __init__(self, lists: Sequence[Sequence[int]], bases: Ints) -> None:
        self.counts = np.array([len(one) for one in lists], dtype=np.int64)
        self.firsts = np.cumsum(self.counts) - self.counts
        self.items = np.array([item for one in lists for item in one], dtype=np.int64) + np.repeat(bases, self.counts)

    def product(self, left: Ints, other: "_Lists", right: Ints) -> tuple[Ints, Ints, Ints]:
        """All pairs of an item of list `left[i]` and one of the other's list `right[i]`: i, and the two items."""
        width = other.counts[right]
        counts = self.counts[left] * width
        which = np.repeat(np.arange(len(left)), counts)
        offset = np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts)
        row, column = np.divmod(offset, width[which])
        return which, self.items[self.firsts[left][which] + row], other.items[other.firsts[right][which] + column]


class _Search:
    """The breadth-first search of one chunk of pairs; with `wanted`, for strings of just that length (0: none)."""

    def __init__(self, products: Products, left: Ints, right: Ints, wanted: Ints | None = None) -> None:
        self._products = products
        self._left, self._right = left, right
        self._wanted = wanted
        area = products.sizes[left] * products.sizes[right]
        self._offset = np.cumsum(area) - area
        self._mark = np.full(int(area.sum()), -1, dtype=np.int64)
        self.lengths = np.zeros(len(left), dtype=np.int64)
        self.levels: list[_Level] = []
        self._run()

    def _run(self) -> None:
        """Level by level, until every pair is done or has no states left."""
        table = self._products
        share, inner = table.alphabet.share, table.alphabet.share_inner
        pair, p, q = table.starts.product(self._left, table.starts, self._right)
        if self._wanted is not None:
            pair, p, q = (array[self._wanted[pair] > 0] for array in (pair, p, q))
        pair, p, q, _, _ = self._new(pair, p, q, inner)
        while len(pair):
            depth = len(self.levels) + 1
            ends = table.ends[p] & table.ends[q] & inner[table.leaf[p], table.leaf[q]]
            if self._wanted is not None:
                ends &= self._wanted[pair] == depth
            self.lengths[pair[ends]] = depth
            unfinished = self.lengths[pair] == 0
            if self._wanted is not None:
                unfinished &= self._wanted[pair] > depth
            going = np.flatnonzero(unfinished)
            source, there, other = table.follow.product(p[going], table.follow, q[going])
            source = going[source]
            level = pair, p, q, ends
            pair, p, q, kept, target = self._new(pair[source], there, other, share)
            self.levels.append(_Level(*level, source[kept], target))

    def _new(self, pair: Ints, p: Ints, q: Ints, share: Bools) -> tuple[Ints, Ints, Ints, Ints, Ints]:
        """The states among these that are possible and were not seen before, each once.

        And the edges that reach them: places in what was given, and for each the place of its state.
        """
        table = self._products
        kept = np.flatnonzero(share[table.leaf[p], table.leaf[q]])
        of = pair[kept]
        row, column = p[kept] - table.bases[self._left[of]], q[kept] - table.bases[self._right[of]]
        key = self._offset[of] + row * table.sizes[self._right[of]] + column
        unseen = self._mark[key] < 0
        kept, key = kept[unseen], key[unseen]
        place = np.arange(len(key))
        self._mark[key] = place
        last = self._mark[key] == place
        target = (np.cumsum(last) - 1)[self._mark[key]]
        if self._wanted is not None:
            self._mark[key] = -1  # a string of a given length may come to a state again
        chosen = kept[last]
        return pair[chosen], p[chosen], q[chosen], kept, target

    def texts(self, styles: Sequence[_Style]) -> list[str | None]:
        """The first string of each pair in the order of the styles; None where nothing was found."""
        useful = self._useful()
        alphabet = self._products.alphabet
        classes = np.full((len(self.lengths), len(self.levels)), -1, dtype=np.int64)
        active = useful[0].copy() if useful else np.zeros(0, dtype=np.bool_)
        for depth, level in enumerate(self.levels, start=1):
            style = styles[(depth - 1) % len(styles)]
            here = np.flatnonzero(active)
            leaves = self._products.leaf[level.left[here]], self._products.leaf[level.right[here]]
            at_end = level.ends[here] | (depth == 1)
            rank = np.where(at_end, style.inner[leaves], style.best[leaves])
            best = np.full(len(self.lengths), _NONE, dtype=np.int32)
            np.minimum.at(best, level.pair[here], rank)
            chosen = style.order[best[level.pair[here]]]
            classes[level.pair[here], depth - 1] = chosen
            offers = np.zeros(len(active), dtype=np.bool_)
            offers[here] = alphabet.member[leaves[0], chosen] & alphabet.member[leaves[1], chosen]
            if depth < len(self.levels):
                active = np.zeros(len(useful[depth]), dtype=np.bool_)
                active[level.target[offers[level.source]]] = True
                active &= useful[depth]
        characters = np.array([*alphabet.characters, ""])  # -1 is the last
        return [
            "".join(row[:length]) if length else None
            for row, length in zip(characters[classes].tolist(), self.lengths.tolist(), strict=True)
        ]

    def _useful(self) -> list[Bools]:
        """For each level, which of its states lead to an end in time."""
        useful: list[Bools] = []
        beyond = np.zeros(0, dtype=np.bool_)
        for level in reversed(self.levels):
            here = level.ends.copy()
            here[level.source[beyond[level.target]]] = True
            useful.append(here)
            beyond = here
        return useful[::-1]


def _chunks(cost: Ints) -> list[Ints]:
    """The pairs in portions that fit in memory; a pair that alone does not is in none."""
    fitting = np.flatnonzero(cost <= MAX_PRODUCT)
    portion = np.cumsum(cost[fitting]) // MAX_PRODUCT
    return np.split(fitting, np.flatnonzero(np.diff(portion)) + 1) if len(fitting) else []
