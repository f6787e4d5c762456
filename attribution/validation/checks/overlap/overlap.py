"""O001: promo codes of two partners that one used code satisfies at once."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple, assert_never

from attribution.json_values import json_fields
from attribution.matching.language import KIND, PatternText
from attribution.program import PromoCode
from attribution.terms import CreditRule, Resolution
from attribution.text import counted, plain, quoted_use
from attribution.validation.check import Check, Notice, Severity, Subject, program
from attribution.validation.overlaps import LISTED, Overlap
from attribution.validation.promo_code_naming import moment, named, partner, short

CONDITION: Final = {
    CreditRule.ALWAYS: "",
    CreditRule.INVOLVED: " if its partner has a click in the click path",
    CreditRule.WINNER: " if its partner drove the last click",
}


def find(subject: Subject) -> Iterator[Notice]:
    """One notice for each promo code that others precede, about the first of them."""
    proven, _ = subject.overlaps.leading
    return (_notice(subject, overlaps) for overlaps in proven.values())


def _notice(subject: Subject, proven: Sequence[Overlap]) -> Notice:
    pair = proven[0]
    codes = subject.promo_codes
    first, second = codes[pair.first], codes[pair.second]
    firsts = subject.overlaps.rivals[pair.second]
    further = subject.overlaps.codes.partners(firsts[1:])
    at = f" at {moment(pair.at)}" if pair.at else ""
    more = f"; it overlaps with {counted(len(firsts) - 1, 'further promo code')} of {counted(further, 'partner')}, too"
    return Notice(
        message=f"{named(second)} of {partner(second)} overlaps with {short(first)} of {partner(first)}: used code "
        f"{quoted_use(pair.used_code)} satisfies both{at}, and {_paid(first, second, subject.settings.resolution)}"
        f"{more if further else ''}",
        help=_help(subject, pair),
        promo_codes=(pair.second, *(each.first for each in proven)),
        facts={
            **json_fields(pair, "used_code", "at"),
            "first": first.id,
            "precedence": why(first, second).name,
            "resolution": subject.settings.resolution.value,
            "rivals": [{**_owner(codes[each.first]), **json_fields(each, "used_code", "at")} for each in proven],
            "rival_count": len(firsts),
            "partner_count": subject.overlaps.codes.partners(firsts),
        },
    )


def _owner(rival: PromoCode) -> dict[str, str]:
    return {"promo_code": rival.id, "partner_id": rival.partner_id}


def _paid(first: PromoCode, second: PromoCode, resolution: Resolution) -> str:
    """Which of the two is paid for such a used code, and why."""
    one, two = f"'{plain(first.id)}'", f"'{plain(second.id)}'"
    both_always = first.credit_rule is second.credit_rule is CreditRule.ALWAYS
    condition = "" if both_always else ", each if its rule is met"
    match resolution:
        case Resolution.SPLIT:
            return f"both partners are paid an equal share{condition}"
        case Resolution.EACH:
            return f"both partners are paid all of it{condition}"
        case Resolution.ONE:
            pass
        case _:
            assert_never(resolution)
    said = f"{one} is paid{CONDITION[first.credit_rule]}, because {why(first, second).says}"
    if first.credit_rule is CreditRule.ALWAYS:
        return said
    return f"{said}, and otherwise {two}{CONDITION[second.credit_rule]}"


def _help(subject: Subject, pair: Overlap) -> str:
    """What to change: a pattern if there is one."""
    patterns = [index for index in (pair.second, pair.first) if isinstance(subject.languages[index], PatternText)]
    if patterns:
        return (
            f"let the pattern of '{plain(subject.promo_codes[patterns[0]].id)}' match no used code of the other's "
            f"such as {quoted_use(pair.used_code)}, or let the one end before the other starts"
        )
    return "give the code to one partner only, or let the one end before the other starts"


class Why(NamedTuple):
    """The rule of precedence that decides: its name, and what it says of the first."""

    name: str
    says: str


def why(first: PromoCode, second: PromoCode) -> Why:
    """Why `first` precedes `second`, given that it does."""
    if first.match_mode is not second.match_mode:
        return Why("match_mode", f"a {KIND[first.match_mode]} comes before a {KIND[second.match_mode]}")
    if first.start_date != second.start_date:
        return Why("start_date", "it starts later")
    if first.created_date != second.created_date:
        return Why("created_date", "it was created later")
    return Why("id", "its id is smaller")


CHECK: Final = Check(
    code="O001",
    slug="overlap",
    severity=Severity.ERROR,
    summary="one used code satisfies promo codes of two partners at once",
    why=f"""\
Two partners expect to be paid for one order, and which of them is, is decided by an order of
precedence that neither of them chose: earlier used code of the order, then literal before pattern,
then later start_date, then later created_date, then smaller id. Both promo codes hold in one program
(the same, or one of them names none) and have an instant in common. That patterns overlap is proven by
automata, so that none is missed and none is invented; the used code that is shown is the shortest that
satisfies both, and of several the first in letters and digits. There is one finding for each promo
code that comes second, about the first that precedes it. Facts: used_code, at (an instant at which
both are active, null without dates), first (who precedes), precedence (the field that decides),
resolution, rivals (up to {LISTED} of those that precede it, each with used_code and at), rival_count,
partner_count.""",
    example=program(
        "id: A1, code: SUMMER10, match_mode: LI, credit_rule: WINNER, partner_id: amy",
        'id: B1, code: "^SUMMER.*", match_mode: RE, credit_rule: INVOLVED, partner_id: bob',
    ),
    mend="Let each used code satisfy promo codes of one partner only, or let one end before the other starts.",
    mending={"^SUMMER.*": "^BOB-SUMMER.*"},
    find=find,
)
