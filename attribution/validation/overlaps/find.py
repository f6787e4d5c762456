"""All overlaps of a program: pairs of promo codes of two partners that one used code satisfies at once.

A pair overlaps where both hold in one program at some common instant (`codes`), and their texts have a used
code in common: literals that are equal, a literal that a pattern matches (`literals`), patterns whose
automata meet (`meetings`). Where automata do not decide, used codes are tried (`settling`); what then is open
is undecided. That two promo codes overlap is known for all pairs; the used code that proves it is computed
when asked for (`proofs`), as there may be millions of pairs.

A used code in a list is taken as it is, so it may hold the separator.
"""

import numpy as np

from attribution.automata.positions import Budget
from attribution.crediting.ruleset import Ruleset
from attribution.matching.language import FOLDED, SEARCHED, LiteralText, PatternText, languages
from attribution.program import Program
from attribution.validation.overlaps.codes import Codes, Indices
from attribution.validation.overlaps.judge import Judge
from attribution.validation.overlaps.languages import Doubt, Languages
from attribution.validation.overlaps.literal_overlaps import Literals, TextPair
from attribution.validation.overlaps.meetings import meetings
from attribution.validation.overlaps.overlap_facts import Overlaps, Undecided
from attribution.validation.overlaps.proofs import Proofs
from attribution.validation.overlaps.settling import Settling
from attribution.validation.overlaps.shadows import Shadows

BUDGET = 20_000_000_000
"""Of `SideBySide`: some 20 s. Ten thousand patterns of eight characters stay below it."""


def find_overlaps(program: Program, *, budget: int = BUDGET) -> Overlaps:
    """The overlaps of a program's promo codes.

    Some 1 s for 10,000 literals and 2,000 patterns, of which 600,000 pairs overlap.
    """
    return _Search(program, budget).overlaps()


class _Search:
    """Collects the rivals of each promo code: the promo codes that overlap with it and precede it."""

    def __init__(self, program: Program, budget: int) -> None:
        self._settings = settings = program.settings
        self._budget = Budget(budget)
        self._codes = Codes(Ruleset(program))
        texts = languages(program.promo_codes, settings)
        alive = {index: texts[index] for index in np.flatnonzero(self._codes.alive).tolist()}
        self._languages = Languages(
            {index: text.text for index, text in alive.items() if isinstance(text, PatternText)},
            search=SEARCHED[settings.regex_match],
        )
        self._literals = Literals(
            {index: text.text for index, text in alive.items() if isinstance(text, LiteralText)},
            self._languages,
            ignore_case=FOLDED[settings.literal_case],
        )
        self._numbers = self._languages.numbers(len(texts))
        self._judge = Judge(texts, self._languages)
        self._known: dict[TextPair, str] = {}
        self._rivals: dict[int, list[Indices]] = {}
        self._open: list[tuple[int, Indices]] = []
        self._undecided: list[Undecided] = []

    def overlaps(self) -> Overlaps:
        """The answer."""
        self._equal_literals()
        self._literals_and_patterns()
        self._patterns()
        self._settle()
        rivals = {index: np.concatenate(found) for index, found in sorted(self._rivals.items())}
        return Overlaps(
            rivals={index: self._codes.in_precedence(found) for index, found in rivals.items()},
            undecided=tuple(self._undecided),
            shadows=Shadows(self._codes, self._literals, self._settings),
            doubtful=np.append(self._languages.doubtful, False)[self._numbers],  # -1, for no pattern, is the last
            codes=self._codes,
            proofs=Proofs(self._literals, self._judge, self._known),
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
        doubtful, number = self._languages.doubtful, self._numbers
        for index, others, decided in meetings(self._codes, self._languages, self._budget):
            found = self._codes.rivals(index, others)
            if not decided:
                self._doubt(index, found, Doubt.BUDGET)
                continue
            mine, theirs = np.full(len(found), number[index]), number[found]
            sure = ~doubtful[mine] & ~doubtful[theirs] & self._languages.products.fit(mine, theirs)
            self._add(index, found[sure])
            self._open.append((index, found[~sure]))

    def _settle(self) -> None:
        """What is open, by trying used codes on each pair of texts once."""
        texts = [[self._literals.texts(first, second) for first in firsts.tolist()] for second, firsts in self._open]
        settled = Settling(self._literals, self._judge).settle(pair for pairs in texts for pair in pairs)
        self._known.update((pair, answer) for pair, answer in settled.items() if isinstance(answer, str))
        for (second, firsts), pairs in zip(self._open, texts, strict=True):
            self._add(second, firsts[[isinstance(settled[pair], str) for pair in pairs]])
            for doubt in Doubt:
                self._doubt(second, firsts[[settled[pair] is doubt for pair in pairs]], doubt)

    def _add(self, index: int, found: Indices) -> None:
        if len(found):
            self._rivals.setdefault(index, []).append(found.astype(np.int32))

    def _doubt(self, index: int, found: Indices, doubt: Doubt) -> None:
        if len(found):
            self._undecided.append(Undecided(index, found, doubt))
