"""The language of a promo code: the used codes that its text matches, dates and programs aside.

Text, match mode and settings together are read here, once; everything else asks the language, or one of the tables by
match mode. Languages are equal where they match the same used codes because they are written alike.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, assert_never

from attribution.program import PromoCode, Settings
from attribution.terms import LiteralCase, MatchMode, RegexMatch
from attribution.text import fold_ascii

RANK: Final[Mapping[MatchMode, int]] = {MatchMode.LI: 0, MatchMode.RE: 1}
"""The place of each match mode in the precedence of promo codes: the smaller comes first."""

KIND: Final[Mapping[MatchMode, str]] = {MatchMode.LI: "literal", MatchMode.RE: "pattern"}
"""What a promo code's text is called, by its match mode."""

FOLDED: Final[Mapping[LiteralCase, bool]] = {LiteralCase.SENSITIVE: False, LiteralCase.INSENSITIVE: True}
"""Whether literals are compared with ASCII letters folded."""

SEARCHED: Final[Mapping[RegexMatch, bool]] = {RegexMatch.FULL: False, RegexMatch.SEARCH: True}
"""Whether patterns match any part of a used code."""


@dataclass(frozen=True, slots=True)
class LiteralText:
    """The one used code that equals `text`; `folded`, every spelling of it in ASCII letter case.

    `text` is in the form in which it is compared, so in lower case where `folded`.
    """

    text: str
    folded: bool

    def compared(self, used_code: str) -> str:
        """Bring a used code into the form of `text`."""
        return fold_ascii(used_code) if self.folded else used_code

    def accepts(self, used_code: str) -> bool:
        """Whether the language has the used code."""
        return self.compared(used_code) == self.text


@dataclass(frozen=True, slots=True)
class PatternText:
    """The used codes that the pattern `text` matches as a whole or, with `search`, in any part."""

    text: str
    search: bool


Language = LiteralText | PatternText

NOTHING: Final = LiteralText("", folded=False)
"""The language without a used code: none is empty."""


def languages(promo_codes: Sequence[PromoCode], settings: Settings) -> list[Language]:
    """The language of each promo code, in their order: some 1 us each."""
    return [language(code, settings) for code in promo_codes]


def language(promo_code: PromoCode, settings: Settings) -> Language:
    """The language of one promo code."""
    match promo_code.match_mode:
        case MatchMode.LI:
            folded = FOLDED[settings.literal_case]
            return LiteralText(fold_ascii(promo_code.code) if folded else promo_code.code, folded)
        case MatchMode.RE:
            return PatternText(promo_code.code, SEARCHED[settings.regex_match])
        case _:
            assert_never(promo_code.match_mode)
