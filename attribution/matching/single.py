"""One used code against all patterns, in plain Python: microseconds, for order pipelines.

Required literals are found by dictionaries: those at the start and at the end of the used code by
their whole text, those inside by their rarest four characters. What is found is then checked with
the automata of what stands before and after. Used codes beyond ASCII are left to `regex`, as are
patterns that only it decides.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from attribution.matching.decider import Decider
from attribution.matching.plan import ANYTHING, NO_NEWLINE, NOTHING, Entry, Plan
from attribution.patterns.automaton import Dfa, character_classes, nfa
from attribution.patterns.leaves import ascii_set
from attribution.patterns.literals import fold

_GRAM: Final = 4
_REMEMBERED: Final = 50_000


class Edge:
    """Literals at one end of the used code, by their text."""

    def __init__(self, entries: list[Entry], *, at_end: bool) -> None:
        self._at_end = at_end
        self._entries: dict[str, list[Entry]] = {}
        for entry in entries:
            self._entries.setdefault(fold(entry.literal), []).append(entry)
        self._stem = min(map(len, self._entries), default=0)
        sizes: dict[str, set[int]] = {}
        for text in self._entries:
            sizes.setdefault(self._cut(text, self._stem), set()).add(len(text))
        self._sizes = {stem: tuple(sorted(found)) for stem, found in sizes.items()}

    def _cut(self, text: str, size: int) -> str:
        """The first, or last, `size` characters."""
        return text[len(text) - size :] if self._at_end else text[:size]

    def candidates(self, folded: str) -> Iterator[tuple[Entry, int]]:
        """Entries whose literal stands at this end, with its position."""
        total = len(folded)
        if total < self._stem:
            return
        for size in self._sizes.get(self._cut(folded, self._stem), ()):
            if size <= total and (entries := self._entries.get(self._cut(folded, size))):
                for entry in entries:
                    yield entry, total - size if self._at_end else 0


class Inside:
    """Literals anywhere in the used code, by a piece of them."""

    def __init__(self, entries: list[Entry]) -> None:
        folded = [fold(entry.literal) for entry in entries]
        frequency = Counter(gram for text in folded for gram in _grams(text))
        self._pieces: dict[int, dict[str, list[tuple[Entry, str, int]]]] = {}
        for entry, text in zip(entries, folded, strict=True):
            rarest = min(_grams(text), key=frequency.__getitem__)
            by_piece = self._pieces.setdefault(len(rarest), {})
            by_piece.setdefault(rarest, []).append((entry, text, text.index(rarest)))

    def candidates(self, folded: str) -> Iterator[tuple[Entry, int]]:
        """Entries whose literal occurs, with each position."""
        for size, pieces in self._pieces.items():
            for place in range(len(folded) - size + 1):
                found = pieces.get(folded[place : place + size])
                if found:
                    for entry, text, offset in found:
                        if place >= offset and folded.startswith(text, place - offset):
                            yield entry, place - offset


def _grams(text: str) -> list[str]:
    """All pieces of four characters, or the text where it is shorter."""
    return [text[i : i + _GRAM] for i in range(max(1, len(text) - _GRAM + 1))]


class Scanned:
    """Patterns without a literal: what decides is only which character classes a used code is made of.

    `[A-Z]{4}\\d{2}` and its kin tell few characters apart, so used codes are rewritten to one
    character per class, and the answer for each rewritten form is remembered.
    """

    def __init__(self, plan: Plan, decider: Decider) -> None:
        self._decider = decider
        patterns: dict[int, list[int]] = {}
        for index, number in plan.scanned:
            patterns.setdefault(number, []).append(index)
        sets: dict[int, None] = {}
        self._automata: list[tuple[Dfa, int, int, list[int]]] = []
        self._undecided: list[tuple[int, int, list[int]]] = []
        for number, indices in patterns.items():
            low, high = plan.languages.limits[number]
            automaton = plan.languages.automaton(number)
            if automaton is None:
                self._undecided.append((low, high, indices))
            else:
                self._automata.append((automaton, low, high, indices))
                sets.update((ascii_set(leaf), None) for leaf in nfa(plan.languages.trees[number]).leaves)
        classes, members = character_classes(list(sets))
        self._representative = bytes(members[classes[code]] for code in range(128)).ljust(256, b"\0")
        self._known: dict[bytes, list[int]] = {}

    def matches(self, used_code: str) -> list[int]:
        """Indices of the patterns that match an ASCII used code."""
        key = used_code.encode().translate(self._representative)
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= _REMEMBERED:
                self._known = {}
            found = self._known[key] = self._step(key.decode())
        if self._undecided:
            return found + self._ask(used_code)
        return found

    def _step(self, form: str) -> list[int]:
        """What the automata say."""
        size = len(form)
        return [
            index
            for automaton, low, high, indices in self._automata
            if low <= size <= high and automaton.accepts(form)
            for index in indices
        ]

    def _ask(self, used_code: str) -> list[int]:
        """What `regex` says of patterns whose automaton would be too large."""
        size = len(used_code)
        return [
            index
            for low, high, indices in self._undecided
            if low <= size <= high
            for index in indices
            if self._decider.matches(index, used_code)
        ]


class Single:
    """Answers for one used code at a time."""

    def __init__(self, plan: Plan, decider: Decider) -> None:
        self._plan = plan
        self._decider = decider
        heads: list[Entry] = []
        tails: list[Entry] = []
        others: list[Entry] = []
        for entry in plan.entries:
            (heads if entry.head == NOTHING else tails if entry.tail == NOTHING else others).append(entry)
        self._finders = [
            finder
            for finder, entries in (
                (Edge(heads, at_end=False), heads),
                (Edge(tails, at_end=True), tails),
                (Inside(others), others),
            )
            if entries
        ]
        self._scanned = Scanned(plan, decider) if plan.scanned else None
        self._automata: dict[int, Dfa | None] = {}

    def matches(self, used_code: str) -> set[int]:
        """Indices of the patterns that match."""
        if not used_code.isascii():
            return self._beyond_ascii(used_code)
        found: set[int] = set()
        folded = used_code.lower()
        for finder in self._finders:
            for entry, place in finder.candidates(folded):
                if entry.index not in found and self._holds(entry, place, used_code):
                    found.add(entry.index)
        if self._scanned is not None:
            found.update(self._scanned.matches(used_code))
        for index, number in self._plan.opaque:
            low, high = self._plan.languages.limits[number]
            if low <= len(used_code) <= high and self._decider.matches(index, used_code):
                found.add(index)
        return found

    def _holds(self, entry: Entry, place: int, used_code: str) -> bool:
        """Whether the pattern matches by way of this occurrence of its literal."""
        index, literal, ignore_case, head, tail, exact = entry
        end = place + len(literal)
        if not ignore_case and used_code[place:end] != literal:
            return False
        if exact:
            before = self._accepts(head, used_code[:place])
            after = before is not False and self._accepts(tail, used_code[end:])
            if before is False or after is False:
                return False
            if before and after:
                return True
        return self._decider.matches(index, used_code)

    def _accepts(self, number: int, part: str) -> bool | None:
        """Whether the part of the used code belongs to the language; None where no automaton says so."""
        if number == NOTHING:
            return not part
        if number == ANYTHING:
            return True
        if number == NO_NEWLINE:
            return "\n" not in part
        if number not in self._automata:
            self._automata[number] = self._plan.languages.automaton(number)
        automaton = self._automata[number]
        return None if automaton is None else automaton.accepts(part)

    def _beyond_ascii(self, used_code: str) -> set[int]:
        """The same for any used code: literals choose the candidates, `regex` decides them all."""
        folded = fold(used_code)
        candidates = {entry.index for finder in self._finders for entry, _ in finder.candidates(folded)}
        limits = self._plan.languages.limits
        for index, number in (*self._plan.scanned, *self._plan.opaque):
            low, high = limits[number]
            if low <= len(used_code) <= high:
                candidates.add(index)
        return {index for index in candidates if self._decider.matches(index, used_code)}
