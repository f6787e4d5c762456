"""What a check is: its code, its manual page, and the function that looks at a program; all that one is made of."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as defaulted
from enum import StrEnum
from typing import Any

from attribution.validation.finding import Severity
from attribution.validation.subject import Subject

__all__ = ["Check", "Needs", "Notice", "Severity", "Subject", "program"]


@dataclass(frozen=True, slots=True)
class Notice:
    """What a check noticed, before it is placed and named: indices into `Subject.promo_codes`, not ids.

    promo_codes  the one it is about first
    field      the field of the first promo code that is meant, by its native name
    span       the part of the field's text that is meant, first and last character, the last exclusive; None: all of it
    severity   if it differs from the check's own
    """

    message: str
    help: str
    promo_codes: tuple[int, ...] = ()
    field: str = "code"
    span: tuple[int, int] | None = None
    facts: Mapping[str, Any] = defaulted(default_factory=dict)
    severity: Severity | None = None


class Needs(StrEnum):
    """What a check looks at beside the program."""

    NOTHING = "nothing"
    CONVERSIONS = "conversions"
    CLICKS = "clicks"


def nothing(_: Subject) -> Iterable[Notice]:
    """The notices of a check whose findings loading makes, or the reading of allowances."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check and its manual page, every example of which runs in the tests.

    code       stable: a letter for the family and three digits
    summary    its line in the manual
    why        why it matters: one paragraph of plain text, lines of at most 100 characters
    example    a program (YAML) that triggers the check
    mend       what to do about it: one sentence or two
    mending    texts of the example or its conversions, and what the mend puts in their places
    mended_example  the whole program, where the mend adds or removes records
    conversions, clicks  tables (CSV) that a check with `Needs` reads
    """

    code: str
    slug: str
    severity: Severity
    summary: str
    why: str
    example: str
    mend: str
    mending: Mapping[str, str] = defaulted(default_factory=dict)
    mended_example: str = ""
    conversions: str = ""
    clicks: str = ""
    find: Callable[[Subject], Iterable[Notice]] = nothing
    silenceable: bool = True
    needs: Needs = Needs.NOTHING

    @property
    def mended(self) -> str:
        """The program of the example, mended: the check has nothing to say of it."""
        return self.mended_example or self._replaced(self.example)

    @property
    def mended_conversions(self) -> str:
        """The conversions, if the mend is in them."""
        mended = self._replaced(self.conversions)
        return "" if mended == self.conversions else mended

    def _replaced(self, text: str) -> str:
        for old, new in self.mending.items():
            text = text.replace(old, new)
        return text


def program(*promo_codes: str, settings: str = "") -> str:
    """The YAML of a program for a page: each promo code as the inside of a mapping, settings as a mapping."""
    head = f"settings: {settings}\n" if settings else ""
    return "".join([head, "promo_codes:\n", *(f"  - {{{one}}}\n" for one in promo_codes)])
