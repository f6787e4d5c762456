"""O002: pairs of promo codes of which it is unknown whether they overlap."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from attribution.text import counted
from attribution.validation.check import Check, Notice, Severity, Subject
from attribution.validation.overlaps import LISTED, Doubt, Indices
from attribution.validation.promo_code_naming import named, partner, short

_WHY: Final = {
    Doubt.NOT_REGULAR: "no automaton can express its pattern, and no used code that was tried satisfies both",
    Doubt.TOO_LARGE: "the automata of their patterns would be too large",
    Doubt.TIMEOUT: "its pattern takes too long for the used codes that were tried",
    Doubt.UNCONFIRMED: "the used code that their automata have in common is none of both to `regex`",
    Doubt.BUDGET: "there are too many patterns, or too large ones, to compare them all",
}
_HELP: Final = {
    Doubt.NOT_REGULAR: "write the pattern without look-around, back-references, possessive repeats and the like",
    Doubt.TOO_LARGE: "use smaller counts in the patterns, or several promo codes for their alternatives",
    Doubt.TIMEOUT: "write the pattern without look-around, back-references, possessive repeats and the like",
    Doubt.UNCONFIRMED: "write the pattern in a simpler way",
    Doubt.BUDGET: "validate each program by itself, or use fewer and smaller patterns",
}


def find(subject: Subject) -> Iterator[Notice]:
    """One notice for each promo code whose pattern is the cause, and reason."""
    for (cause, doubt), found in sorted(_causes(subject).items(), key=lambda item: (item[0][0], item[0][1].value)):
        others = subject.overlaps.codes.in_precedence(np.concatenate(found))[:LISTED].tolist()
        codes = [subject.promo_codes[index] for index in others]
        count = sum(map(len, found))
        more = f" and {counted(count - 1, 'further promo code')}" if count > 1 else ""
        about = subject.promo_codes[cause]
        yield Notice(
            message=f"whether {named(about)} of {partner(about)} overlaps with {short(codes[0])} of "
            f"{partner(codes[0])}{more} is undecided: {_WHY[doubt]}",
            help=_HELP[doubt],
            promo_codes=(cause, *others),
            facts={
                "reason": doubt.value,
                "promo_codes": [code.id for code in codes],
                "promo_code_count": count,
            },
        )


def _causes(subject: Subject) -> dict[tuple[int, Doubt], list[Indices]]:
    """(promo code, reason) -> the others; the one in doubt is the cause, of two the one that comes second."""
    overlaps = subject.overlaps
    causes: dict[tuple[int, Doubt], list[Indices]] = {}
    for second, firsts, doubt in (*overlaps.undecided, *overlaps.leading[1]):
        turned = overlaps.doubtful[firsts] & ~overlaps.doubtful[second]
        for first in firsts[turned].tolist():
            causes.setdefault((first, doubt), []).append(np.array([second]))
        if not turned.all():
            causes.setdefault((second, doubt), []).append(firsts[~turned])
    return causes


CHECK: Final = Check(
    code="O002",
    slug="overlap-undecided",
    severity=Severity.WARNING,
    summary="it is unknown whether promo codes of two partners overlap",
    why=f"""\
Overlaps are proven by automata. Look-around, back-references, possessive repeats and the like are
beyond them, and some patterns make them too large. Such a pattern is widened to one that matches more;
where that has nothing in common with another promo code, the two do not overlap. Where it has, used
codes of both are tried; one that satisfies both is an overlap (O001). What is left is reported here, so
that silence always means that there is none. There is one finding for each promo code whose pattern is
the cause. Facts: reason (not regular, too large, timeout, budget, unconfirmed), promo_codes (up to {LISTED} of the
others), promo_code_count.""",
    example=r"""
promo_codes:
  - {id: A1, code: "^SUMMER[0-9]{2}$", match_mode: RE, credit_rule: WINNER, partner_id: amy}
  - {id: B1, code: "^SUMMER([0-9])(?!\\1)[0-9](?<=0110)$", match_mode: RE, credit_rule: INVOLVED, partner_id: bob}
""".lstrip(),
    mend="Write the pattern without such constructs, as a list of alternatives or as several promo codes.",
    mending={r"([0-9])(?!\\1)[0-9](?<=0110)": "-[0-9]{2}"},
    find=find,
)
