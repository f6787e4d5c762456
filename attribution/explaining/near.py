"""Promo codes that a used code nearly matches, and what keeps them apart.

Near means: it would match if one or more `Difference`s were not. Texts are compared without regard to ASCII case and to
white space inside, patterns also against a part of the used code; then it is found out which of these leniences were
needed, the fewest that do. What decides matching itself is elsewhere; nothing here changes who is credited.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from itertools import combinations
from typing import Final, NamedTuple

from attribution import patterns
from attribution.errors import PatternError
from attribution.matching import Matcher
from attribution.matching.pattern_timeout import PatternTimeoutError
from attribution.program import Program, PromoCode
from attribution.terms import WHITE_SPACE, LiteralCase, MatchMode, RegexMatch

SHORTEST_PART: Final = 3
"""Characters; a pattern that matches less of a used code is not near it."""

_PATIENCE: Final = 0.2  # seconds for one pattern and one used code
_GIVEN_UP: Final = 10  # patterns that only backtracking decides, and that took too long
_NO_SPACE: Final = dict.fromkeys(map(ord, WHITE_SPACE))
_LOWER: Final = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


class Difference(StrEnum):
    """What keeps a used code and a promo code apart."""

    CASE = "CASE"
    WHITE_SPACE = "WHITE_SPACE"
    PART = "PART"
    PROGRAM = "PROGRAM"
    NOT_YET = "NOT_YET"
    ENDED = "ENDED"
    STATE = "STATE"


_OF_TEXT: Final = (Difference.CASE, Difference.WHITE_SPACE, Difference.PART)


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A promo code that a used code would match but for its `differences`, of which there is at least one.

    `part` is what of the used code the pattern does match, with `Difference.PART`.
    """

    used_code: str
    promo_code: PromoCode
    differences: tuple[Difference, ...]
    part: str | None = None


class _Rule(NamedTuple):
    id: str
    code: str
    match_mode: MatchMode


class _Lenient(NamedTuple):
    literal_case: LiteralCase = LiteralCase.SENSITIVE
    regex_match: RegexMatch = RegexMatch.SEARCH


class NearMisses:
    """Finds near misses in one program. The first question costs some 0.3 s for 100,000 promo codes, others 1 ms."""

    def __init__(self, program: Program) -> None:
        self._codes = program.promo_codes
        self._settings = program.settings
        self._program_ids = program.program_ids

    def of(self, used_code: str, *, at: datetime | None = None, program_id: str | None = None) -> list[NearMiss]:
        """The near misses of one used code: fewest differences first, then literals, then by id.

        `at` is the conversion's time; without it dates and states are left aside. `program_id` is its program; without
        it, promo codes of every program are considered.
        """
        code = used_code.strip(WHITE_SPACE)
        if not code:
            return []
        found = (self._compare(code, self._codes[index], at, program_id) for index in self._candidates(code))
        misses = [miss for miss in found if miss is not None and miss.differences]
        return sorted(misses, key=_order)

    def _candidates(self, code: str) -> list[int]:
        """The promo codes whose text matches with every lenience, and perhaps some more."""
        squeezed = code.translate(_NO_SPACE)
        found = set(self._literals.get(squeezed.translate(_LOWER), ()))
        for text in {code, squeezed}:
            found.update(self._patterns_in(text))
        return sorted(found)

    @cached_property
    def _literals(self) -> dict[str, list[int]]:
        """Literal in lower case and without white space -> its promo codes."""
        found: dict[str, list[int]] = defaultdict(list)
        for index, promo_code in enumerate(self._codes):
            if promo_code.match_mode is MatchMode.LI:
                found[promo_code.code.translate(_NO_SPACE).translate(_LOWER)].append(index)
        return found

    @cached_property
    def _patterns(self) -> dict[str, tuple[int, _Rule]]:
        """The patterns by id, such that they ignore case."""
        return {
            code.id: (index, _Rule(code.id, f"(?i){code.code}", code.match_mode))
            for index, code in enumerate(self._codes)
            if code.match_mode is MatchMode.RE
        }

    @cached_property
    def _lenient(self) -> Matcher:
        return Matcher([rule for _, rule in self._patterns.values()], _Lenient())

    def _patterns_in(self, text: str) -> Iterator[int]:
        """The patterns that match a part of the text, in any case."""
        for _ in range(_GIVEN_UP):
            try:
                indices = [index for index, _ in self._patterns.values()]
                yield from (indices[found] for found in self._lenient.match_one(text))
                return
            except PatternTimeoutError as error:
                # Searched for, a pattern may take for ever that as a whole does not: it is near nothing.
                del self._patterns[error.promo_code_id]
                del self._lenient

    def _compare(
        self, code: str, promo_code: PromoCode, at: datetime | None, program_id: str | None
    ) -> NearMiss | None:
        if promo_code.match_mode is MatchMode.LI:
            texts, part = self._literal_differences(code, promo_code.code), None
        else:
            texts, part = self._pattern_differences(code, promo_code.code)
        if texts is None:
            return None
        return NearMiss(code, promo_code, (*texts, *_beyond_text(promo_code, at, program_id)), part)

    def _literal_differences(self, code: str, literal: str) -> tuple[Difference, ...] | None:
        tolerated = (Difference.CASE,) if self._settings.literal_case is LiteralCase.INSENSITIVE else ()
        for needed in _fewest(Difference.CASE, Difference.WHITE_SPACE):
            if not set(tolerated) & set(needed):
                lenient = (*tolerated, *needed)
                if _compared(code, lenient) == _compared(literal, lenient):
                    return needed
        return None

    def _pattern_differences(self, code: str, pattern: str) -> tuple[tuple[Difference, ...] | None, str | None]:
        """The differences, None where even leniently nothing matches, and the part of the code that matches."""
        for needed in _fewest(*_OF_TEXT):
            search = self._settings.regex_match is RegexMatch.SEARCH
            if search and Difference.PART in needed:
                continue
            ignoring_case = f"(?i){pattern}" if Difference.CASE in needed else pattern
            text = code.translate(_NO_SPACE) if Difference.WHITE_SPACE in needed else code
            part = _matched(ignoring_case, text, search=search or Difference.PART in needed)
            if part is not None and (Difference.PART not in needed or len(part) >= SHORTEST_PART):
                return needed, part if Difference.PART in needed else None
        return None, None


def _fewest(*differences: Difference) -> Iterator[tuple[Difference, ...]]:
    """All sets of them, the small ones first."""
    for size in range(len(differences) + 1):
        yield from combinations(differences, size)


def _compared(literal: str, lenient: tuple[Difference, ...]) -> str:
    text = literal.translate(_NO_SPACE) if Difference.WHITE_SPACE in lenient else literal
    return text.translate(_LOWER) if Difference.CASE in lenient else text


def _matched(pattern: str, text: str, *, search: bool) -> str | None:
    """What the pattern matches of the text, the most if several parts; None if nothing does, or not in time."""
    try:
        compiled = patterns.compile(pattern)
        if not search:
            return None if compiled.fullmatch(text, timeout=_PATIENCE) is None else text
        return max((found[0] for found in compiled.finditer(text, timeout=_PATIENCE)), key=len, default=None)
    except (PatternError, TimeoutError):
        return None


def _beyond_text(promo_code: PromoCode, at: datetime | None, program_id: str | None) -> Iterator[Difference]:
    """What else than its text keeps a promo code from matching."""
    if program_id is not None and promo_code.program_id not in (None, program_id):
        yield Difference.PROGRAM
    if at is None or promo_code.is_active(at):
        return
    if promo_code.never_active:
        yield Difference.STATE
    else:
        early = promo_code.start_date is not None and at < promo_code.start_date
        yield Difference.NOT_YET if early else Difference.ENDED


def _order(miss: NearMiss) -> tuple[int, bool, str]:
    return len(miss.differences), miss.promo_code.match_mode is MatchMode.RE, miss.promo_code.id
