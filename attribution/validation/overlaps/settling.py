"""Pairs that automata leave open: used codes are tried on them, and `regex` says whether one satisfies both.

The automata of such patterns accept more than the patterns match. So a string of both automata is worth
trying, the shortest ones first, and in several styles: all letters, all digits, letters and digits in turn,
as look-around mostly asks for such things. Where `regex` agrees, the overlap is proven. A literal stands for
few used codes, which can all be tried, so that it can be decided either way.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from math import prod
from typing import Final

from attribution.automata.alphabet import Alphabet, readability
from attribution.validation.overlaps.judge import Judge
from attribution.validation.overlaps.languages import Doubt
from attribution.validation.overlaps.literal_overlaps import Literals, TextPair

Settled = str | Doubt | None
"""A used code that satisfies both, or why that is unknown, or None: they have none in common."""

MAX_SPELLINGS: Final = 256
MAX_TRIES: Final = 200_000
_UPPER, _DIGIT, _LOWER, _DASH, _OTHER = 0, 1, 2, 3, 4
_STYLES: Final = (
    ((_UPPER, _DIGIT),),
    ((_DIGIT, _UPPER),),
    ((_UPPER,), (_DIGIT,)),
    ((_DIGIT,), (_UPPER,)),
    ((_LOWER,),),
    ((_UPPER,), (_LOWER,), (_DIGIT,)),
    ((_UPPER,), (_DASH, _OTHER)),
)
_LONGER: Final = (0, 1, 2, 4)


class Settling:
    """Settles pairs with a language in doubt."""

    def __init__(self, literals: Literals, judge: Judge) -> None:
        self._literals = literals
        self._languages = literals.languages
        self._judge = judge

    def settle(self, pairs: Iterable[TextPair]) -> dict[TextPair, Settled]:
        """The answer for each pair of texts, which is asked once."""
        distinct = list(dict.fromkeys(pairs))
        settled = self._patterns([pair for pair in distinct if pair.literal is None])
        for pair in distinct:
            if pair.literal is not None:
                settled[pair] = self._literal(pair.literal, pair.languages[0])
        return settled

    def _literal(self, number: int, language: int) -> Settled:
        """A literal and a language in doubt."""
        spellings = self._literals.spellings(number)
        tried = 0
        for used_code in _first_spellings(spellings):
            tried += 1
            matches = self._matches(language, used_code)
            if matches is None:
                return Doubt.TIMEOUT
            if matches:
                return used_code
        return None if tried == prod(map(len, spellings)) else self._languages.items[language].doubt

    def _patterns(self, waiting: list[TextPair]) -> dict[TextPair, Settled]:
        """Pairs of languages, at least one of a pair in doubt."""
        settled: dict[TextPair, Settled] = {pair: self._doubt(pair) for pair in waiting}
        styles = [[_order(self._languages.alphabet, kinds) for kinds in style] for style in _STYLES]
        tries = MAX_TRIES
        for longer, orders in product(_LONGER, styles):
            if len(waiting) > tries:
                return settled | dict.fromkeys(waiting, Doubt.BUDGET)
            tries -= len(waiting)
            left, right = [pair.languages[0] for pair in waiting], [pair.languages[1] for pair in waiting]
            used_codes = self._languages.products.strings(left, right, orders=orders, longer=longer)
            answers = dict(zip(waiting, map(self._try, waiting, used_codes), strict=True))
            settled |= {pair: answer for pair, answer in answers.items() if answer}
            waiting = [pair for pair, answer in answers.items() if not answer]
        return settled

    def _try(self, pair: TextPair, used_code: str | None) -> Settled:
        """What the used code, if there is one of that style and length, says of the pair; None for nothing."""
        if used_code is None:
            return None
        answers = [self._matches(language, used_code) for language in pair.languages]
        if all(answers):
            return used_code
        return None if False in answers else Doubt.TIMEOUT

    def _matches(self, language: int, used_code: str) -> bool | None:
        return self._judge.matches(int(self._languages.members[language][0]), used_code)

    def _doubt(self, pair: TextPair) -> Doubt:
        """Why a pair is open that no used code proves."""
        doubts = [self._languages.items[language].doubt for language in pair.languages]
        return Doubt.NOT_REGULAR if Doubt.NOT_REGULAR in doubts else Doubt.TOO_LARGE


def _first_spellings(spellings: Sequence[str]) -> Iterator[str]:
    """All texts with these characters, if they are few; else those in one case, and the first of the others."""
    if prod(map(len, spellings)) > MAX_SPELLINGS:
        yield "".join(chars[-1] for chars in spellings)
    for count, chars in enumerate(product(*spellings), start=1):
        if count > MAX_SPELLINGS:
            break
        yield "".join(chars)


def _order(alphabet: Alphabet, kinds: Sequence[int]) -> tuple[int, ...]:
    """The classes of an alphabet, those of these kinds first."""

    def key(place: int) -> tuple[int, int]:
        kind = readability(alphabet.characters[place])[0]
        return (kinds.index(kind) if kind in kinds else len(kinds)), place

    return tuple(sorted(range(len(alphabet.characters)), key=key))
