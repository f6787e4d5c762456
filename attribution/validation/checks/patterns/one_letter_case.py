"""P010: a pattern in one letter case, beside literals that are matched in any."""

from collections.abc import Iterator
from typing import Final

from attribution.automata.automaton import TooLarge
from attribution.automata.difference import shortest
from attribution.matching.decider import holds
from attribution.matching.language import FOLDED
from attribution.patterns import compile
from attribution.patterns.tree import has_opaque
from attribution.terms import WHITE_SPACE
from attribution.validation.check import Check, Notice, Severity, Subject
from attribution.validation.checks.patterns.letter_case import LOWER, UPPER, cases_of, has_case, in_other_case
from attribution.validation.checks.patterns.pattern_reading import Readings, named

_TIMEOUT: Final = 0.02


def find(subject: Subject) -> Iterator[Notice]:
    """Every pattern that insists on one case, where the program's literals do not."""
    lettered = any(has_case(subject.promo_codes[index].code) for index in subject.literals)
    if not FOLDED[subject.settings.literal_case] or not lettered:
        return
    known = subject.shared(Readings)
    for index in known.indices:
        case = cases_of(known.in_force, index)
        if case not in {UPPER, LOWER} or known.impossible(index):
            continue
        codes = _matched_and_missed(known, index, case)
        if codes is None:
            continue
        matched, missed = codes
        yield Notice(
            message=f"{named(subject, index)} matches {matched!r} but not {missed!r}, "
            "while literals of the program are matched in whatever case",
            help="write (?i) at the start or directly after the leading ^",
            promo_codes=(index,),
            facts={"matched": matched, "missed": missed},
        )


def _matched_and_missed(known: Readings, index: int, case: int) -> tuple[str, str] | None:
    """A used code that the pattern matches, and the same in the other case, which it does not."""
    matched = _shortest(known, index)
    if matched is None or matched != matched.strip(WHITE_SPACE):
        return None
    missed = in_other_case(matched, case)
    if missed == matched or _matches(known, index, missed) or not _matches(known, index, matched):
        return None
    return matched, missed


def _shortest(known: Readings, index: int) -> str | None:
    """A shortest text that the pattern may match, piece by piece where it has one required literal."""
    planned = known.full
    entry = planned.only_entry(index)
    try:
        if entry is not None and not entry.ignore_case:
            head = shortest(planned.languages.trees[entry.head], ends=False)
            tail = shortest(planned.languages.trees[entry.tail], begins=False)
            return None if head is None or tail is None else head + entry.literal + tail
        tree = known.whole(index, search=False)
        return None if has_opaque(tree) else shortest(tree)
    except TooLarge:
        return None


def _matches(known: Readings, index: int, used_code: str) -> bool:
    answer = known.in_force.accepts(index, used_code) if used_code.isascii() else None
    if answer is not None:
        return answer
    return holds(compile(known.codes[index]), used_code, search=known.in_force.search, limit=_TIMEOUT) is True


CHECK: Final = Check(
    code="P010",
    slug="one-letter-case",
    severity=Severity.INFO,
    summary="a pattern in one letter case beside literals that are matched in any",
    why="""\
With `literal_case: insensitive` (as the preset impact.com has it) customers may type a literal in
whatever case, but a regex stays case-sensitive: `^(SUMMER).*` misses summer10, and its partner is
not credited. The platform's recipe for a regex without case is `^(?i)(SUMMER).*`. It is an info,
as the shop may well turn what customers type into upper case.
facts: matched, missed (the same used code in the other case)""",
    example="""\
preset: impact.com
promo_codes:
  - {id: A1, code: "^(SUMMER).*", match_mode: RE, credit_rule: ALWAYS, partner_id: amy}
  - {id: B1, code: "WINTER24", match_mode: LI, credit_rule: ALWAYS, partner_id: bob}
""",
    mend="Put `(?i)` at the start of the pattern or directly after its `^`.",
    mending={"^(SUMMER)": "^(?i)(SUMMER)"},
    find=find,
)
