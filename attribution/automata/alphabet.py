"""The characters that some leaves tell apart, over all of Unicode: one class for those that no leaf does.

So a table is only as wide as its patterns can see: `[A-Z]\\d` sees four kinds of characters, among them the digits
beyond ASCII. The classes are the *minterms* of the leaves (L. D'Antoni, M. Veanes, "Minimization of Symbolic Automata",
POPL 2014): each is what is in some of the leaves and in none of the others. One character of a class stands for all.

`regex` is asked about ASCII character by character (`leaves.ascii_set`), and about the rest in one pass over a text of
all of it, some 3 ms a leaf. Surrogates are left out: no text in UTF-8 holds them. White space that is stripped from
used codes is always told apart, as it never stands at either end.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from attribution.patterns.leaves import ascii_set, compiled
from attribution.patterns.tree import Leaf, Literal
from attribution.terms import WHITE_SPACE

_ASCII: Final = 128
_SURROGATES: Final = range(0xD800, 0xE000)
_BEYOND: Final = 0x110000 - _ASCII - len(_SURROGATES)
_WHITE: Final = Leaf("[" + "".join(f"\\u{ord(char):04X}" for char in WHITE_SPACE) + "]")
_LOOKED_AT: Final = 1000


@dataclass(frozen=True)
class Alphabet:
    """Classes of characters, the most readable first, and which leaf holds which.

    characters  one of each class
    numbers     leaf -> its row in `member`
    member      leaf x class: whether the leaf matches the characters of the class
    inner       class: whether its characters may stand at either end of a used code
    """

    characters: str
    numbers: dict[Leaf | Literal, int]
    member: NDArray[np.bool_]
    inner: NDArray[np.bool_]

    @cached_property
    def share(self) -> NDArray[np.bool_]:
        """leaf x leaf: whether some character is in both."""
        return _common(self.member)

    @cached_property
    def share_inner(self) -> NDArray[np.bool_]:
        """leaf x leaf: whether some character that may stand at an end is in both."""
        return _common(self.member & self.inner)


def _common(member: NDArray[np.bool_]) -> NDArray[np.bool_]:
    counts = member.astype(np.float32)
    return np.asarray(counts @ counts.T > 0)


def readability(char: str) -> tuple[int, str]:
    """What a used code is rather made of, the smaller the better: letters and digits first."""
    if char.isascii():
        if char.isalnum():
            return (0 if char.isupper() else 1 if char.isdigit() else 2), char
        return (3 if char in "-_" else 5 if char == " " else 4 if char.isprintable() else 8), char
    return (6 if char.isalnum() else 7 if char.isprintable() else 8), char


def alphabet(leaves: Iterable[Leaf | Literal]) -> Alphabet:
    """The classes that the leaves tell apart: some 5 µs a leaf, and 3 ms for each new one with a set beyond ASCII."""
    distinct = list(dict.fromkeys((_WHITE, *leaves)))
    bounds = np.unique([0, *(bound for leaf in distinct for run in beyond(leaf) for bound in run)])
    segments = bounds[bounds < _BEYOND]
    member = np.zeros((len(distinct), _ASCII + len(segments)), dtype=np.bool_)
    for row, leaf in enumerate(distinct):
        ascii_bytes = np.frombuffer(ascii_set(leaf).to_bytes(_ASCII // 8, "little"), dtype=np.uint8)
        member[row, :_ASCII] = np.unpackbits(ascii_bytes, bitorder="little")
        for place in np.searchsorted(segments, np.array(beyond(leaf), dtype=np.int64).reshape(-1, 2)).tolist():
            member[row, _ASCII + place[0] : _ASCII + place[1]] = True
    columns: dict[bytes, list[int]] = {}
    for column, signature in enumerate(np.packbits(member, axis=0).T):
        columns.setdefault(signature.tobytes(), []).append(column)
    ends = [*segments[1:].tolist(), _BEYOND]
    chosen = [(_most_readable(group, segments.tolist(), ends), group[0]) for group in columns.values()]
    chosen.sort(key=lambda one: readability(one[0]))
    member = member[:, [column for _, column in chosen]]
    return Alphabet(
        characters="".join(char for char, _ in chosen),
        numbers={leaf: row for row, leaf in enumerate(distinct)},
        member=member,
        inner=~member[0],
    )


def _most_readable(columns: list[int], starts: list[int], ends: list[int]) -> str:
    """A character of the class: an ASCII one if there is one, else a letter or digit if one is easily found."""
    plain = [chr(column) for column in columns if column < _ASCII]
    if plain:
        return min(plain, key=readability)
    left = _LOOKED_AT
    seen: list[str] = []
    for column in columns:
        start = starts[column - _ASCII]
        stop = min(ends[column - _ASCII], start + left)
        seen.extend(map(_character, range(start, stop)))
        left -= stop - start
        if not left:
            break
    return min(seen, key=readability)


@lru_cache(maxsize=4096)
def beyond(leaf: Leaf | Literal) -> tuple[tuple[int, int], ...]:
    """The runs of characters beyond ASCII that the leaf matches, as places in their sequence, the last exclusive."""
    match leaf:
        case Literal(char, flags) if "i" not in flags:
            code = ord(char)
            if code < _ASCII or code in _SURROGATES:
                return ()
            place = code - _ASCII - (len(_SURROGATES) if code >= _SURROGATES.stop else 0)
            return ((place, place + 1),)
        case Leaf(".", _):
            return ((0, _BEYOND),)
    return tuple(found.span() for found in compiled(leaf, "+").finditer(_everything()))


def _character(place: int) -> str:
    """The character at a place in the sequence of those beyond ASCII."""
    code = place + _ASCII
    return chr(code if code < _SURROGATES.start else code + len(_SURROGATES))


@lru_cache(maxsize=1)
def _everything() -> str:
    """All characters beyond ASCII, in order."""
    codes = np.arange(_ASCII, 0x110000, dtype="<u4")
    carried = (codes < _SURROGATES.start) | (codes >= _SURROGATES.stop)
    return codes[carried].tobytes().decode("utf-32-le")
