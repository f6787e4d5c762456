"""All patterns -> what an index needs: literals to look for, and what to check around them.

Each pattern ends in one of three lists: `entries` (it has required literals; one entry per way to
match), `scanned` (none, but an automaton decides it), `opaque` (none, and only `regex` decides it).
Heads, tails and whole patterns that are equal share one number, and hence one automaton.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from attribution.automata.automaton import Dfa, TooLarge, dfa
from attribution.errors import PatternError
from attribution.matching.language import PatternText
from attribution.patterns.dialect import hoist
from attribution.patterns.edges import whole
from attribution.patterns.required_literals import Requirement, requirements
from attribution.patterns.shapes import Shape, longest_run, placeholders
from attribution.patterns.syntax import parse
from attribution.patterns.tree import ANY_STAR, DOT_STAR, EMPTY, Node, has_opaque, lengths

NOTHING: Final = 0
ANYTHING: Final = 1
NO_NEWLINE: Final = 2
ENDLESS: Final = 2**31 - 1


class Entry(NamedTuple):
    """Promo code `promo` matches where `literal` occurs, `head` holds before and `tail` after it.

    Without `exact`, that is only necessary. The literal is in lower case where `ignore_case`.
    """

    promo: int
    literal: str
    ignore_case: bool
    head: int
    tail: int
    exact: bool


class Languages:
    """The numbered trees, their lengths, and their automata, which are built when first needed."""

    def __init__(self) -> None:
        self.trees: list[Node] = []
        self.limits: list[tuple[int, int]] = []
        self._numbers: dict[Node, int] = {}
        self._automata: dict[int, Dfa | None] = {}
        for tree in (EMPTY, ANY_STAR, DOT_STAR):
            self.number(tree)

    def number(self, tree: Node) -> int:
        """The number of the tree; equal trees have the same."""
        known = self._numbers.setdefault(tree, len(self.trees))
        if known == len(self.trees):
            low, high = lengths(tree)
            self.trees.append(tree)
            self.limits.append((min(low, ENDLESS), ENDLESS if high is None else min(high, ENDLESS)))
        return known

    def automaton(self, number: int) -> Dfa | None:
        """The automaton of the tree; None where it would be too large."""
        if number not in self._automata:
            try:
                self._automata[number] = dfa(self.trees[number])
            except TooLarge:
                self._automata[number] = None
        return self._automata[number]


class Plan:
    """The patterns of one matcher, sorted by how they can be decided."""

    def __init__(self, patterns: Mapping[int, PatternText]) -> None:
        """`patterns` by index. About 10 µs each where the shape is known, else some 100 µs."""
        self.languages = Languages()
        self.entries: list[Entry] = []
        self.scanned: list[tuple[int, int]] = []
        self.opaque: list[tuple[int, int]] = []
        self._frames: dict[tuple[str, bool], tuple[Entry, ...]] = {}
        for index, pattern in patterns.items():
            self._add(index, pattern.text, pattern.search)

    def _add(self, index: int, text: str, search: bool) -> None:
        """Sort in one pattern, by its shape where that is enough."""
        shape = longest_run(text)
        if shape.runs:
            run = shape.runs[0]
            if (shape.text, search) not in self._frames:
                self._frames[shape.text, search] = self._frame(shape, search)
            frame = self._frames[shape.text, search]
            for _, literal, ignore_case, head, tail, exact in frame:
                word = literal.replace(shape.mask, run.lower() if ignore_case else run)
                self.entries.append(Entry(index, word, ignore_case, head, tail, exact))
            if frame:
                return
        tree = whole(parse(hoist(text).text), search=search)
        ways = requirements(tree)
        self.entries.extend(self._entry(index, way) for way in ways)
        if not ways:
            (self.opaque if has_opaque(tree) else self.scanned).append((index, self.languages.number(tree)))

    def _frame(self, shape: Shape, search: bool) -> tuple[Entry, ...]:
        """The entries of all patterns of this shape; none where they have to be read one by one."""
        try:
            tree = parse(hoist(shape.text).text)
        except PatternError:  # reading the pattern itself will say it in the user's own text
            return ()
        ways = requirements(whole(tree, search=search))
        for way in ways:
            # In head or tail the run is needed elsewhere too: `(WORD)+` is WORD(WORD)*
            if shape.mask not in way.literal or placeholders(way.head) or placeholders(way.tail):
                return ()
        return tuple(self._entry(-1, way) for way in ways)

    def _entry(self, index: int, way: Requirement) -> Entry:
        """The entry of one way to match."""
        head, tail = self.languages.number(way.head), self.languages.number(way.tail)
        return Entry(index, way.literal, way.ignore_case, head, tail, way.exact)
