"""P002: a pattern that only backtracking decides, within a time limit."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from attribution.automata.automaton import MAX_STATES
from attribution.matching.decider import TIMEOUT
from attribution.validation.check import Check, Notice, Severity, Subject, program
from attribution.validation.checks.patterns.constructs import irregular
from attribution.validation.checks.patterns.hunting import Hunt
from attribution.validation.checks.patterns.pattern_reading import Readings, named
from attribution.validation.checks.patterns.planned import Decided
from attribution.validation.promo_code_naming import code_text

_SHOWN: Final = 40


def find(subject: Subject) -> Iterator[Notice]:
    """Every pattern that the matcher does not decide by automata alone."""
    known = subject.shared(Readings)
    for index, trial in subject.shared(Hunt).trials.items():
        opaque = known.in_force.decided(index) is Decided.OPAQUE
        notice = _opaque(subject, known, index) if opaque else _too_large(subject, index)
        untried = "" if trial.finished else "; there was no time left to find out whether some used code is slow"
        facts = {**notice.facts, "tried": trial.finished}
        yield replace(notice, message=notice.message + untried, facts=facts)


def _opaque(subject: Subject, known: Readings, index: int) -> Notice:
    """The notice on a pattern that is not regular, or not written in what is known to be."""
    found = known.alike(irregular, index)
    span = None if found is None else known.span(index, found.start, found.stop)
    part = "" if span is None else subject.promo_codes[index].code[slice(*span)]
    shown = part if len(part) <= _SHOWN else f"{part[:_SHOWN]}..."
    what = "something" if found is None else f"the {found.name} '{code_text(shown)}'"
    return Notice(
        message=f"{named(subject, index)} has {what}, for which no automaton is made: "
        f"it is decided by backtracking, for at most {TIMEOUT:g} s per used code",
        help="say it with alternatives, classes and counts, or with promo codes of their own",
        promo_codes=(index,),
        span=span,
        facts={"construct": found.name if found else None, "text": part or None, "timeout_seconds": TIMEOUT},
    )


def _too_large(subject: Subject, index: int) -> Notice:
    """The notice on a pattern whose automaton would be too large."""
    return Notice(
        message=f"{named(subject, index)} needs an automaton of more than {MAX_STATES} states: "
        f"it is decided by backtracking, for at most {TIMEOUT:g} s per used code",
        help="lower the counts of its repeats, or let less of it be any character",
        promo_codes=(index,),
        facts={"construct": "too large an automaton", "text": None, "timeout_seconds": TIMEOUT},
    )


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
