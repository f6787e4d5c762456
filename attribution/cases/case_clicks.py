"""Reads the clicks of a case: `amy 2d before`, `amy`, or mappings.

The short form is `PARTNER WHEN`; a partner's id with white space needs a mapping. Where no click of a case has a time,
they come in the order of the list, a second apart, the last one a second before the order.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, NamedTuple

import yaml

from attribution.cases.expected import Setting
from attribution.cases.nodes import Fields, is_null, items_of, text_of, words_of
from attribution.events.event_records import Click

CUSTOMER: Final = "1"
"""Who places the orders and clicks of a case that names nobody."""

_NAMES: Final = {
    "partner_id": ("partner",),
    "at": ("event_time",),
    "customer": ("customer_id",),
    "click_id": ("id",),
    "program_id": (),
}
_APART: Final = timedelta(seconds=1)
_NO_TIME: Final = datetime.min
"""Stands in for the time of a click until all of the case are known."""

_FORM: Final = "a click is PARTNER WHEN, or a mapping {partner_id: ..., at: ...}"


class Shared(NamedTuple):
    """What holds for a file, a case, or an order and its clicks; relative times count from `at`."""

    at: datetime | None = None
    customer_id: str | None = CUSTOMER
    program_id: str | None = None


def read_clicks(node: yaml.Node | None, shared: Shared, setting: Setting) -> tuple[Click, ...]:
    """The clicks of a case; what is wrong is reported, and left out."""
    found = [click for item in items_of(node) if (click := _click(item, shared, setting)) is not None]
    untimed = [click for click in found if click.event_time is _NO_TIME]
    if not untimed or node is None:
        return tuple(found)
    if len(untimed) < len(found):
        without = f"the click of partner {untimed[0].partner_id!r} has no time"
        setting.report.at(node, f"all clicks of a case have a time, or none has: {without}")
    elif shared.at is None:
        setting.report.at(node, "clicks without times need the case's at, which they come before")
    else:
        try:
            return tuple(
                replace(click, event_time=shared.at - _APART * (len(found) - place))
                for place, click in enumerate(found)
            )
        except OverflowError:
            setting.report.at(node, "these clicks would be before the year 1")
    return ()


def _click(node: yaml.Node, shared: Shared, setting: Setting) -> Click | None:
    if isinstance(node, yaml.MappingNode):
        return _from_mapping(node, shared, setting)
    text = text_of(node, "click", setting.report)
    partner, _, when = (text or "").strip().partition(" ")
    if not partner:
        if is_null(node) or text is not None:
            setting.report.at(node, f"{words_of(node)} is no click", "write PARTNER WHEN, such as amy 2d before")
        return None
    at = setting.time(node, shared.at, text=when.strip(), form=_FORM) if when else _NO_TIME
    return None if at is None else Click(at, setting.partner(partner), shared.customer_id)


def _from_mapping(node: yaml.MappingNode, shared: Shared, setting: Setting) -> Click | None:
    fields = Fields(node, "a click", _NAMES, setting.report)
    partner, when = fields.text("partner_id"), fields.get("at")
    if not partner:
        setting.report.at(fields.key("partner_id"), "a click has a partner_id")
    at = _NO_TIME if when is None else setting.time(when, shared.at, form=_FORM)
    if not partner or at is None:
        return None
    customer = fields.text("customer") if "customer" in fields else shared.customer_id
    return Click(at, setting.partner(partner), customer, fields.text("click_id"), fields.text("program_id"))
