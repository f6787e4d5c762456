"""P002: a pattern that only backtracking decides, within a time limit."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from attribution.automata.automaton import MAX_STATES
from attribution.matching.decider import TIMEOUT
from attribution.patterns.edges import whole
from attribution.patterns.syntax import parse
from attribution.patterns.tokens import Kind, Token, closing, tokens
from attribution.patterns.tree import has_opaque
from attribution.validation.check import Check, Notice, Severity, Subject, program
from attribution.validation.checks.patterns.hunting import Hunt
from attribution.validation.checks.patterns.pattern_reading import Decided, Readings, named
from attribution.validation.promo_code_naming import code_text

_SHOWN: Final = 40


def find(subject: Subject) -> Iterator[Notice]:
    """Every pattern that the matcher does not decide by automata alone."""
    known = subject.shared(Readings)
    for index, trial in subject.shared(Hunt).trials.items():
        opaque = known.in_force.decided(index) is Decided.OPAQUE
        found = known.alike(irregular, index) if opaque else None
        span = known.span(index, found.start, found.stop) if found else None
        part = known.codes[index][slice(*span)] if span else ""
        name = found.name if found else None if opaque else "too large an automaton"
        why = _not_regular(name, part) if opaque else f"needs an automaton of more than {MAX_STATES} states"
        untried = "" if trial.finished else "; there was no time left to find out whether some used code is slow"
        yield Notice(
            message=f"{named(subject, index)} {why}: it is decided by backtracking, "
            f"for at most {TIMEOUT:g} s per used code{untried}",
            help="say it with alternatives, classes and counts, or with promo codes of their own"
            if opaque
            else "lower the counts of its repeats, or let less of it be any character",
            promo_codes=(index,),
            span=span,
            facts={"construct": name, "text": part or None, "timeout_seconds": TIMEOUT, "tried": trial.finished},
        )


def _not_regular(name: str | None, part: str) -> str:
    shown = part if len(part) <= _SHOWN else f"{part[:_SHOWN]}..."
    what = f"the {name} '{code_text(shown)}'" if name else "something"
    return f"has {what}, for which no automaton is made"


_NAMES: Final = (
    (Kind.REFERENCE, "", "back-reference"),
    (Kind.CALL, "", "call of a group"),
    (Kind.VERB, "", "verb"),
    (Kind.FUZZY, "", "fuzzy match"),
    (Kind.OPEN, r"\(\?=", "look-ahead"),
    (Kind.OPEN, r"\(\?!", "negative look-ahead"),
    (Kind.OPEN, r"\(\?<=", "look-behind"),
    (Kind.OPEN, r"\(\?<!", "negative look-behind"),
    (Kind.OPEN, r"\(\?>", "atomic group"),
    (Kind.OPEN, r"\(\?\(", "conditional group"),
    (Kind.OPEN, r"(?!\(\?[ims-]*:).*:$", "group with flags of its own"),
    (Kind.QUANTIFIER, r".+\+$", "possessive repeat"),
    (Kind.FLAGS, r"(?!\(\?[imsau0V]*\)$)", "flag"),
    (Kind.ESCAPE, r"\\[bBmM]", "word boundary"),
    (Kind.ESCAPE, r"\\[RXKG]", "escape"),
    (Kind.ESCAPE, r"\\[NL]", "named escape"),
    (Kind.ESCAPE, r"\\\d", "octal escape"),
)
"""What is never regular, or never read as such: the kind of its token, how that begins, what it is called."""

_OTHERS: Final = {Kind.ANCHOR: "inner anchor", Kind.CHARACTER: "character", Kind.CLASS: "class", Kind.ESCAPE: "escape"}


class Construct(NamedTuple):
    """What it is called, and where it stands in the hoisted pattern."""

    name: str
    start: int
    stop: int


def irregular(text: str) -> Construct | None:
    """The first part of a hoisted pattern that keeps it from being decided by an automaton."""
    cut = tokens(text)
    return next(_named(cut), None) or next(_by_removal(cut), None)


def _named(cut: tuple[Token, ...]) -> Iterator[Construct]:
    """Parts that can be told by what they are."""
    for at, token in enumerate(cut):
        for kind, beginning, name in _NAMES:
            if token.kind is kind and re.match(beginning, token.text):
                last = cut[closing(cut, at)] if kind is Kind.OPEN else token
                yield Construct(name, token.start, last.stop)


def _by_removal(cut: tuple[Token, ...]) -> Iterator[Construct]:
    """Parts without which the rest could be decided: an anchor in the middle, a brace that is read as itself, a class
    among alternatives that mix letter case.

    One alone where that does, else the last of the first few.
    """
    suspects = [at for at, token in enumerate(cut) if token.kind in _OTHERS and not token.text.isalnum()]
    ways = [(at,) for at in suspects] + [tuple(suspects[: many + 1]) for many in range(len(suspects))]
    for removed in ways:
        texts = [token.text for token in cut]
        for at in removed:
            texts[at] = "" if cut[at].kind is Kind.ANCHOR else "A"
        if not has_opaque(whole(parse("".join(texts)), search=False)):
            last = cut[removed[-1]]
            yield Construct(_OTHERS[last.kind], last.start, last.stop)


CHECK: Final = Check(
    code="P002",
    slug="runs-under-timeout",
    severity=Severity.INFO,
    summary="a pattern that only backtracking decides, under a timeout",
    why="""\
Most patterns are turned into automata, which read a used code once and cannot hang. Look-around,
back-references, word boundaries, possessive and atomic groups have none, and a pattern such as
`.*A.{30}` would need too large a one. These are left to `regex`, one used code at a time. That
is slower, and a used code that takes longer than a second stops the run (where an automaton
exists after all, it then takes over). P003 and P004 say whether there is such a used code.
facts: construct (its name), text (as written, or none), timeout_seconds, tried (whether slow used
codes were looked for to the end)""",
    example=program('id: A1, code: "^SUMMER(?!TEST)[A-Z]+$", match_mode: RE, credit_rule: ALWAYS, partner_id: amy'),
    mend="Write the pattern without such a part, or keep it and let P003 and P004 watch it.",
    mending={"(?!TEST)": ""},
    find=find,
)
