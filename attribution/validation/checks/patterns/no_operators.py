"""P007: a pattern without operators, which is a literal in all but its match mode."""

from collections.abc import Iterator
from typing import Final

from attribution.matching.index.plan import NOTHING
from attribution.matching.language import FOLDED
from attribution.patterns.tree import Literal, Repeat
from attribution.validation.check import Check, Notice, Severity, Subject, program
from attribution.validation.checks.patterns.letter_case import has_case
from attribution.validation.checks.patterns.pattern_reading import Planned, Readings, named

_FINAL_NEWLINE: Final = Repeat(Literal("\n"), 0, 1)


def find(subject: Subject) -> Iterator[Notice]:
    """Every pattern that matches one used code, as a literal would."""
    known = subject.shared(Readings)
    folded = FOLDED[subject.settings.literal_case]
    for index in known.in_force.entries:
        found = _only_text(known.in_force, index)
        if found is None or known.impossible(index):
            continue
        text, ignore_case = found
        if ignore_case and not folded:
            continue
        wider = folded and not ignore_case and has_case(text)
        yield Notice(
            message=f"{named(subject, index)} has no operators: it matches {text!r} and nothing else"
            + (", in whatever case" if ignore_case else ""),
            help=f"give it match mode LI and the code {text!r}, which then precedes every regex"
            + (" and is matched in whatever case" if wider else ""),
            promo_codes=(index,),
            facts={"literal": text, "case_would_change": wider},
        )


def _only_text(planned: Planned, index: int) -> tuple[str, bool] | None:
    """The one text that the pattern matches, and whether it does in any case; None where there are several."""
    entry = planned.only_entry(index)
    if entry is None or entry.head != NOTHING:
        return None
    # `$` also holds before a newline at the end, which no used code has.
    if entry.tail != NOTHING and planned.languages.trees[entry.tail] != _FINAL_NEWLINE:
        return None
    return entry.literal, entry.ignore_case and entry.literal.upper() != entry.literal


CHECK: Final = Check(
    code="P007",
    slug="no-operators",
    severity=Severity.INFO,
    summary="a pattern without operators, which should be a literal",
    why="""\
A pattern that matches a single text is better a literal: it is easier to read, and nobody takes
it for a prefix. Two things change with the mode. A literal precedes every regex, so it may win
against one that precedes it now. And with `literal_case: insensitive` it is matched in whatever
case, where a regex is case-sensitive. Anchors do not count as operators.
facts: literal, case_would_change (whether more used codes would match than now)""",
    example=program('id: A1, code: "^SUMMER10$", match_mode: RE, credit_rule: ALWAYS, partner_id: amy'),
    mend="Make it a literal; or, if codes that begin with it are meant, say so in the pattern.",
    mending={'"^SUMMER10$", match_mode: RE': '"SUMMER10", match_mode: LI'},
    find=find,
)
