"""P009: anchors that change nothing, whichever way patterns are matched."""

from collections.abc import Iterator
from typing import Final

from attribution.automata.automaton import TooLarge
from attribution.automata.difference import shortest_difference
from attribution.patterns.edges import whole
from attribution.patterns.syntax import parse
from attribution.patterns.tokens import Kind, Token, tokens
from attribution.patterns.tree import has_opaque
from attribution.validation.check import Check, Notice, Severity, Subject, program
from attribution.validation.checks.patterns.pattern_reading import Readings, named

Found = tuple[tuple[int, int], ...]


def find(subject: Subject) -> Iterator[Notice]:
    """Every pattern with an anchor that could be left out."""
    known = subject.shared(Readings)
    for index, found in known.each(superfluous):
        spans = [known.span(index, *place) for place in found]
        anchors = [known.codes[index][start:stop] for start, stop in spans]
        yield Notice(
            message=f"{named(subject, index)} means the same without {' and '.join(map(repr, anchors))}, "
            "whether it is searched for or must match the whole used code",
            help="leave it out" if len(spans) == 1 else "leave them out",
            promo_codes=(index,),
            span=spans[0],
            facts={"anchors": anchors},
        )


def superfluous(text: str) -> Found:
    """The anchors of a hoisted pattern that can be left out, one after the other, with no used code the wiser.

    Only an anchor beside `.*` or beside another anchor can be one. A leading `^.*` is spared where the end is
    anchored in earnest: `^.*(SUMMER)$` is the platform's recipe.
    """
    cut = [token for token in tokens(text) if token.kind is not Kind.IGNORED]
    found: list[Token] = []
    for at in range(len(cut) - 1, -1, -1):
        if _may_be_superfluous(cut, at) and _same(_without(text, found), _without(text, [*found, cut[at]])):
            found.append(cut[at])
    last = cut[-1] if cut else None
    if last and last.kind is Kind.ANCHOR and last not in found:
        found = [token for token in found if token.text != "^" or _is_doubled(cut, cut.index(token))]
    return tuple((token.start, token.stop) for token in reversed(found))


def _may_be_superfluous(cut: list[Token], at: int) -> bool:
    """Whether the token is an anchor beside `.*` or another anchor."""
    if cut[at].kind is not Kind.ANCHOR:
        return False
    after = "".join(token.text for token in cut[at + 1 : at + 3])
    before = "".join(token.text for token in cut[max(0, at - 2) : at])
    return after.startswith(".*") or before.endswith(".*") or _is_doubled(cut, at)


def _is_doubled(cut: list[Token], at: int) -> bool:
    return any(0 <= beside < len(cut) and cut[beside].kind is Kind.ANCHOR for beside in (at - 1, at + 1))


def _without(text: str, left_out: list[Token]) -> str:
    """The pattern without the tokens, of which later ones come first."""
    for token in left_out:
        text = text[: token.start] + text[token.stop :]
    return text


def _same(one: str, other: str) -> bool:
    """Whether both patterns surely match the same used codes in either way."""
    for search in (False, True):
        first, second = whole(parse(one), search=search), whole(parse(other), search=search)
        if has_opaque(first) or has_opaque(second):
            return False
        try:
            if shortest_difference(first, second) is not None or shortest_difference(second, first) is not None:
                return False
        except TooLarge:
            return False
    return True


CHECK: Final = Check(
    code="P009",
    slug="redundant-anchors",
    severity=Severity.INFO,
    summary="anchors that change nothing",
    why="""\
In `^.*SUMMER.*$` neither anchor does anything: `.*` reaches the ends anyway. The same goes for
`^^` and for the `$` in `^(SUMMER).*$`. Only what is superfluous with `regex_match: full` and with
`search` alike is reported: `^(SUMMER)$` is fine, as it means the same under both. So are the
platform's recipes `^(SUMMER).*`, `^.*(SUMMER)$` and `^(?i)(SUMMER).*`.
facts: anchors (what can be left out)""",
    example=program('id: A1, code: "^.*SUMMER.*$", match_mode: RE, credit_rule: ALWAYS, partner_id: amy'),
    mend="Leave the anchors out.",
    mending={"^.*SUMMER.*$": ".*SUMMER.*"},
    find=find,
)
