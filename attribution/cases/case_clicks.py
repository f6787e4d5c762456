"""Reads the clicks of a case: `amy 2d before`, `amy`, or mappings.

The short form is `PARTNER WHEN`; a partner's id with white space needs a mapping. Where no click of a case has a time,
they come in the order of the list, a second apart, the last one a second before the order.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, NamedTuple

import yaml

from attribution.cases.expected import Setting
from attribution.cases.moments import moment
from attribution.cases.nodes import Fields, Report, is_null, items_of, text_of, words_of
from attribution.events.event_records import Click
from attribution.text import BadValueError, joined

_NAMES: Final = {
    "partner_id": ("partner",),
    "at": ("event_time",),
    "customer": ("customer_id",),
    "click_id": ("id",),
    "program_id": (),
}
_APART: Final = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Around:
    """What clicks take over from their case: what relative times count from, and whose they are."""

    anchor: datetime | None
    customer_id: str | None


class _Read(NamedTuple):
    """A click, and where the file says its time; None for a click without one."""

    click: Click
    when: yaml.Node | None


def read_clicks(node: yaml.Node | None, around: Around, setting: Setting, report: Report) -> tuple[Click, ...]:
    """The clicks of a case; what is wrong is reported, and left out."""
    items = items_of(node)
    found = [read for item in items if (read := _click(item, around, setting, report)) is not None]
    untimed = [read for read in found if read.when is None]
    if not untimed or node is None:
        return tuple(read.click for read in found)
    if len(untimed) < len(found):
        without = f"the click of partner {untimed[0].click.partner_id!r} has no time"
        report.at(node, f"all clicks of a case have a time, or none has: {without}")
        return ()
    if around.anchor is None:
        report.at(node, "clicks without times need the case's at, which they come before")
        return ()
    return _in_turn([read.click for read in untimed], around.anchor, node, report)


def _in_turn(clicks: list[Click], anchor: datetime, node: yaml.Node, report: Report) -> tuple[Click, ...]:
    try:
        return tuple(
            replace(click, event_time=anchor - _APART * before)
            for before, click in zip(range(len(clicks), 0, -1), clicks, strict=True)
        )
    except OverflowError:
        report.at(node, "these clicks would be before the year 1")
        return ()


def _click(node: yaml.Node, around: Around, setting: Setting, report: Report) -> _Read | None:
    if isinstance(node, yaml.MappingNode):
        return _from_mapping(node, around, setting, report)
    text = text_of(node, "click", report)
    partner, _, when = (text or "").strip().partition(" ")
    if not partner:
        if is_null(node) or text is not None:
            report.at(node, f"{words_of(node)} is no click", "write PARTNER WHEN, such as amy 2d before")
        return None
    at = _time(when.strip(), node, around, setting, report) if when else None
    click = Click(at or _NO_TIME, setting.partner(partner), around.customer_id)
    return None if when and at is None else _Read(click, node if when else None)


_NO_TIME: Final = datetime.min
"""Stands in for the time of a click until all of the case are known."""


def _from_mapping(node: yaml.MappingNode, around: Around, setting: Setting, report: Report) -> _Read | None:
    fields = Fields(node, "a click", _NAMES, report)
    partner, when = fields.text("partner_id"), fields.get("at")
    if not partner:
        report.at(fields.key("partner_id"), "a click has a partner_id")
    text = None if when is None else text_of(when, "time", report)
    at = _time(text, when, around, setting, report) if text and when is not None else None
    if when is not None and is_null(when):
        report.at(when, "null is no time", "leave at out")
    if not partner or (when is not None and at is None):
        return None
    customer = fields.text("customer") if "customer" in fields else around.customer_id
    ident, program = fields.text("click_id"), fields.text("program_id")
    return _Read(Click(at or _NO_TIME, setting.partner(partner), customer, ident, program), when)


def _time(text: str, node: yaml.Node, around: Around, setting: Setting, report: Report) -> datetime | None:
    try:
        return moment(text, around.anchor, setting.timezone)
    except BadValueError as error:
        hint = "" if isinstance(node, yaml.MappingNode) else _HINT
        report.at(node, error.message, joined(error.help, hint))
        return None


_HINT: Final = "a click is PARTNER WHEN, or a mapping {partner_id: ..., at: ...}"
