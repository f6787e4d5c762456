"""Writes cases as a file in the grammar that `case_files` reads: short forms where they say it all.

The text depends on the cases alone and says nothing twice: cases that are recorded again give an equal text.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any, Final, cast

from attribution.cases.case import CaseHead
from attribution.cases.expected import NOBODY, is_word
from attribution.cases.moments import absolute_text, relative_text
from attribution.cases.real_conversions import RealCase
from attribution.events.event_records import Click, Conversion
from attribution.program import Program
from attribution.text import escaped

_PLAIN: Final = re.compile(r"[A-Za-z0-9_.(^/\\](?:[A-Za-z0-9_.+()^?*|$\\/ -])*(?<! )")
_PLAIN_OUTSIDE: Final = re.compile(r"[A-Za-z0-9_.(^/\\](?:[A-Za-z0-9_.+()^?*|$\\/,{}\[\] -]|:(?=[^ ]))*(?<! )")
"""Outside of brackets, where commas, brackets and colons inside a text cannot be mistaken."""

_NULLS: Final = ("null", "~", "")
_IN_QUOTES: Final = str.maketrans({'"': '\\"', "\\": "\\\\"})
_WIDTH: Final = 120
_LONGEST: Final = 40
"""Characters of a promo code's text that stands for it; longer ones go by their ids."""


def cases_text(head: CaseHead, program: Program, cases: Sequence[RealCase]) -> str:
    """The file; the paths of `head` are as the file is to have them."""
    programs = {case.conversion.program_id for case in cases}
    shared = programs.pop() if len(programs) == 1 else None
    lines = _head(head)
    if shared is not None:
        lines.append(f"defaults: {{program_id: {_item(str(shared))}}}")
    lines.append("cases:")
    names = _promo_code_names(program)
    for case in cases:
        lines += _case(case, names, None if shared is not None else case.conversion.program_id)
    return "\n".join([*lines, ""])


def _head(head: CaseHead) -> list[str]:
    paths = ", ".join(map(_item, head.programs))
    lines = [f"program: {scalar(head.programs[0])}" if len(head.programs) == 1 else f"program: [{paths}]"]
    lines += [f"{name}: {scalar(value)}" for name in ("partner_id", "preset") if (value := getattr(head, name))]
    if head.settings:
        settings = ", ".join(f"{_item(name)}: {_item(value)}" for name, value in head.settings)
        lines.append(f"settings: {{{settings}}}")
    return lines


def _case(case: RealCase, names: Mapping[str, str], program_id: str | int | None) -> list[str]:
    conversion, at = case.conversion, cast(datetime, case.conversion.event_time)
    lines = [f"  - name: {scalar(f'order {conversion.conversion_id}')}"]
    if conversion.promo_code is not None:
        lines.append(f"    order: {_codes(conversion)}")
    lines.append(f"    at: {absolute_text(at)}")
    if conversion.customer_id is None:
        lines.append("    customer: null")
    if program_id is not None:
        lines.append(f"    program_id: {scalar(str(program_id))}")
    lines += _listed("clicks", [_click(click, at) for click in case.clicks])
    expected = [_expected(row, names, alone=len(case.credits) == 1) for row in case.credits]
    if len(expected) == 1:
        return [*lines, f"    expect: {expected[0]}"]
    return [*lines, "    expect:", *(f"      - {one}" for one in expected)]


def _listed(name: str, items: Sequence[str]) -> list[str]:
    """A list on one line if it has room and nothing in it has its own brackets."""
    line = f"    {name}: [{', '.join(items)}]"
    if not items or (len(line) <= _WIDTH and not any(item.startswith("{") for item in items)):
        return [line] if items else []
    return [f"    {name}:", *(f"      - {item}" for item in items)]


def _codes(conversion: Conversion) -> str:
    codes = conversion.promo_code
    if codes is None or isinstance(codes, str):
        return scalar(codes)
    return f"[{', '.join(_item(code) for code in codes)}]"


def _click(click: Click, at: datetime) -> str:
    when, partner = relative_text(at - cast(datetime, click.event_time)), str(click.partner_id)
    others = [
        f"{name}: {_item(str(value))}"
        for name, value in (("click_id", click.click_id), ("program_id", click.program_id))
        if value is not None
    ]
    if not others and not _has_space(partner):
        return _item(f"{partner} {when}")
    return f"{{{', '.join([f'partner_id: {_item(partner)}', f'at: {when}', *others])}}}"


def _expected(row: Mapping[str, Any], names: Mapping[str, str], *, alone: bool) -> str:
    """One credit. Who is credited alone has it all; with others it is a part, or all of it under `each`."""
    partner, promo_code, reason = row["partner_id"], row["promo_code_id"], row["reason"]
    share = Fraction(row["share"]).limit_denominator(10**6)
    part = None if share == 0 or (alone and share == 1) else str(share)
    name = None if promo_code is None else names[promo_code]
    if all(text is None or not _unclear(text) for text in (partner, name)) and partner != NOBODY:
        by = "" if name is None else f" by {name}"
        return scalar(", ".join([f"{partner or NOBODY}{by}", reason, *([part] if part else [])]))
    fields = {"partner_id": partner, "promo_code": name, "reason": reason, **({"share": part} if part else {})}
    return f"{{{', '.join(f'{field}: {_item(value)}' for field, value in fields.items())}}}"


def _unclear(text: str) -> bool:
    """Whether a text would be taken for something else in the short form of what is expected."""
    return _has_space(text) or "," in text or is_word(text)


def _has_space(text: str) -> bool:
    return any(char.isspace() for char in text)


def _promo_code_names(program: Program) -> dict[str, str]:
    """What each promo code is called: its text where that is short and its own, else its id.

    People know codes by their texts; and ids of the bulk file are numbers of lines, which move.
    """
    ids = {code.id for code in program.promo_codes}
    times = Counter(code.code for code in program.promo_codes)

    def is_name(text: str) -> bool:
        plain = len(text) <= _LONGEST and text.isprintable() and not _unclear(text)
        return plain and times[text] == 1 and text not in ids

    return {code.id: code.code if is_name(code.code) else code.id for code in program.promo_codes}


def _item(text: str | None) -> str:
    return scalar(text, in_list=True)


def scalar(text: str | None, *, in_list: bool = False) -> str:
    """The text on one line; None as `null`. `in_list`: between brackets."""
    if text is None:
        return "null"
    plain = _PLAIN if in_list else _PLAIN_OUTSIDE
    if text not in _NULLS and plain.fullmatch(text):
        return text
    if text.isprintable():
        return f"'{text.replace(chr(39), 2 * chr(39))}'"
    return f'"{escaped(text.translate(_IN_QUOTES))}"'
