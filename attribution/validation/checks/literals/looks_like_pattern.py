r"""L001: a literal that was probably meant as a pattern, such as `SAVE.*`.

Promo codes do carry signs: `20%OFF`, `A+B`, `BUY1GET1!`, `50$`, `SAVE(10)`, `V1.5`. What counts is an operator where
only a pattern has one: a dot that repeats, a backslash, an anchor at its end, a class, a choice, a star.
"""

import re
from collections.abc import Iterator
from typing import Final

from attribution.errors import PatternError
from attribution.matching.language import SEARCHED
from attribution.patterns import check
from attribution.terms import RegexMatch
from attribution.validation.check import Check, Notice, Severity, Subject, program
from attribution.validation.promo_code_naming import code_text, named

_OPERATORS: Final = {
    "any": r"\.[*+?{]",
    "group": r"\(\?",
    "escape": r"\\.",
    "start": r"^\^(?=.)",
    "class": r"\[[^\]]+\]",
    "choice": r"\|",
    "repeat": r"(?<=.)\{\d+(?:,\d*)?\}|\)[*+?]",
    "optional": r"(?<=\w)\?(?=\w)",
    "end": r"(?<=[A-Za-z)])\$$",
    "star": r"(?<!^\d)\*",  # a star after the first digit is a hotel's: 5*SPA
}
_OPERATOR: Final = re.compile("|".join(f"(?P<{name}>{form})" for name, form in _OPERATORS.items()), re.DOTALL)
_GLOB: Final = re.compile(r"[\w-]*(?:\*[\w-]*)+")


def find(subject: Subject) -> Iterator[Notice]:
    """One notice for each literal, about its first operator."""
    separator = subject.settings.code_separator
    for index in subject.literals:
        code = subject.promo_codes[index]
        if code.code.isalnum():
            continue
        operators = [found for found in _OPERATOR.finditer(code.code) if found[0] != separator]
        if operators:
            first = operators[0]
            yield Notice(
                message=f"{named(code)} is a literal, but has '{code_text(first[0])}', an operator of patterns",
                help=_way_out(code.code, {found.lastgroup for found in operators}, subject.settings.regex_match),
                promo_codes=(index,),
                span=first.span(),
                facts={"operator": first[0], "kind": first.lastgroup},
            )


def _way_out(code: str, kinds: set[str | None], match: RegexMatch) -> str:
    pattern = _as_pattern(code, kinds, match)
    try:
        check(pattern)
    except PatternError:
        return "write the code as customers enter it, or write a valid pattern with match_mode RE"
    if pattern == code:
        return "set match_mode to RE if it is meant as a pattern"
    return f"write {code_text(pattern)} with match_mode RE if it stands for more codes than itself"


def _as_pattern(code: str, kinds: set[str | None], match: RegexMatch) -> str:
    """The pattern that was probably meant: in a glob, * is any text; a lone anchor leaves the other side open."""
    if _GLOB.fullmatch(code):
        return code.replace("*", ".*")
    if not SEARCHED[match] and len(kinds) == 1:
        return f"{code}.*" if "start" in kinds else f".*{code}" if "end" in kinds else code
    return code


CHECK: Final = Check(
    code="L001",
    slug="looks-like-pattern",
    severity=Severity.WARNING,
    summary="a literal has operators of patterns in it",
    why="""\
A literal matches only the used code that is spelled exactly like it. Where it was meant as a pattern,
SAVE.* matches no order with SAVE10, and its partner is not paid. Only what codes hardly have counts:
20%OFF, A+B, BUY1GET1! and 50$ are taken for the codes that they are. Facts: operator, kind.""",
    example=program("id: A1, code: 'SAVE.*', match_mode: LI, credit_rule: ALWAYS, partner_id: amy"),
    mend="Set match_mode to RE, or write the code as customers enter it.",
    mending={"match_mode: LI": "match_mode: RE"},
    find=find,
)
