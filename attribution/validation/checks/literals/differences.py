"""How two codes that look alike differ: by letter case, by white space and the like, by characters that look alike."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from attribution.explaining.confusables import name, prototype

_NAMED: Final = 3
"""So many look-alikes are named in one sentence."""


@dataclass(frozen=True, slots=True)
class Differences:
    """What sets one text apart from another.

    unseen       characters that show nothing and stand in one of the two only, or elsewhere in it; " " among them
    look_alikes  pieces of this text, and the pieces of the other that they look like
    """

    letter_case: bool
    unseen: tuple[str, ...]
    look_alikes: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        """In words that stand after `only by`."""
        hidden = [name(char) for char in self.unseen if char != " "]
        kinds = [
            "letter case" if self.letter_case else "",
            "white space" if " " in self.unseen else "",
            f"what cannot be seen ({', '.join(hidden)})" if hidden else "",
            f"look-alikes ({', '.join(self._named())})" if self.look_alikes else "",
        ]
        *others, last = filter(None, kinds)
        return f"{', '.join(others)} and {last}" if others else last

    def _named(self) -> Iterator[str]:
        for own, other in self.look_alikes[:_NAMED]:
            yield f"{_piece(own)} for {_piece(other)}"
        if len(self.look_alikes) > _NAMED:
            yield f"{len(self.look_alikes) - _NAMED} more"


def differences(text: str, other: str, *, capitals: bool) -> Differences:
    """What sets `text` apart from `other`, whose skeleton is the same: as written, or when both are in capitals."""
    mine, theirs = _Outline(text, capitals=capitals), _Outline(other, capitals=capitals)
    cuts = sorted(mine.starts.keys() & theirs.starts.keys())
    pieces = [(mine.between(*cut), theirs.between(*cut)) for cut in pairwise(cuts)]
    unequal = dict.fromkeys(pair for pair in pieces if pair[0] != pair[1])
    cased = [pair for pair in unequal if pair[0].upper() == pair[1].upper()]
    return Differences(
        letter_case=bool(cased),
        unseen=tuple(sorted({char for _, char in (mine.hidden - theirs.hidden) + (theirs.hidden - mine.hidden)})),
        look_alikes=tuple(pair for pair in unequal if pair not in cased),
    )


class _Outline:
    """A text along its skeleton.

    starts  place in the skeleton -> which of the characters that are seen begins there; the end of both is among them
    hidden  the others, each with the place in the skeleton where it stands
    """

    def __init__(self, text: str, *, capitals: bool) -> None:
        self.starts: dict[int, int] = {}
        self.hidden: Counter[tuple[int, str]] = Counter()
        self._seen: list[str] = []
        place = 0
        for char in text:
            length = _length(char, capitals)
            if length:
                self.starts[place] = len(self._seen)
                self._seen.append(char)
                place += length
            else:
                self.hidden[place, char] += 1
        self.starts[place] = len(self._seen)

    def between(self, start: int, end: int) -> str:
        """The characters that are seen between two places of the skeleton."""
        return "".join(self._seen[self.starts[start] : self.starts[end]])


@lru_cache(maxsize=4096)
def _length(char: str, capitals: bool) -> int:
    """How many characters of the skeleton a character is."""
    return sum(len(prototype(part)) for part in (char.upper() if capitals else char))


def _piece(text: str) -> str:
    """Characters with their names; several of ASCII, such as rn, speak for themselves."""
    return text if len(text) > 1 and text.isascii() else f"{text} {' + '.join(map(name, text))}"
