"""R001: INVOLVED or WINNER for a partner with an ALWAYS code: the platform does not record that partner's clicks."""

from collections.abc import Collection, Iterator
from typing import Final

from attribution.crediting.rules import NEEDS_CLICK
from attribution.validation.check import Check, Notice, Severity, Subject, program
from attribution.validation.periods import Period, Periods, period
from attribution.validation.promo_code_naming import named, partner, short

_Scope = tuple[str, str | None]
"""A partner and a program, or none; every program of the partner is in (partner, `_ANY`)."""

_ANY: Final = ""  # no program has an empty id: it is read as none


def find(subject: Subject) -> Iterator[Notice]:
    """One notice for each promo code with such a rule."""
    codes = subject.promo_codes
    asking = [index for index, code in enumerate(codes) if NEEDS_CLICK[code.credit_rule]]
    always = _always(subject, {codes[index].partner_id for index in asking})
    for index in asking:
        code = codes[index]
        active = period(code)
        programs = (_ANY,) if code.program_id is None else (code.program_id, None)
        scopes = [found for program in programs if (found := always.get((code.partner_id, program)))]
        others = [other for scope in scopes if active and (other := scope.overlapping(active)) is not None]
        if not others:
            continue
        always_code = subject.promo_codes[others[0]]
        yield Notice(
            message=f"{named(code)} is {code.credit_rule} and needs clicks of {partner(code)}, but the platform "
            f"records none while that partner has an ALWAYS code, {short(always_code)}",
            help="give all codes of a partner in a program the rule ALWAYS, or none of them",
            promo_codes=(index, others[0]),
            field="credit_rule",
            facts={"credit_rule": str(code.credit_rule), "partner": code.partner_id},
        )


def _always(subject: Subject, partners: Collection[str]) -> dict[_Scope, Periods]:
    """When these partners have an ALWAYS code, in a program, in none, and in any."""
    members: dict[_Scope, list[tuple[Period, int]]] = {}
    for index, code in enumerate(subject.promo_codes):
        if NEEDS_CLICK[code.credit_rule] or code.partner_id not in partners:
            continue
        active = period(code)
        if active:
            for program in (code.program_id, _ANY):
                members.setdefault((code.partner_id, program), []).append((active, index))
    return {scope: Periods(own) for scope, own in members.items()}


CHECK: Final = Check(
    code="R001",
    slug="clicks-not-recorded",
    severity=Severity.WARNING,
    summary="INVOLVED or WINNER for a partner that has an ALWAYS code as well, whose clicks are not recorded",
    why="""\
The platform does not record the clicks of a partner that holds an ALWAYS code: it is credited without
them. Another code of that partner that asks for a click, INVOLVED or WINNER, finds none in the path,
its rule is not met, and the order is withheld from the partner that drove it. Where your clicks come
from a log of your own, allow it. Facts: credit_rule, partner.""",
    example=program(
        "id: A1, code: AMY10, match_mode: LI, credit_rule: ALWAYS, partner_id: amy",
        "id: A2, code: AMY20, match_mode: LI, credit_rule: WINNER, partner_id: amy",
    ),
    mend="Give all codes of the partner in that program the rule ALWAYS, or none of them.",
    mending={"WINNER": "ALWAYS"},
    find=find,
)
