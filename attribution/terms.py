"""The field's vocabulary: every closed set of words that configuration, columns and results use.

The words are those of impact.com's promo-code API and of its reports; they are spelled once, here.
Members are strings, so they compare and serialise as the plain word.
"""

from enum import StrEnum
from typing import Final


class MatchMode(StrEnum):
    """How a promo code's text is compared with a used code: literally or as a regular expression."""

    LI = "LI"
    RE = "RE"


class CreditRule(StrEnum):
    """When the partner of a matched promo code is credited."""

    ALWAYS = "ALWAYS"
    INVOLVED = "INVOLVED"
    WINNER = "WINNER"


class State(StrEnum):
    """A promo code's state on the day of the export; history is judged by dates, not by this."""

    ACTIVE = "ACTIVE"
    INACTIVE = "INACTIVE"
    FUTUREDATE = "FUTUREDATE"
    EXPIRED = "EXPIRED"


class LiteralCase(StrEnum):
    """Whether literal codes distinguish ASCII upper from lower case."""

    SENSITIVE = "sensitive"
    INSENSITIVE = "insensitive"


class RegexMatch(StrEnum):
    """Whether a pattern must match the whole used code or any part of it."""

    FULL = "full"
    SEARCH = "search"


class Uncredited(StrEnum):
    """What happens when promo codes matched and none of their rules is met."""

    WITHHOLD = "withhold"
    DEFAULT = "default"


class DefaultCrediting(StrEnum):
    """Who is credited when no promo code decides."""

    LAST_CLICK = "last_click"
    NONE = "none"


class Resolution(StrEnum):
    """How a credit is divided when several promo codes are met."""

    ONE = "one"
    SPLIT = "split"
    EACH = "each"


class Outcome(StrEnum):
    """Where the credit of a conversion went."""

    PROMO_CODE = "PROMO_CODE"
    LAST_CLICK = "LAST_CLICK"
    WITHHELD = "WITHHELD"
    UNATTRIBUTED = "UNATTRIBUTED"


class Reason(StrEnum):
    """Why a conversion has its outcome."""

    RULE_ALWAYS = "RULE_ALWAYS"
    RULE_INVOLVED = "RULE_INVOLVED"
    RULE_WINNER = "RULE_WINNER"
    NO_CODE_MATCHED = "NO_CODE_MATCHED"
    RULE_NOT_MET = "RULE_NOT_MET"
    NOT_INVOLVED = "NOT_INVOLVED"
    NOT_WINNER = "NOT_WINNER"
    DEFAULT_NONE = "DEFAULT_NONE"
    NO_CLICKS = "NO_CLICKS"


class RowReason(StrEnum):
    """Why a row of input is bad. A row has one reason: the first of these that applies."""

    NO_ID = "NO_ID"
    NO_TIME = "NO_TIME"
    UNREADABLE_TIME = "UNREADABLE_TIME"
    NO_PARTNER = "NO_PARTNER"
    DUPLICATE_ID = "DUPLICATE_ID"
    UNREADABLE_AMOUNT = "UNREADABLE_AMOUNT"
    BAD_CLICK_PATH = "BAD_CLICK_PATH"
    NO_PROGRAM = "NO_PROGRAM"


WHITE_SPACE: Final = (
    "\t\n\v\f\r \x85\xa0\u1680"
    "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
    "\u200b\ufeff"
)
"""Characters stripped from both ends of a used code: Unicode White_Space, U+200B and U+FEFF.

Not the set of `str.strip()`, which also takes U+001C to U+001F and leaves the zero-width two.
"""
