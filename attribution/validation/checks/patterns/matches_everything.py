"""P006: a pattern that matches every used code, or most of them.

Measured on two populations of used codes, each of 4 to 12 characters, every length weighing the same and every text
of a length too: upper-case letters and digits, and upper-case letters alone. For a pattern with an automaton the
share is exact, by counting the paths through it; for one that only `regex` decides it is the share among codes drawn
once and for all. A pattern that must contain some text of its own is never broad and costs nothing here.
"""

from collections.abc import Iterator
from functools import lru_cache
from random import Random
from string import ascii_uppercase, digits
from typing import Final, NamedTuple

from attribution.automata.automaton import START, Dfa
from attribution.matching.decider import holds
from attribution.patterns import compile
from attribution.terms import CreditRule
from attribution.validation.check import Check, Notice, Severity, Subject, program
from attribution.validation.checks.patterns.pattern_reading import Readings, named

LENGTHS: Final = range(4, 13)
BROAD: Final = 0.5
_POPULATIONS: Final = (("letters and digits", ascii_uppercase + digits), ("letters", ascii_uppercase))
_DRAWN: Final = 10
_TIMEOUT: Final = 0.02


class Broad(NamedTuple):
    """The population that a pattern matches most of, and the share of it: 1 is every used code.

    `exact` unless the share is that among codes drawn.
    """

    population: str
    share: float
    exact: bool


def broad(known: Readings, index: int) -> Broad | None:
    """Of which population the pattern matches more than half, if of any; letters and digits come first."""
    for name, alphabet in _POPULATIONS:
        share, exact = _share(known, index, alphabet)
        if share > BROAD:
            return Broad(name, share, exact)
    return None


def _share(known: Readings, index: int, alphabet: str) -> tuple[float, bool]:
    """The share of the population over the alphabet, and whether it is exact."""
    planned = known.in_force
    if index in planned.scanned:
        automaton = planned.languages.automaton(planned.scanned[index])
        if automaton is not None:
            return _counted(automaton, alphabet), True
    elif index not in planned.opaque:
        return 0.0, True
    return _sampled(known.codes[index], alphabet, search=planned.search), False


@lru_cache(maxsize=4096)
def _counted(automaton: Dfa, alphabet: str) -> float:
    """The mean over the lengths of the share of texts that the automaton accepts."""
    classes = [automaton.classes[ord(char)] for char in alphabet]
    weights = {kind: classes.count(kind) / len(classes) for kind in set(classes)}
    chances = {START: 1.0}
    total = 0.0
    for length in range(1, LENGTHS.stop):
        following: dict[int, float] = {}
        for state, chance in chances.items():
            for kind, weight in weights.items():
                if there := automaton.rows[state][kind]:
                    following[there] = following.get(there, 0.0) + chance * weight
        chances = following
        if length in LENGTHS:
            total += sum(chance for state, chance in chances.items() if automaton.accepting[state])
    return round(total / len(LENGTHS), 6)


@lru_cache(maxsize=1024)
def _sampled(pattern: str, alphabet: str, *, search: bool) -> float:
    """The share among codes drawn from the population; one that takes too long ends it."""
    compiled = compile(pattern)
    codes = _drawn(alphabet)
    matched = 0
    for code in codes:
        answer = holds(compiled, code, search=search, limit=_TIMEOUT)
        if answer is None:
            return 0.0
        matched += answer
    return matched / len(codes)


@lru_cache
def _drawn(alphabet: str) -> tuple[str, ...]:
    """Used codes of the population, always the same."""
    random = Random(alphabet)
    return tuple("".join(random.choices(alphabet, k=length)) for length in LENGTHS for _ in range(_DRAWN))


def find(subject: Subject) -> Iterator[Notice]:
    """Every broad pattern; with ALWAYS an error, as its partner is paid for other partners' codes."""
    known = subject.shared(Readings)
    for index in sorted((*known.in_force.scanned, *known.in_force.opaque)):
        found = broad(known, index)
        if found is None:
            continue
        always = subject.promo_codes[index].credit_rule is CreditRule.ALWAYS
        yield Notice(
            message=f"{named(subject, index)} matches {_how_many(found)} of {LENGTHS.start} to {LENGTHS.stop - 1} "
            f"{found.population}" + (", and its rule is ALWAYS" if always else ""),
            help="name what only the partner's own codes have, as in '^(SUMMER).*'",
            promo_codes=(index,),
            facts={"population": found.population, "share": round(found.share, 4)},
            severity=Severity.ERROR if always else Severity.WARNING,
        )


def _how_many(found: Broad) -> str:
    if found.share >= 1:
        return "every used code" if found.exact else "nearly every used code"
    return f"{min(found.share, 0.99):.0%} of all used codes"


CHECK: Final = Check(
    code="P006",
    slug="matches-everything",
    severity=Severity.WARNING,
    summary="a pattern that matches every used code, or most (an error with ALWAYS)",
    why="""\
A pattern such as `.*`, `\\w+` or `[A-Z0-9]{4,}` matches whatever a customer enters, also the codes
of other partners and codes of nobody. With ALWAYS its partner is paid for all of them, which is
an error. With `regex_match: search` whatever matches the empty text or any one character does
the same. The measure: of the texts of 4 to 12 upper-case letters and digits, or of those of
letters alone, more than half match, each length weighing the same.
facts: population (letters and digits, or letters), share (1 is every used code)""",
    example=program('id: A1, code: "^[A-Z0-9]+$", match_mode: RE, credit_rule: ALWAYS, partner_id: amy'),
    mend="Let the pattern begin or end with a text that only the partner's codes have.",
    mending={"^[A-Z0-9]+": "^AMY[A-Z0-9]+"},
    find=find,
)
