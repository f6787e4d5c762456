"""U002: used codes that match no promo code, though they nearly match one."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, assert_never

from attribution.explaining.near_difference import Difference
from attribution.matching.language import Language, LiteralText, PatternText
from attribution.program import PromoCode
from attribution.text import counted, quoted_use
from attribution.validation.check import Check, Needs, Notice, Severity, Subject, program
from attribution.validation.checks.usage.usage_wording import Conversions, conversions_of, day, grouped, shortened
from attribution.validation.promo_code_naming import named

LISTED: Final = 20
"""Used codes in the facts of a finding; those with the most conversions."""

_PERHAPS_ANOTHER: Final = {Difference.PART, Difference.TYPO, Difference.PROGRAM}
"""What may as well be a code of its own."""


def find(subject: Subject) -> Iterator[Notice]:
    """One notice per promo code, most conversions first."""
    used = grouped(subject.usage.near, "promo_index")
    total = conversions_of(subject.usage.near_money, "promo_index")
    for key in sorted(used, key=lambda key: (-total[key].count, key)):
        yield _notice(subject, key[0], used[key], total[key])


def _notice(subject: Subject, index: int, used: Sequence[dict[str, Any]], total: Conversions) -> Notice:
    code = subject.promo_codes[index]

    def why(one: dict[str, Any]) -> str:
        return ", ".join(_why(each, code, subject.settings.timezone) for each in _differences(one))

    shown = [
        f"{quoted_use(one['used_code'])} ({counted(one['conversions'], 'conversion')}, {why(one)})" for one in used
    ]
    listed = ("used_code", "differences", "conversions")
    return Notice(
        message=f"{total} used what nearly matches {named(code)} and matches nothing: {shortened(shown)}",
        help=_way_out(_differences(used[0]), subject.languages[index]),
        promo_codes=(index,),
        facts={
            **total.facts(),
            "distinct_used_codes": len({one["used_code"] for one in used}),
            "used_codes": [{name: one[name] for name in listed} for one in used[:LISTED]],
        },
        severity=Severity.INFO if all(_PERHAPS_ANOTHER & set(_differences(one)) for one in used) else None,
    )


def _differences(one: dict[str, Any]) -> list[Difference]:
    return [Difference(word) for word in one["differences"]]


def _why(difference: Difference, code: PromoCode, timezone: str) -> str:  # noqa: PLR0911 -- one for each difference
    """What keeps a used code and the promo code apart, as a phrase."""
    match difference:
        case Difference.CASE:
            return "in other letter case"
        case Difference.WHITE_SPACE:
            return "white space inside"
        case Difference.LOOK_ALIKE:
            return "with characters that look alike"
        case Difference.NOT_YET:
            return f"before it starts on {code.start_date and day(code.start_date, timezone)}"
        case Difference.ENDED:
            return f"after it ended on {code.end_date and day(code.end_date, timezone)}"
        case Difference.STATE:
            return f"its state is {code.state}, and the date of that is not known"
        case Difference.PART:
            return "the pattern matches a part of it"
        case Difference.TYPO:
            return "one letter off"
        case Difference.PROGRAM:
            return "in another program"
        case _:
            assert_never(difference)


_SPELLING: Final = "add a promo code for the spelling that is used, if these conversions are its partner's"
_WAYS_OUT: Final[Mapping[Difference, str]] = {
    Difference.WHITE_SPACE: _SPELLING,
    Difference.LOOK_ALIKE: _SPELLING,
    Difference.NOT_YET: "move its start_date if these conversions are its partner's",
    Difference.ENDED: "move its end_date if these conversions are its partner's",
    Difference.STATE: "give the date at which it ended or will start, so that the conversions before or after it count",
    Difference.PART: "add .* where more may follow or precede, if these conversions are its partner's",
    Difference.TYPO: _SPELLING,
    Difference.PROGRAM: "add a promo code for the other program, if these conversions are its partner's",
}


def _way_out(differences: Sequence[Difference], language: Language) -> str:
    """What to change where one thing keeps them apart; a promo code of its own where several do."""
    if len(differences) > 1:
        return _SPELLING
    if differences[0] is not Difference.CASE:
        return _WAYS_OUT[differences[0]]
    match language:
        case LiteralText():
            return "set literal_case to insensitive if letter case should not matter"
        case PatternText():
            return "begin the pattern with (?i) if letter case should not matter"
        case _:
            assert_never(language)


CHECK: Final = Check(
    code="U002",
    slug="nearly-matched",
    severity=Severity.WARNING,
    summary="conversions used codes that match nothing, though they nearly match the promo code",
    needs=Needs.CONVERSIONS,
    why="""\
A conversion whose used code matches no promo code goes to the last click or to nobody, so the
partner whose code it nearly was loses it. What may keep them apart: letter case, white space
inside, characters that look alike, dates or a missing date of its State, the program, or that the
pattern, which matches nothing of fewer than three characters, matches only a part; or nothing but
a letter too many, too few, another one or two swapped (no digit, and in codes of five characters
and more). Each use counts for the one promo code that it is nearest to, which the commands
`match` and `explain` name first; conversions of programs that no promo code is for are left out.
Where all used codes may as well be codes of their own (one letter off, a part, another program),
it is an information only. Facts: conversions, without_amount, money, distinct_used_codes,
used_codes (used_code, differences, conversions; at most 20).""",
    example=program("id: A1, code: SUMMER10, match_mode: LI, credit_rule: ALWAYS, partner_id: amy"),
    mend="Compare literals without regard to letter case, or correct what keeps them apart.",
    mending={"promo_codes:": "settings: {literal_case: insensitive}\npromo_codes:"},
    conversions="""\
conversion_id,event_time,promo_code,amount,currency
O-1,2026-06-01T10:00:00Z,SUMMER10,80.00,USD
O-2,2026-06-02T10:00:00Z,summer10,45.50,USD
O-3,2026-06-03T10:00:00Z,Summer10,20.00,EUR
""",
    find=find,
)
