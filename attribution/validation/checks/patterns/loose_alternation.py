"""P013: alternatives without brackets, so that an anchor holds for one of them only: `^SUMMER|WINTER$`."""

from collections.abc import Iterator
from typing import Final

from attribution.patterns.tokens import Kind, Token
from attribution.validation.check import Check, Notice, Severity, Subject, program
from attribution.validation.checks.patterns.pattern_reading import Readings, named
from attribution.validation.checks.patterns.slips import solid


def find(subject: Subject) -> Iterator[Notice]:
    """Every alternation at the top whose alternatives are not anchored alike."""
    known = subject.shared(Readings)
    for index, (start, stop, anchors) in known.each(loose_alternation):
        which = " and ".join(anchors)
        hold = "hold" if len(anchors) > 1 else "holds"
        yield Notice(
            message=f"{named(subject, index)} has alternatives without brackets: {which} {hold} for some of them only",
            help="put the alternatives into brackets, as in '^(SUMMER|WINTER)$'",
            promo_codes=(index,),
            span=known.span(index, start, stop),
            facts={"anchors": list(anchors)},
        )


def loose_alternation(text: str) -> tuple[int, int, tuple[str, ...]] | None:
    """The alternation at the top of a hoisted pattern, if an anchor holds for some of its alternatives only.

    The place of its first bar, and the anchors that do.
    """
    branches: list[list[Token]] = [[]]
    bars: list[Token] = []
    depth = 0
    for token in solid(text):
        depth += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE)
        if token.kind is Kind.BAR and not depth:
            bars.append(token)
            branches.append([])
        else:
            branches[-1].append(token)
    starts = [bool(branch) and branch[0].text in {"^", r"\A"} for branch in branches]
    ends = [bool(branch) and branch[-1].text in {"$", r"\Z", r"\z"} for branch in branches]
    loose = tuple(anchor for anchor, held in (("^", starts), ("$", ends)) if any(held) and not all(held))
    return (bars[0].start, bars[0].stop, loose) if loose else None


CHECK: Final = Check(
    code="P013",
    slug="loose-alternation",
    severity=Severity.WARNING,
    summary="alternatives without brackets, so that an anchor holds for one of them only",
    why="""\
The bar binds weakest: `^SUMMER|WINTER.*` is either SUMMER at the start or WINTER with more to
follow, not either word with more to follow. What was meant for both holds for one of them only.
facts: anchors (those that hold for some alternatives only)""",
    example=program('id: A1, code: "^SUMMER|WINTER$", match_mode: RE, credit_rule: ALWAYS, partner_id: amy'),
    mend="Put brackets around the alternatives.",
    mending={"SUMMER|WINTER": "(SUMMER|WINTER)"},
    find=find,
)
