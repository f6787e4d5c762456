"""P008: a pattern that means something else when it is searched for than when it must match the whole used code."""

from collections.abc import Iterator
from typing import Final

from attribution.matching.language import SEARCHED
from attribution.validation.check import Check, Notice, Severity, Subject, program
from attribution.validation.checks.patterns.branches import loose_alternation
from attribution.validation.checks.patterns.modes_apart import telling_code
from attribution.validation.checks.patterns.pattern_reading import Readings, named


def find(subject: Subject) -> Iterator[Notice]:
    """Every pattern whose used codes depend on `regex_match`; a loose alternation is left to P013."""
    known = subject.shared(Readings)
    chosen = "regex_match" in subject.settings.model_fields_set
    full = not SEARCHED[subject.settings.regex_match]
    for index in known.indices:
        if known.impossible(index) or known.alike(loose_alternation, index):
            continue
        code = telling_code(known, index)
        if code is None:
            continue
        verdict = "does not match" if full else "matches"
        yield Notice(
            message=f"{named(subject, index)} is not anchored at both ends: with regex_match: "
            f"{subject.settings.regex_match} it {verdict} {code!r}, with {'search' if full else 'full'} it would"
            + ("" if full else " not"),
            help="write ^ before and $ behind the whole, or .* where more may follow, as in '^(SUMMER).*'",
            promo_codes=(index,),
            facts={"used_code": code, "regex_match": str(subject.settings.regex_match)},
            severity=Severity.INFO if chosen else Severity.WARNING,
        )


CHECK: Final = Check(
    code="P008",
    slug="unanchored",
    severity=Severity.WARNING,
    summary="a pattern that `full` and `search` read differently",
    why="""\
Whether a pattern must match the whole used code or any part of it is decided by the setting
`regex_match`; the platform does not document which of the two it does itself. Its own recipes,
`^(SUMMER).*` and `^.*(SUMMER)$`, mean the same either way. `SUMMER-[0-9]+` does not: searched
for, it also takes MIDSUMMER-10X. The used code in the message is the shortest that shows it. For a
program that sets `regex_match` itself it is an info, as somebody has decided.
facts: used_code, regex_match (the one in force)""",
    example=program('id: A1, code: "SUMMER-[0-9]+", match_mode: RE, credit_rule: ALWAYS, partner_id: amy'),
    mend="Anchor the pattern at both ends, or end it in `.*`; then the setting does not matter.",
    mending={"SUMMER-[0-9]+": "^SUMMER-[0-9]+$"},
    find=find,
)
