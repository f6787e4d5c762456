"""R002: one partner id with two names, or one name with two partner ids."""

from collections.abc import Iterator
from typing import Final

from attribution.text import counted, plain
from attribution.validation.check import Check, Notice, Severity, Subject, program
from attribution.validation.promo_code_naming import named

_Uses = dict[str, dict[str, list[int]]]
"""Key -> what it is said to be -> the promo codes that say so."""


def find(subject: Subject) -> Iterator[Notice]:
    """One notice for each name or id beside the most frequent one, about the first promo code that has it."""
    names: _Uses = {}
    ids: _Uses = {}
    for index, code in enumerate(subject.promo_codes):
        if code.partner_name:
            names.setdefault(code.partner_id, {}).setdefault(code.partner_name, []).append(index)
            ids.setdefault(_plain(code.partner_name), {}).setdefault(code.partner_id, []).append(index)
    for uses in names.values():
        for name, usual in _odd_ones(uses):
            yield _two_names(subject, name, usual, uses)
    for uses in ids.values():
        for partner_id, usual in _odd_ones(uses):
            yield _two_ids(subject, partner_id, usual, uses)


def _plain(name: str) -> str:
    """A name without what does not make it another one: letter case and white space."""
    return " ".join(name.casefold().split())


def _odd_ones(uses: dict[str, list[int]]) -> Iterator[tuple[str, str]]:
    """Each that is not the most frequent, with that one; of equally frequent ones the first."""
    if len(uses) > 1:
        usual = max(uses, key=lambda use: len(uses[use]))
        yield from ((use, usual) for use in uses if use != usual)


def _two_names(subject: Subject, name: str, usual: str, uses: dict[str, list[int]]) -> Notice:
    index = uses[name][0]
    code = subject.promo_codes[index]
    spelling = _plain(name) == _plain(usual)
    return Notice(
        message=f"{named(code)} calls partner '{plain(code.partner_id)}' '{plain(name)}', "
        f"and {counted(len(uses[usual]), 'promo code')} '{plain(usual)}'",
        help="spell the name alike everywhere"
        if spelling
        else "correct the id if two partners are meant, else the name",
        promo_codes=(index, uses[usual][0]),
        field="partner_name",
        facts={"partner": code.partner_id, "names": [name, usual]},
        severity=Severity.INFO if spelling else None,
    )


def _two_ids(subject: Subject, partner_id: str, usual: str, uses: dict[str, list[int]]) -> Notice:
    index = uses[partner_id][0]
    code = subject.promo_codes[index]
    return Notice(
        message=f"{named(code)} gives the partner '{plain(code.partner_name or '')}' the id '{plain(partner_id)}', "
        f"and {counted(len(uses[usual]), 'promo code')} '{plain(usual)}'",
        help="use one id if it is one partner: clicks and credits go by id; else give the two different names",
        promo_codes=(index, uses[usual][0]),
        field="partner_id",
        facts={"name": code.partner_name, "partners": [partner_id, usual]},
    )


CHECK: Final = Check(
    code="R002",
    slug="partner-under-two-names",
    severity=Severity.WARNING,
    summary="one partner id has two names, or one name has two partner ids",
    why="""\
Partners are told apart by their id alone: it is what clicks carry and what is paid. Two names for one
id mean that a code was given to the wrong partner, or that a partner changed its name; two ids for one
name mean that clicks under the one do not count for the codes of the other. Names that differ only in
letter case or white space are one name. Facts: partner and names, or name and partners.""",
    example=program(
        "id: A1, code: AMY10, match_mode: LI, credit_rule: ALWAYS, partner_id: \"1001\", partner_name: Amy's Blog",
        "id: A2, code: AMY20, match_mode: LI, credit_rule: ALWAYS, partner_id: \"1002\", partner_name: amy's blog",
    ),
    mend="Correct the id that is wrong, or the name.",
    mending={"1002": "1001", "amy's blog": "Amy's Blog"},
    find=find,
)
