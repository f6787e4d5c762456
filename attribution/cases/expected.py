"""Reads what is expected of a conversion: `bob by SAVE10, RULE_WINNER`, `nobody, WITHHELD`, a mapping, or a list.

The short form is `PARTNER by PROMO_CODE, WORD, ...`, of which every part may be left out. PARTNER is a partner's id,
or `nobody`; PROMO_CODE is the id of a promo code or, where none has that id, its text; a WORD is an outcome, a reason,
a credit rule, or a share such as `1/2`. What contains commas, or partners with white space, is written as a mapping.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any, Final, NamedTuple

import yaml

from attribution.cases.case import COMPARED, Expected
from attribution.cases.moments import moment
from attribution.cases.nodes import Fields, Report, is_null, items_of, text_of, words_of
from attribution.terms import CreditRule, Outcome, Reason
from attribution.text import BadValueError, did_you_mean, joined, one_of, shown

NOBODY: Final = "nobody"
_WORDS: Final = {
    **{str(word): ("outcome", word) for word in Outcome},
    **{str(word): ("reason", word) for word in Reason},
    **{str(word): ("credit_rule", word) for word in CreditRule},
}
_ENUMS: Final = {"outcome": Outcome, "reason": Reason, "credit_rule": CreditRule}
_NEVER_NULL: Final = ("outcome", "reason", "share", "path_clicks")
_OTHERS: Final[Mapping[str, tuple[str, ...]]] = {"partner_id": ("partner",), "winner_partner_id": ("winner",)}
_NAMES: Final = {name: _OTHERS.get(name, ()) for name in COMPARED}
_SHARE: Final = re.compile(r"\d{1,9}(?:/0*[1-9]\d{0,8}|\.\d{1,15})?", re.ASCII)
_WRITE_NOBODY: Final = f"write {NOBODY} where nobody is to be credited"
_FORM: Final = "write PARTNER by PROMO_CODE, WORD, such as bob by SAVE10, RULE_WINNER; or a mapping {partner: ...}"


class Setting(NamedTuple):
    """What holds for all that is read in a file: where problems go, its time zone, its own names for partners."""

    report: Report
    timezone: str
    partners: Mapping[str, str]

    def partner(self, name: str) -> str:
        """The id of a partner by its name in this file, or its id."""
        return self.partners.get(name, name)

    def time(
        self, node: yaml.Node, anchor: datetime | None, *, text: str | None = None, form: str = ""
    ) -> datetime | None:
        """The instant that a node means, or a `text` in it; None if it is reported, with the `form` that it has."""
        said = text_of(node, "time", self.report) if text is None else text
        try:
            if said is not None:
                return moment(said, anchor, self.timezone)
            if is_null(node):
                self.report.at(node, "null is no time", "leave at out")
        except BadValueError as error:
            self.report.at(node, error.message, joined(error.help, form))
        return None


def read_expected(node: yaml.Node, anchor: datetime, setting: Setting) -> tuple[Expected, ...]:
    """The expected credits; `anchor` is the conversion's time. What is wrong is reported, and left out."""
    reader = _Reader(anchor, setting)
    items = items_of(node)
    if not items:
        setting.report.at(node, f"{words_of(node)} says nothing", _WRITE_NOBODY)
    found = [expected for item in items if (expected := reader.item(item)) is not None]
    if isinstance(node, yaml.SequenceNode) and len(items) > 1:
        _refuse_unclear(found, items, setting.report)
    return tuple(found)


def _refuse_unclear(found: list[Expected], items: list[yaml.Node], report: Report) -> None:
    partners = [expected.fields.get("partner_id") for expected in found]
    if len(found) == len(items):
        for index, (partner, item) in enumerate(zip(partners, items, strict=True)):
            if partner is None:
                help = "for one credit, leave the brackets out: bob, WINNER"
                report.at(item, "each of several expected credits has its partner", help)
            elif partner in partners[:index]:
                report.at(item, f"partner {partner!r} is expected twice", "a partner is credited once")


class _Reader:
    """Reads one expected credit, from text or from a mapping."""

    def __init__(self, anchor: datetime, setting: Setting) -> None:
        self._anchor = anchor
        self._setting = setting
        self._report = setting.report

    def item(self, node: yaml.Node) -> Expected | None:
        """Read one expected credit; None if nothing of it can be read."""
        if isinstance(node, yaml.MappingNode):
            fields = dict(self._from_mapping(node))
        else:
            text = text_of(node, "expected credit", self._report)
            if text is None:
                if is_null(node):
                    self._report.at(node, "null says nothing", _WRITE_NOBODY)
                return None
            fields = self._from_text(text, node)
        return Expected(fields, node.start_mark.line + 1) if fields else None

    def _from_text(self, text: str, node: yaml.Node) -> dict[str, Any]:
        first, *pieces = [piece.strip() for piece in text.split(",")]
        fields: dict[str, Any] = {}
        if first in _WORDS:
            pieces.insert(0, first)  # `WITHHELD` alone
        else:
            fields |= self._credited(first, node)
        for piece in pieces:
            name, value = _word(piece)
            if not name:
                message = f"{shown(piece)} is no outcome, reason, credit rule or share"
                self._report.at(node, message, joined(did_you_mean(piece, among=_WORDS), _FORM))
            elif name in fields:
                self._report.at(node, f"{shown(piece)} is a second {name.replace('_', ' ')} in {shown(text)}")
            else:
                fields[name] = value
        return fields

    def _credited(self, text: str, node: yaml.Node) -> dict[str, Any]:
        """`PARTNER by PROMO_CODE`; the promo code may contain white space."""
        partner, _, rest = text.partition(" ")
        by, _, promo_code = rest.strip().partition(" ")
        if not partner or (rest and (by != "by" or not promo_code.strip())):
            help = joined(_FORM, did_you_mean(text, among=_WORDS))
            self._report.at(node, f"{shown(text)} is no expected credit", help)
            return {}
        fields: dict[str, Any] = {"partner_id": None if partner == NOBODY else self._setting.partner(partner)}
        return fields | ({"promo_code": promo_code.strip()} if rest else {})

    def _from_mapping(self, node: yaml.MappingNode) -> Iterator[tuple[str, Any]]:
        fields = Fields(node, "an expected credit", _NAMES, self._report)
        if not node.value:
            self._report.at(node, "an expected credit without any field expects nothing")
        for name, value in fields.items():
            text = text_of(value, name, self._report)
            try:
                if text is not None or is_null(value):
                    yield name, self._value(name, text)
            except BadValueError as error:
                self._report.at(value, f"{name}: {error.message}", error.help)

    def _value(self, name: str, text: str | None) -> Any:
        if not text:
            if name in _NEVER_NULL:
                raise BadValueError("is never null")
            return None
        if name in _ENUMS:
            words = _ENUMS[name]
            if text not in list(words):
                raise BadValueError(*one_of(text, words))
            return words(text)
        if name == "last_click_time":
            return moment(text, self._anchor, self._setting.timezone)
        if name in ("partner_id", "winner_partner_id"):
            return self._setting.partner(text)
        return _READERS.get(name, str)(text)


def is_word(text: str) -> bool:
    """Whether the short form takes this text for an outcome, a reason or a credit rule."""
    return text in _WORDS


def _word(piece: str) -> tuple[str, Any]:
    if piece in _WORDS:
        return _WORDS[piece]
    return ("share", _share(piece)) if _SHARE.fullmatch(piece) else ("", None)


def _share(text: str) -> Fraction:
    if not _SHARE.fullmatch(text):
        raise BadValueError(f"{shown(text)} is no share", "write 1, 1/2 or 0.5")
    return Fraction(text)


def _count(text: str) -> int:
    if not re.fullmatch(r"\d{1,9}", text, re.ASCII):
        raise BadValueError(f"{shown(text)} is no number of clicks")
    return int(text)


_READERS: Final[Mapping[str, Callable[[str], object]]] = {"share": _share, "path_clicks": _count}
