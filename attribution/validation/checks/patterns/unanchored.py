"""P008: a pattern that means something else when it is searched for than when it must match the whole used code."""

from collections.abc import Iterator
from itertools import product
from typing import Final

from attribution.automata.automaton import TooLarge
from attribution.automata.difference import shortest, shortest_difference
from attribution.matching.decider import holds
from attribution.matching.index.plan import Entry
from attribution.matching.language import SEARCHED
from attribution.patterns import compile
from attribution.patterns.tree import has_opaque, without_anchors
from attribution.terms import WHITE_SPACE
from attribution.validation.check import Check, Notice, Severity, Subject, program
from attribution.validation.checks.patterns.loose_alternation import loose_alternation
from attribution.validation.checks.patterns.pattern_reading import Decided, Readings, named


def find(subject: Subject) -> Iterator[Notice]:
    """Every pattern whose used codes depend on `regex_match`; a loose alternation is left to P013."""
    known = subject.shared(Readings)
    chosen = "regex_match" in subject.settings.model_fields_set
    full = not SEARCHED[subject.settings.regex_match]
    for index in known.indices:
        if known.impossible(index) or known.alike(loose_alternation, index):
            continue
        code = telling_code(known, index)
        if code is None:
            continue
        verdict = "does not match" if full else "matches"
        yield Notice(
            message=f"{named(subject, index)} is not anchored at both ends: with regex_match: "
            f"{subject.settings.regex_match} it {verdict} {code!r}, with {'search' if full else 'full'} it would"
            + ("" if full else " not"),
            help="write ^ before and $ behind the whole, or .* where more may follow, as in '^(SUMMER).*'",
            promo_codes=(index,),
            facts={"used_code": code, "regex_match": str(subject.settings.regex_match)},
            severity=Severity.INFO if chosen else Severity.WARNING,
        )


_TIMEOUT: Final = 0.02


def telling_code(known: Readings, index: int) -> str | None:
    """The shortest used code that a pattern is found in but does not match as a whole; None if none was found.

    Exact for patterns that automata decide. A pattern with one required literal is compared piece by piece, what stands
    before the literal and what after it: these pieces are the same for thousands of patterns, and each is compared
    once. Of a pattern that only `regex` decides a few used codes are tried; what they show is true, but they may show
    nothing where there is something.
    """
    if known.full.decided(index) is Decided.OPAQUE:
        return _tried(known, index)
    full, search = known.full.only_entry(index), known.search.only_entry(index)
    try:
        if full and search and full[1:3] == search[1:3]:
            code = _by_pieces(known, full, search)
            # Pieces know nothing of the ends of a literal, and what is beyond ASCII is not looked up by pieces.
            if code is None or (code == code.strip(WHITE_SPACE) and known.full.accepts(index, code) is False):
                return code
        return shortest_difference(known.whole(index, search=True), known.whole(index, search=False))
    except TooLarge:
        return _tried(known, index)


def _by_pieces(known: Readings, full: Entry, search: Entry) -> str | None:
    """The shortest code one of whose pieces, head or tail, only `search` allows.

    It may still match as a whole by another occurrence of the literal: the caller has to look.
    """
    narrow, wide = known.full.languages.trees, known.search.languages.trees
    before = shortest_difference(wide[search.head], narrow[full.head], ends=False)
    after = shortest_difference(wide[search.tail], narrow[full.tail], begins=False)
    literal = search.literal.upper() if search.ignore_case else search.literal
    first, last = shortest(wide[search.head], ends=False), shortest(wide[search.tail], begins=False)
    ways = [
        start + literal + end
        for start, end in ((before, last), (first, after))
        if start is not None and end is not None
    ]
    return min(ways, key=len, default=None)


def _tried(known: Readings, index: int) -> str | None:
    """One of a few used codes around a text that the pattern may match."""
    tree = known.whole(index, search=False)
    try:
        core = shortest(without_anchors(tree) if has_opaque(tree) else tree)
    except TooLarge:
        return None
    if core is None:
        return None
    compiled = compile(known.codes[index])
    for before, after in product(("", "X", "1"), repeat=2):
        code = before + core + after
        if code.strip(WHITE_SPACE) != code:
            continue
        found, whole = (holds(compiled, code, search=search, limit=_TIMEOUT) for search in (True, False))
        if found is None or whole is None:
            return None
        if found and not whole:
            return code
    return None


CHECK: Final = Check(
    code="P008",
    slug="unanchored",
    severity=Severity.WARNING,
    summary="a pattern that `full` and `search` read differently",
    why="""\
Whether a pattern must match the whole used code or any part of it is decided by the setting
`regex_match`; the platform does not document which of the two it does itself. Its own recipes,
`^(SUMMER).*` and `^.*(SUMMER)$`, mean the same either way. `SUMMER-[0-9]+` does not: searched
for, it also takes MIDSUMMER-10X. The used code in the message is the shortest that shows it. For a
program that sets `regex_match` itself it is an info, as somebody has decided.
facts: used_code, regex_match (the one in force)""",
    example=program('id: A1, code: "SUMMER-[0-9]+", match_mode: RE, credit_rule: ALWAYS, partner_id: amy'),
    mend="Anchor the pattern at both ends, or end it in `.*`; then the setting does not matter.",
    mending={"SUMMER-[0-9]+": "^SUMMER-[0-9]+$"},
    find=find,
)
