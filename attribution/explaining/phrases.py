"""The parts of sentences: promo codes, partners, times and amounts, and what keeps a near miss apart."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import assert_never

from attribution.explaining.near import NearMiss
from attribution.explaining.near_difference import Difference
from attribution.matching.language import KIND
from attribution.program import PromoCode
from attribution.text import counted, plain, quoted, quoted_use


def instant(moment: datetime) -> str:
    """A time in UTC as people read it; parts of a second only where there are any."""
    text = moment.strftime("%Y-%m-%d %H:%M:%S")
    return f"{text}{f'.{moment.microsecond:06}'.rstrip('0') if moment.microsecond else ''} UTC"


def owner_in_words(partner_id: str | None, name: str | None) -> str:
    """A partner by name and id."""
    shown = plain(partner_id or "")
    return f"{plain(name)} ({shown})" if name else f"partner {shown}"


def code_in_words(promo_code: PromoCode) -> str:
    """A promo code by id and text."""
    return f"promo code {plain(promo_code.id)} ({KIND[promo_code.match_mode]} {quoted(promo_code.code)})"


def promo_code_in_full(promo_code: PromoCode) -> str:
    """A promo code with its partner, rule, program and dates."""
    code = promo_code
    owner = owner_in_words(code.partner_id, code.partner_name)
    program = f", program {plain(code.program_id)}" if code.program_id else ""
    return f"{code_in_words(code)} of {owner}, {code.credit_rule}{program}, {_period(code)}"


def near_miss_in_words(miss: NearMiss) -> str:
    """Why a used code does not match a promo code that it nearly matches, as a clause."""
    causes = [_cause(difference, miss) for difference in miss.differences]
    return causes[0] if len(causes) == 1 else f"{', '.join(causes[:-1])} and {causes[-1]}"


def _period(code: PromoCode) -> str:
    if code.never_active:
        return f"never active: {code.state} since or until nobody knows when"
    since = f" from {instant(code.start_date)}" if code.start_date else ""
    until = f" to {instant(code.end_date)}" if code.end_date else ""
    return f"active{since}{until}" if since or until else "active at any time"


def _cause(difference: Difference, miss: NearMiss) -> str:  # noqa: PLR0911 -- one for each difference
    code = miss.promo_code
    match difference:
        case Difference.CASE:
            return "upper and lower case differ"
        case Difference.WHITE_SPACE:
            return "white space inside differs"
        case Difference.LOOK_ALIKE:
            return "characters that look alike differ"
        case Difference.NOT_YET:
            return f"it starts on {code.start_date and instant(code.start_date)}"
        case Difference.ENDED:
            return f"it ended on {code.end_date and instant(code.end_date)}"
        case Difference.STATE:
            return f"its state is {code.state}, and the date of that is not known"
        case Difference.PART:
            return f"the pattern matches only a part of it, {quoted_use(miss.part or '')}"
        case Difference.TYPO:
            return "one letter is off"
        case Difference.PROGRAM:
            return f"it is a promo code of program {plain(code.program_id or '')}"
        case _:
            assert_never(difference)


def elapsed(length: timedelta) -> str:
    """A length of time in its largest unit, rounded down; never 0 of it."""
    for unit, size in (("day", timedelta(days=1)), ("hour", timedelta(hours=1)), ("minute", timedelta(minutes=1))):
        if length >= size:
            return counted(length // size, unit)
    return "less than a minute"


def number_in_words(amount: Decimal | int | float) -> str:
    """An amount as it is, with two decimal places at least unless it is an integer of Python."""
    if isinstance(amount, Decimal):
        whole, _, fraction = f"{amount:,f}".partition(".")
        return f"{whole}.{fraction.rstrip('0').ljust(2, '0')}"
    return f"{amount:,.2f}" if isinstance(amount, float) and round(amount, 2) == amount else f"{amount:,}"
