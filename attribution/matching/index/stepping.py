"""Many automata over many texts at once, one character of all of them per NumPy operation.

All tables lie behind each other in one array. A state is the place where its row begins, so that a
step is `table[state + class of the character]`; place 0 begins 128 zeros, the dead state of all.
Texts are sorted longest first: those still running are always the first so many.
"""

from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from attribution.automata.automaton import START
from attribution.matching.index.plan import Languages

WORD: Final = 8
"""Characters that are compared at once. So many zeros follow the bytes of a block, to be read past its end."""

_DEAD_ROW: Final = 128


class TextBlock:
    """A column of ASCII texts as one array of bytes, with the place and length of each."""

    def __init__(self, texts: pl.Series) -> None:
        self.texts = texts
        joined = texts.str.join("").item() if len(texts) else ""
        self.bytes = np.frombuffer(joined.encode() + bytes(WORD), dtype=np.uint8)
        self.sizes = texts.str.len_bytes().to_numpy().astype(np.int64)
        self.starts = np.cumsum(self.sizes) - self.sizes


class _Table:
    """Some automata, numbered as their languages are, laid out behind each other."""

    def __init__(self, numbers: list[int], languages: Languages) -> None:
        rows = [np.zeros(_DEAD_ROW, dtype=np.int32)]
        accepts = [np.zeros(_DEAD_ROW, dtype=np.bool_)]
        classes = np.zeros((len(numbers), 128), dtype=np.uint8)
        self.starts = np.zeros(numbers[-1] + 1, dtype=np.int32)
        self.which = np.zeros(numbers[-1] + 1, dtype=np.int32)
        base = _DEAD_ROW
        for position, number in enumerate(numbers):
            automaton = languages.automaton(number)
            if automaton is None:
                raise ValueError(f"language {number} has no automaton")
            table = np.array(automaton.rows, dtype=np.int32)
            states, width = table.shape
            # State s begins at base + s * width, except the dead one.
            rows.append(np.where(table == 0, 0, base + table * width).ravel())
            accepts.append(np.repeat(np.array(automaton.accepting), width))
            classes[position] = np.frombuffer(automaton.classes, dtype=np.uint8)[:128]
            self.starts[number] = base + START * width
            self.which[number] = position * 128
            base += states * width
        self.rows = np.concatenate(rows).astype(np.int32)
        self.accepts = np.concatenate(accepts)
        self.classes = classes.ravel()


def accepted(
    block: TextBlock,
    numbers: NDArray[np.int64],
    starts: NDArray[np.int64],
    sizes: NDArray[np.int64],
    languages: Languages,
) -> NDArray[np.bool_]:
    """For each piece of the block's bytes, whether the automaton of that number accepts it.

    Every language must have an automaton; pieces are shorter than 2^15.

    About 15 ns for each character until the automaton is dead.
    """
    if not len(numbers):
        return np.zeros(0, dtype=np.bool_)
    table = _Table(np.flatnonzero(np.bincount(numbers)).tolist(), languages)
    order = np.argsort((-sizes).astype(np.int16), kind="stable")  # a radix sort, for so small integers
    remaining, place = sizes[order], starts[order]
    kind = table.which[numbers[order]]
    state = table.starts[numbers[order]]
    result = np.zeros(len(numbers), dtype=np.bool_)
    step = 0
    while len(state):
        running = int(np.searchsorted(-remaining, -step, side="left"))
        result[order[running:]] = table.accepts[state[running:]]
        order, remaining, place = order[:running], remaining[:running], place[:running]
        kind, state = kind[:running], state[:running]
        state = table.rows[state + table.classes[kind + block.bytes[place + step]]]
        step += 1
        alive = state != 0
        if np.count_nonzero(alive) * 4 < 3 * len(alive):
            order, remaining, place = order[alive], remaining[alive], place[alive]
            kind, state = kind[alive], state[alive]
    return result
