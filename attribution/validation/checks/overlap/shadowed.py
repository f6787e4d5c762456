"""O003: a promo code that can never be paid, as another always comes before it."""

from collections.abc import Iterator
from typing import Final

from attribution.text import plain
from attribution.validation.check import Check, Notice, Severity, Subject, program
from attribution.validation.checks.overlap.overlap import why
from attribution.validation.promo_code_naming import named, partner, short


def find(subject: Subject) -> Iterator[Notice]:
    """One notice for each dead promo code; none where two partners' are equal, as their overlap says it all."""
    shadows = subject.overlaps.shadows
    for index, shadow in shadows.shadowed.items():
        code, first = subject.promo_codes[index], subject.promo_codes[shadow]
        own = first.partner_id == code.partner_id
        if not own and shadows.same_text(shadow, index):
            continue
        owner = "the same partner" if own else partner(first)
        yield Notice(
            message=f"{named(code)} of {partner(code)} can never be paid: {short(first)} of {owner} matches all "
            f"that it matches whenever it is active, and comes first, because {why(first, code).says}",
            help=f"remove '{plain(code.id)}', or let '{plain(first.id)}' match less",
            promo_codes=(index, shadow),
            facts={"shadowed_by": first.id, "partner_id": first.partner_id, "precedence": why(first, code).name},
        )


CHECK: Final = Check(
    code="O003",
    slug="shadowed",
    severity=Severity.WARNING,
    summary="a promo code can never be paid, as another matches all that it matches and comes first",
    why="""\
Such a promo code is dead: nobody would miss it, and whoever edits it wonders why nothing changes. The
one before it matches every used code that it matches, in every program and at every instant it holds,
and its rule is met whenever this one's is: it is the same partner's and no stricter, or anybody's with
ALWAYS where one promo code takes all (resolution: one). Between two partners this is an overlap as well
(O001); where their codes are equal, only that is reported. Of patterns beyond automata only what is
certain is said, and several promo codes that shadow another only together are not found. Facts:
shadowed_by, partner_id (of that), precedence (the field that decides).""",
    example=program(
        'id: A1, code: "^SUMMER[0-9]+$", match_mode: RE, credit_rule: ALWAYS, partner_id: amy',
        'id: A2, code: "^SUMMER[12]0$", match_mode: RE, credit_rule: ALWAYS, partner_id: amy',
    ),
    mend="Remove the promo code, or let the one before it match less, start later or end earlier.",
    mending={"[0-9]+": "[3-9]+"},
    find=find,
)
