"""Where `full` and `search` differ: the shortest used code that a pattern is found in but does not match as a whole.

Exact for patterns that automata decide. A pattern with one required literal is compared piece by piece, what stands
before the literal and what stands after it: these pieces are the same for thousands of patterns, and each is
compared once. Of a pattern that only `regex` decides a few used codes are tried; what they show is true, but they may
show nothing where there is something.
"""

from itertools import product

from attribution.automata.automaton import TooLarge
from attribution.automata.difference import shortest, shortest_difference
from attribution.matching.decider import holds
from attribution.matching.index.plan import Entry
from attribution.patterns import compile
from attribution.patterns.tree import has_opaque, without_anchors
from attribution.terms import WHITE_SPACE
from attribution.validation.checks.patterns.pattern_reading import Readings
from attribution.validation.checks.patterns.planned import Decided

_TIMEOUT = 0.02


def telling_code(known: Readings, index: int) -> str | None:
    """The shortest used code that tells the two apart; None if none was found."""
    if known.full.decided(index) is Decided.OPAQUE:
        return _tried(known, index)
    full, search = known.full.only_entry(index), known.search.only_entry(index)
    try:
        if full and search and full[1:3] == search[1:3]:
            code = _by_pieces(known, full, search)
            # Pieces know nothing of the ends of a literal, and what is beyond ASCII is not looked up by pieces.
            if code is None or (_is_plain(code) and known.full.accepts(index, code) is False):
                return code
        return shortest_difference(known.whole(index, search=True), known.whole(index, search=False))
    except TooLarge:
        return _tried(known, index)


def _is_plain(code: str) -> bool:
    """Whether it is a used code, stripped, of ASCII characters."""
    return code.isascii() and code == code.strip(WHITE_SPACE)


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
    compiled = compile(known.code(index))
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
