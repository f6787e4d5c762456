"""All overlaps of a program: pairs of promo codes of two partners that one used code satisfies at once.

A pair overlaps where both hold in one program at some common instant (`codes`), and their texts have a used
code in common: literals that are equal, a literal that a pattern matches (`literals`), patterns whose
automata meet (`meetings`). Where automata do not decide, used codes are tried (`settling`); what then is open
is undecided. That two promo codes overlap is known for all pairs; the used code that proves it is computed
when asked for (`proofs`), as there may be millions of pairs.

A used code in a list is taken as it is, so it may hold the separator.
"""

from collections.abc import Sequence

import numpy as np

from attribution.automata.positions import Budget
from attribution.automata.shortest import Products
from attribution.matching.language import FOLDED, SEARCHED, LiteralText, PatternText, languages
from attribution.program import PromoCode, Settings
from attribution.validation.overlaps.codes import Codes, Indices
from attribution.validation.overlaps.judge import Judge
from attribution.validation.overlaps.languages import Doubt, Languages
from attribution.validation.overlaps.literal_overlaps import Literals
from attribution.validation.overlaps.meetings import meetings
from attribution.validation.overlaps.overlap_facts import Overlaps, Undecided
from attribution.validation.overlaps.proofs import Proofs, TextPair
from attribution.validation.overlaps.settling import Settled, Settling
from attribution.validation.overlaps.shadows import Shadows

BUDGET = 20_000_000_000
"""Of `SideBySide`: some 20 s. Ten thousand patterns of eight characters stay below it."""


def find_overlaps(
    promo_codes: Sequence[PromoCode], settings: Settings, precedence: Sequence[int], *, budget: int = BUDGET
) -> Overlaps:
    """The overlaps of valid promo codes; `precedence` is the rank of each, a smaller one precedes.

    Some 1 s for 10,000 literals and 2,000 patterns, of which 600,000 pairs overlap.
    """
    return _Search(promo_codes, settings, precedence, budget).overlaps()


class _Search:
    """Collects the rivals of each promo code: the promo codes that overlap with it and precede it."""

    def __init__(
        self, promo_codes: Sequence[PromoCode], settings: Settings, precedence: Sequence[int], budget: int
    ) -> None:
        self._settings = settings
        self._budget = Budget(budget)
        self._codes = Codes(promo_codes, precedence)
        texts = languages(promo_codes, settings)
        alive = {index: text for index, text in enumerate(texts) if self._codes.alive[index]}
        self._languages = Languages(
            {index: text.text for index, text in alive.items() if isinstance(text, PatternText)},
            search=SEARCHED[settings.regex_match],
        )
        self._literals = Literals(
            {index: text.text for index, text in alive.items() if isinstance(text, LiteralText)},
            self._languages,
            ignore_case=FOLDED[settings.literal_case],
        )
        self._products = Products(self._languages.positions, self._languages.alphabet)
        judge = Judge(texts, self._languages)
        self._settling = Settling(self._languages, self._literals, self._products, judge)
        self._known: dict[TextPair, str] = {}
        self._proofs = Proofs(self._languages, self._literals, self._products, judge, self._known)
        self._rivals: dict[int, list[Indices]] = {}
        self._open: list[tuple[int, Indices]] = []
        self._undecided: list[Undecided] = []

    def overlaps(self) -> Overlaps:
        """The answer."""
        self._equal_literals()
        self._literals_and_patterns()
        self._patterns()
        self._settle()
        doubtful = np.zeros(len(self._codes.rank), dtype=np.bool_)
        doubtful[[index for index, number in self._languages.of.items() if self._languages.doubtful[number]]] = True
        rivals = {index: np.concatenate(found) for index, found in sorted(self._rivals.items())}
        return Overlaps(
            rivals={index: self._codes.in_precedence(found) for index, found in rivals.items()},
            undecided=tuple(self._undecided),
            shadows=Shadows(self._codes, self._languages, self._literals, self._products, self._settings),
            doubtful=doubtful,
            codes=self._codes,
            proofs=self._proofs,
        )

    def _equal_literals(self) -> None:
        """Literals and those they are equal to."""
        for members in self._literals.members:
            if len(members) > 1:
                for index in members.tolist():
                    self._add(index, self._codes.rivals(index, members))

    def _literals_and_patterns(self) -> None:
        """Patterns, which literals precede, and the literals they match."""
        for language, matched in enumerate(self._literals.matched):
            if len(matched):
                others = np.concatenate([self._literals.members[number] for number in matched.tolist()])
                for index in self._languages.members[language].tolist():
                    found = self._codes.rivals(index, others)
                    if self._languages.doubtful[language]:
                        self._open.append((index, found))
                    else:
                        self._add(index, found)

    def _patterns(self) -> None:
        """Patterns and the patterns they meet."""
        languages = self._languages
        number = np.full(len(self._codes.rank), -1, dtype=np.int64)
        number[list(languages.of)] = list(languages.of.values())
        for index, others, decided in meetings(self._codes, languages, self._budget):
            found = self._codes.rivals(index, others)
            if not decided:
                self._doubt(index, found, Doubt.BUDGET)
                continue
            mine, theirs = np.full(len(found), number[index]), number[found]
            sure = ~languages.doubtful[mine] & ~languages.doubtful[theirs] & self._products.fit(mine, theirs)
            self._add(index, found[sure])
            self._open.append((index, found[~sure]))

    def _settle(self) -> None:
        """What is open, by trying used codes on each pair of texts once."""
        pairs = {self._proofs.texts(first, second): None for second, firsts in self._open for first in firsts.tolist()}
        settled: dict[TextPair, Settled] = {}
        both = {(text.language or 0, text.other or 0): text for text in pairs if text.literal is None}
        for pair, answer in self._settling.patterns(both).items():
            settled[both[pair]] = answer
        for text in pairs:
            if text.literal is not None:
                settled[text] = self._settling.literal(text.literal, text.language or 0)
        self._known.update((text, answer) for text, answer in settled.items() if isinstance(answer, str))
        for second, firsts in self._open:
            self._sort_in(second, firsts, [settled[self._proofs.texts(first, second)] for first in firsts.tolist()])

    def _sort_in(self, second: int, firsts: Indices, answers: Sequence[Settled]) -> None:
        """The pairs of one promo code by what has become of them."""
        self._add(second, firsts[[isinstance(answer, str) for answer in answers]])
        for doubt in Doubt:
            self._doubt(second, firsts[[answer is doubt for answer in answers]], doubt)

    def _add(self, index: int, found: Indices) -> None:
        if len(found):
            self._rivals.setdefault(index, []).append(found.astype(np.int32))

    def _doubt(self, index: int, found: Indices, doubt: Doubt) -> None:
        if len(found):
            self._undecided.append(Undecided(index, found, doubt))
