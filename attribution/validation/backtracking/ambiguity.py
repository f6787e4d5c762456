"""Texts that a pattern reads in ever more ways when they are repeated, and used codes made of them.

How many ways there are to read a text is what an engine may have to try before it gives up. They grow
exponentially with the repeats of a word where some state has two ways back to itself over that word, and like a
polynomial where one loop over the word leads to another (A. Weber, H. Seidl, "On the degree of ambiguity of finite
automata", 1991; used for this purpose by N. Weideman et al., "Analyzing matching time behavior of backtracking regular
expression matchers", 2016, and by V. Wüstholz et al., "Static detection of DoS vulnerabilities in programs that use
regular expressions", 2017). Both are seen in powers of one matrix, the word's: entry (p, q) of its n-th power is the
number of ways from p to q over n copies. So instead of searching products of the automaton with itself, words are
tried: all of one and two letters, and those that the loops of the pattern are made of.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import product
from typing import Final

import numpy as np
from numpy.typing import NDArray

from attribution.automata.automaton import TooLarge
from attribution.automata.difference import shortest
from attribution.patterns.tree import Alternation, Node, Repeat, children
from attribution.validation.backtracking.position_ways import Ways, ways_through
from attribution.validation.backtracking.skeleton import skeleton

_MAX_WORDS: Final = 150
_MAX_LETTERS: Final = 12
_SQUARINGS: Final = 6
_LEAST_GROWTH: Final = 0.7
_EXPONENTIAL: Final = 7.0
"""Growth is the binary logarithm of how much more ways there are over 128 copies than over 64: of a polynomial it is
the degree, of an exponential 64 times the logarithm of its base."""
_BAD: Final = "!~#%&=;"
_HELPFUL: Final = "1Aa"


@dataclass(frozen=True, slots=True)
class Attack:
    """A used code that may be slow: `prefix`, then `pump` as often as there is room, then `suffix`."""

    prefix: str
    pump: str
    suffix: str
    exponential: bool
    """Whether the ways to read it grow exponentially with the pumps; in which case the time may or may not."""

    def text(self, pumps: int) -> str:
        """The used code with so many pumps."""
        return self.prefix + self.pump * pumps + self.suffix

    def most(self, longest: int) -> int:
        """The most pumps for which it has no more than so many characters."""
        return max(0, longest - len(self.prefix) - len(self.suffix)) // len(self.pump)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A word, how fast the ways to read it grow, and the states from which and to which they lead."""

    word: str
    growth: float
    source: int
    target: int


def attacks(text: str, words: int) -> Iterator[Attack]:
    """Used codes that may be slow for the hoisted pattern, from its `words` most ambiguous words, the worst first."""
    tree = skeleton(text)
    try:
        ways = ways_through(tree)
        pumps = _words(tree, ways.alphabet[:_MAX_LETTERS])[:_MAX_WORDS]
    except TooLarge:
        return
    found = [candidate for word in pumps if (candidate := _candidate(ways, word)) is not None]
    # A word written twice is no better than once.
    found.sort(key=lambda candidate: (-round(candidate.growth / len(candidate.word), 2), len(candidate.word)))
    for candidate in found[:words]:
        prefix = _shortest(ways, 0, frozenset({candidate.source}))
        completion = _shortest(ways, candidate.target, ways.ends)
        if prefix is not None:
            for suffix in _suffixes(ways, completion or ""):
                yield Attack(prefix, candidate.word, suffix, candidate.growth > _EXPONENTIAL)


def _words(tree: Node, alphabet: str) -> list[str]:
    """Words to try, each once: what loops are made of, then all words of one or two letters."""
    made = list(dict.fromkeys(_loop_words(tree)))
    doubles = [one + other for words in (made, alphabet) for one, other in product(words, repeat=2)]
    return list(dict.fromkeys([*alphabet, *made, *doubles]))


def _loop_words(node: Node) -> Iterator[str]:
    """The shortest words of what is repeated in the tree, branch by branch."""
    if isinstance(node, Repeat) and node.high != 1:
        branches = node.item.branches if isinstance(node.item, Alternation) else (node.item,)
        for branch in branches[:_MAX_LETTERS]:
            if (word := shortest(branch)) and word.isascii():
                yield word
    for child in children(node):
        yield from _loop_words(child)


def _candidate(ways: Ways, word: str) -> _Candidate | None:
    """The word with its growth; None where it stays readable in few ways."""
    once = reduce(np.matmul, map(ways.step, word))
    if not once.any():
        return None
    scale = 0.0  # of the matrix, as a binary logarithm: the numbers of ways themselves are beyond floats
    for _ in range(_SQUARINGS):
        once, scale = _squared(once, scale)
    twice, scale_of_twice = _squared(once, scale)
    with np.errstate(divide="ignore", invalid="ignore"):
        growths = np.log2(twice.sum(axis=1)) + scale_of_twice - np.log2(once.sum(axis=1)) - scale
    growths = np.nan_to_num(growths, nan=0.0, neginf=0.0)
    source = int(np.argmax(growths))
    growth = float(growths[source])
    if not growth > _LEAST_GROWTH:
        return None
    return _Candidate(word, growth, source, int(np.argmax(twice[source])))


def _squared(matrix: NDArray[np.float64], scale: float) -> tuple[NDArray[np.float64], float]:
    """The square of the matrix times 2 to the power of `scale`, scaled so that its largest entry is 1."""
    square = matrix @ matrix
    largest = float(square.max())
    return (square / largest, 2 * scale + float(np.log2(largest))) if largest else (square, 0.0)


def _shortest(ways: Ways, start: int, goals: frozenset[int]) -> str | None:
    """The shortest text from one state to some of the others."""
    seen = {start}
    queue = deque([(start, "")])
    while queue:
        here, text = queue.popleft()
        if here in goals:
            return text
        for letter in ways.alphabet:
            for there in np.flatnonzero(ways.step(letter)[here]).tolist():
                if there not in seen:
                    seen.add(there)
                    queue.append((there, text + letter))
    return None


def _suffixes(ways: Ways, completion: str) -> list[str]:
    """Ends that make a match fail, of which one may do: `regex` gives up at once without a text that must occur."""
    bad = next((char for char in _BAD if not ways.step(char).any()), _BAD[0])
    ends = (bad, bad + completion, completion + bad, completion[:-1], "", bad + _HELPFUL + completion)
    return list(dict.fromkeys(ends))
