"""Literals that a used code begins with, or ends with, over a block of used codes.

At an edge it is known where a literal would stand, so no automaton has to read the used code: three characters at
the edge tell which lengths are worth a look, a hash of that many characters finds the literal, and comparing eight
characters at a time confirms it. 50 ns a used code with any number of literals.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from attribution.matching.index.stepping import WORD, TextBlock

Places = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]
"""Row in the block, place of the literal in bytes, number of the literal; equally long."""

_STEM: Final = 3
_ODD: Final = np.uint64(0x9E3779B97F4A7C15)  # the golden ratio's bits: multiplying by them spreads all others upwards
_LOWER: Final = np.array([code + 32 if 65 <= code <= 90 else code for code in range(256)], dtype=np.uint8)


class EdgeTable:
    """Distinct ASCII literals, by their numbers; in lower case where `ignore_case`."""

    def __init__(self, literals: Sequence[str], *, at_end: bool, ignore_case: bool) -> None:
        self._at_end = at_end
        self._ignore_case = ignore_case
        self._stem = min(_STEM, *map(len, literals))
        sizes = sorted({len(literal) for literal in literals})
        self._groups = [_OfSize(size, literals) for size in sizes]
        # Bit i of a stem's entry: some literal of the i-th size has it; the last bit stands for all further sizes.
        self._worth = np.zeros(128**self._stem, dtype=np.uint32)
        bit = {size: np.uint32(1 << min(index, 31)) for index, size in enumerate(sizes)}
        for literal in literals:
            stem = literal[-self._stem :] if at_end else literal[: self._stem]
            self._worth[_stem_number(stem)] |= bit[len(literal)]

    def find(self, block: TextBlock) -> Places:
        """Where literals stand at the edge, each row and literal once."""
        text = _LOWER[block.bytes] if self._ignore_case else block.bytes
        rows = np.flatnonzero(block.sizes >= self._stem)
        edge = (block.starts + block.sizes - self._stem if self._at_end else block.starts)[rows]
        stem = np.zeros(len(rows), dtype=np.int32)
        for offset in range(self._stem):
            stem = stem << 7 | text[edge + offset]
        worth = self._worth[stem]
        rows, worth = rows[worth != 0], worth[worth != 0]
        words = np.ndarray(max(0, len(text) - WORD + 1), dtype="<u8", buffer=text.tobytes(), strides=(1,))
        found = list(self._of_each_size(block, rows, worth, words))
        row, place, number = (np.concatenate(part) for part in zip(*found, strict=True))
        return row, place, number

    def _of_each_size(
        self, block: TextBlock, rows: NDArray[np.int64], worth: NDArray[np.uint32], words: NDArray[np.uint64]
    ) -> Iterator[Places]:
        for index, group in enumerate(self._groups):
            some = rows[(worth >> np.uint32(min(index, 31)) & 1).astype(np.bool_)]
            some = some[block.sizes[some] >= group.size]
            place = block.starts[some]
            if self._at_end:
                place = place + block.sizes[some] - group.size
            which, number = group.find(place, words)
            yield some[which], place[which] - block.starts[some[which]], number


def _stem_number(stem: str) -> int:
    """Seven bits a character."""
    number = 0
    for char in stem:
        number = number << 7 | ord(char)
    return number


class _OfSize:
    """The literals of one length, as words of eight characters, sorted into buckets by a hash of them."""

    def __init__(self, size: int, literals: Sequence[str]) -> None:
        self.size = size
        numbers = [number for number, literal in enumerate(literals) if len(literal) == size]
        count = -(-size // WORD)
        padded = b"".join(literals[number].encode().ljust(count * WORD, b"\0") for number in numbers)
        words = np.frombuffer(padded, dtype="<u8").reshape(-1, count)
        bits = max(1, (2 * len(numbers) - 1).bit_length())
        self._shift = np.uint64(64 - bits)
        buckets = (_hashes(list(words.T)) >> self._shift).astype(np.int64)
        order = np.argsort(buckets, kind="stable")
        self._words = [np.ascontiguousarray(column) for column in words[order].T]
        self._numbers = np.array(numbers, dtype=np.int64)[order]
        filled = np.bincount(buckets, minlength=1 << bits)
        self._starts = np.concatenate([[0], np.cumsum(filled)])
        self._deepest = int(filled.max())
        # The last word is cut to what belongs to the literal.
        self._mask = np.uint64((1 << 8 * (size - WORD * (count - 1))) - 1)

    def find(self, place: NDArray[np.int64], words: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Which of the places have a literal, and its number; `words[i]` are the eight characters from `i` on."""
        text = [words[place + WORD * index] for index in range(len(self._words))]
        text[-1] = text[-1] & self._mask
        bucket = _hashes(text) >> self._shift
        first = self._starts[bucket]
        left = self._starts[bucket + np.uint64(1)] - first
        which: list[NDArray[np.int64]] = []
        numbers: list[NDArray[np.int64]] = []
        rows = np.flatnonzero(left)
        for depth in range(self._deepest):
            rows = rows[left[rows] > depth]
            at = first[rows] + depth
            same = np.ones(len(rows), dtype=np.bool_)
            for mine, theirs in zip(self._words, text, strict=True):
                same &= mine[at] == theirs[rows]
            which.append(rows[same])
            numbers.append(self._numbers[at[same]])
        return np.concatenate(which), np.concatenate(numbers)


def _hashes(words: Sequence[NDArray[np.uint64]]) -> NDArray[np.uint64]:
    """A hash of each row of words; its upper bits are the ones to use."""
    mixed = words[0] * _ODD
    for word in words[1:]:
        mixed = (mixed ^ mixed >> np.uint64(32) ^ word) * _ODD
    return mixed
