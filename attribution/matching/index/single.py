"""One used code against all patterns, in plain Python: microseconds, for order pipelines.

Required literals are found by dictionaries: those at the start and at the end of the used code by their whole text,
those inside by their rarest four characters. What is found is then checked with the automata of what stands before and
after. Used codes beyond ASCII are left to `regex`, as are patterns that only it decides.
"""

from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from attribution.matching.decider import Decider
from attribution.matching.index.forms import Forms
from attribution.matching.index.plan import ANYTHING, NO_NEWLINE, NOTHING, Entry, Plan
from attribution.patterns.required_literals import fold

_GRAM: Final = 4
_REMEMBERED: Final = 50_000

Found = list[tuple[Entry, int]]
"""Entries whose literal occurs in the folded used code, and where."""


class AtEdge:
    """Literals that a match begins with or, `at_end`, ends with, by their text."""

    def __init__(self, entries: list[Entry], *, at_end: bool) -> None:
        self._at_end = at_end
        self._entries: dict[str, list[Entry]] = {}
        for entry in entries:
            self._entries.setdefault(fold(entry.literal), []).append(entry)
        self._stem = _edge(min(map(len, self._entries)), at_end)
        sizes: dict[str, set[int]] = {}
        for text in self._entries:
            sizes.setdefault(text[self._stem], set()).add(len(text))
        self._cuts = {stem: [_edge(size, at_end) for size in sorted(lengths)] for stem, lengths in sizes.items()}

    def find(self, folded: str, found: Found) -> None:
        """Append entries whose literal stands at the edge: 100 ns where none has its outermost characters."""
        for cut in self._cuts.get(folded[self._stem], ()):
            text = folded[cut]  # shorter than the cut in a short code, so its own length says where it stands
            for entry in self._entries.get(text, ()):
                found.append((entry, len(folded) - len(text) if self._at_end else 0))


def _edge(size: int, at_end: bool) -> slice:
    return slice(-size, None) if at_end else slice(size)


class Inside:
    """Literals anywhere in the used code, by a piece of them."""

    def __init__(self, entries: list[Entry]) -> None:
        folded = [fold(entry.literal) for entry in entries]
        frequency = Counter(piece for text in folded for piece in _pieces(text))
        self._by_size: dict[int, dict[str, list[tuple[Entry, str, int]]]] = {}
        for entry, text in zip(entries, folded, strict=True):
            rarest = min(_pieces(text), key=frequency.__getitem__)
            by_piece = self._by_size.setdefault(len(rarest), {})
            by_piece.setdefault(rarest, []).append((entry, text, text.index(rarest)))

    def find(self, folded: str, found: Found) -> None:
        """Append entries at each place where their literal occurs: 50 ns a character where none does."""
        for size, by_piece in self._by_size.items():
            pieces = list(map(folded.__getitem__, _windows(size, len(folded))))
            if by_piece.keys().isdisjoint(pieces):
                continue
            for place, piece in enumerate(pieces):
                for entry, text, offset in by_piece.get(piece, ()):
                    if place >= offset and folded.startswith(text, place - offset):
                        found.append((entry, place - offset))


@lru_cache(maxsize=1024)
def _windows(size: int, length: int) -> tuple[slice, ...]:
    """The slices of that size in a text of that length."""
    return tuple(slice(place, place + size) for place in range(length - size + 1))


def _pieces(text: str) -> list[str]:
    """All pieces of four characters, or the text where it is shorter."""
    return [text[i : i + _GRAM] for i in range(max(1, len(text) - _GRAM + 1))]


class Single:
    """Answers for one used code at a time."""

    def __init__(self, plan: Plan, forms: Forms, decider: Decider) -> None:
        self._plan = plan
        self._forms = forms
        self._decider = decider
        starting: list[Entry] = []
        ending: list[Entry] = []
        inner: list[Entry] = []
        for entry in plan.entries:
            (starting if entry.head == NOTHING else ending if entry.tail == NOTHING else inner).append(entry)
        self._finders: list[Callable[[str, Found], None]] = []
        if starting:
            self._finders.append(AtEdge(starting, at_end=False).find)
        if ending:
            self._finders.append(AtEdge(ending, at_end=True).find)
        if inner:
            self._finders.append(Inside(inner).find)
        self._asked = [*plan.opaque, *forms.undecided]
        self._remembered: dict[bytes, list[int]] = {}

    def matches(self, used_code: str) -> set[int]:
        """Indices of the patterns that match."""
        if not used_code.isascii():
            return self._beyond_ascii(used_code)
        found: Found = []
        folded = used_code.lower()
        for find in self._finders:
            find(folded, found)
        matched = {entry.promo for entry, place in found if self._holds(entry, place, used_code)} if found else set()
        if self._forms.patterns:
            matched.update(self._by_form(used_code))
        if self._asked:
            matched.update(self._ask(used_code))
        return matched

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
        automaton = self._plan.languages.automaton(number)
        return None if automaton is None else automaton.accepts(part)

    def _by_form(self, used_code: str) -> list[int]:
        """Indices of the patterns without a literal; the answer for each form is remembered."""
        form = used_code.encode().translate(self._forms.representative)
        found = self._remembered.get(form)
        if found is None:
            if len(self._remembered) >= _REMEMBERED:
                self._remembered = {}
            found = self._remembered[form] = self._forms.of_one(form.decode())
        return found

    def _ask(self, used_code: str) -> list[int]:
        """Indices of the patterns that only `regex` decides."""
        size = len(used_code)
        limits = self._plan.languages.limits
        return [
            index
            for index, number in self._asked
            if limits[number][0] <= size <= limits[number][1] and self._decider.matches(index, used_code)
        ]

    def _beyond_ascii(self, used_code: str) -> set[int]:
        """Indices of the patterns of a used code beyond ASCII: literals choose the candidates, `regex` decides."""
        found: Found = []
        for find in self._finders:
            find(fold(used_code), found)
        candidates = {entry.promo for entry, _ in found}
        limits = self._plan.languages.limits
        for index, number in (*self._plan.scanned, *self._plan.opaque):
            low, high = limits[number]
            if low <= len(used_code) <= high:
                candidates.add(index)
        return {index for index in candidates if self._decider.matches(index, used_code)}
