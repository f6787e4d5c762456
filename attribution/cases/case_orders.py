"""Reads the cases of a file: their conversions, clicks and what is expected.

A case has one `order`, a used code or a mapping, with `expect` beside it; or `conversions`, mappings that each have
their own `expect`. `at`, `customer` and `program_id` of a case hold for its conversions, `customer` for its clicks too;
those that it does not give are the file's `defaults`. Relative times of clicks count from the order, with `conversions`
from the case's `at`, as those of the conversions do.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final, NamedTuple, cast

import yaml

from attribution.cases.case import Case, Order
from attribution.cases.case_clicks import Around, read_clicks
from attribution.cases.expected import Setting, read_expected
from attribution.cases.moments import moment
from attribution.cases.nodes import Fields, Report, is_null, items_of, text_of, words_of
from attribution.events.amounts import parse_amount
from attribution.events.event_records import Click, Conversion
from attribution.text import BadValueError

CUSTOMER: Final = "1"
"""Who places the orders and clicks of a case that names nobody."""

_ANY_TIME: Final = datetime(2000, 1, 1, tzinfo=UTC)
_SHARED: Final[dict[str, tuple[str, ...]]] = {
    "at": ("event_time",), "customer": ("customer_id",), "program_id": (),
}  # fmt: skip
_CASE: Final = {"name": (), "order": (), "conversions": (), **_SHARED, "clicks": (), "expect": ()}
_ORDER: Final = {"promo_code": (), **_SHARED, "amount": (), "currency": (), "id": ("conversion_id",)}
_CONVERSION: Final = {**_ORDER, "expect": ()}


class Shared(NamedTuple):
    """What holds for all conversions of a case, or of a file."""

    at: datetime | None = None
    customer_id: str | None = CUSTOMER
    program_id: str | None = None


def read_defaults(node: yaml.Node | None, setting: Setting, report: Report) -> Shared:
    """What the file's `defaults` say."""
    if node is None or is_null(node):
        return Shared()
    if not isinstance(node, yaml.MappingNode):
        report.at(node, f"{words_of(node)} is no mapping of defaults", f"they are {', '.join(_SHARED)}")
        return Shared()
    return _shared(Fields(node, "defaults", _SHARED, report), Shared(), setting, report)


def read_cases(
    node: yaml.Node | None, defaults: Shared, setting: Setting, report: Report, place: yaml.Node
) -> tuple[Case, ...]:
    """The cases of a file; what is wrong is reported, and left out. `place` is where a list of them should be."""
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        items = items_of(node)
        what = f"{words_of(items[0])} is no list of cases" if items else "there are no cases"
        report.at(node or place, what, "write cases: and a list, each with name, order and expect")
        return ()
    reader = _Reader(defaults, setting, report)
    return tuple(case for item in node.value if (case := reader.case(item)) is not None)


def _shared(fields: Fields, otherwise: Shared, setting: Setting, report: Report) -> Shared:
    """The fields' own values where they are given; a relative time counts from the one that it replaces."""
    at = otherwise.at
    if (node := fields.get("at")) is not None:
        text = text_of(node, "time", report)
        try:
            if text is not None:
                at = moment(text, otherwise.at, setting.timezone)
            elif is_null(node):
                report.at(node, "null is no time", "leave at out")
        except BadValueError as error:
            report.at(node, error.message, error.help)
    customer = fields.text("customer") if "customer" in fields else otherwise.customer_id
    program = fields.text("program_id") if "program_id" in fields else otherwise.program_id
    return Shared(at, customer, program)


class _Reader:
    """Reads one case after the other; their names are distinct."""

    def __init__(self, defaults: Shared, setting: Setting, report: Report) -> None:
        self._defaults = defaults
        self._setting = setting
        self._report = report
        self._names: dict[str, int] = {}

    def case(self, node: yaml.Node) -> Case | None:
        """Parse one case; None if the node is not a mapping."""
        if not isinstance(node, yaml.MappingNode):
            self._report.at(node, f"{words_of(node)} is no case", "a case has name, order and expect")
            return None
        fields = Fields(node, "a case", _CASE, self._report)
        name, line = self._name(fields), node.start_mark.line + 1
        shared = _shared(fields, self._defaults, self._setting, self._report)
        if "conversions" in fields:
            orders, around = self._several(fields, shared), Around(shared.at, shared.customer_id)
        else:
            order, around = self._single(fields, shared)
            orders = () if order is None else (order,)
        clicks = read_clicks(fields.get("clicks"), around, self._setting, self._report)
        self._refuse_clicks_of_nobody(clicks, orders, around, fields)
        return Case(name, self._report.file, line, orders, clicks)

    def _refuse_clicks_of_nobody(
        self, clicks: Sequence[Click], orders: Sequence[Order], around: Around, fields: Fields
    ) -> None:
        """A click that does not say whose it is, where every order does, would be in no path."""
        who = around.customer_id
        customers = {order.conversion.customer_id for order in orders} or {who}
        if who not in customers and who in {click.customer_id for click in clicks}:
            whose = "a guest" if who is None else f"customer {who!r}"
            message = f"clicks of {whose}, who has no order here"
            self._report.at(fields.key("clicks"), message, "give them a customer")

    def _name(self, fields: Fields) -> str:
        name = (fields.text("name") or "").strip()
        place = fields.get("name") or fields.node
        if not name:
            self._report.at(place, "a case has a name: a sentence that says what is to happen")
        elif name in self._names:
            self._report.at(place, f"the case of line {self._names[name]} has the same name")
        self._names.setdefault(name, place.start_mark.line + 1)
        return name

    def _single(self, fields: Fields, shared: Shared) -> tuple[Order | None, Around]:
        node = fields.get("order")
        if isinstance(node, yaml.MappingNode):
            conversion = self._conversion(Fields(node, "an order", _ORDER, self._report), shared, 1)
        else:
            conversion = self._made(self._codes(node), shared, fields.node)
        # Without a time there is a problem already; another one for each click would say nothing new.
        around = Around(_ANY_TIME, None) if conversion is None else Around(_time(conversion), _customer(conversion))
        return self._order(conversion, fields, fields.node), around

    def _several(self, fields: Fields, shared: Shared) -> tuple[Order, ...]:
        for name in ("order", "expect"):
            if name in fields:
                message = f"a case with conversions has no {name}"
                self._report.at(fields.key(name), message, "each conversion has its own")
        node = fields.get("conversions")
        items = items_of(node)
        if node is not None and not items:
            self._report.at(node, "conversions is a list of mappings, each with promo_code and expect")
        found = []
        for number, item in enumerate(items, start=1):
            if not isinstance(item, yaml.MappingNode):
                message = f"{words_of(item)} is no conversion"
                self._report.at(item, message, "it is a mapping with promo_code and expect")
                continue
            own = Fields(item, "a conversion", _CONVERSION, self._report)
            found.append(self._order(self._conversion(own, shared, number), own, item))
        self._refuse_repeated_ids([order for order in found if order is not None], fields)
        return tuple(order for order in found if order is not None)

    def _refuse_repeated_ids(self, orders: Sequence[Order], fields: Fields) -> None:
        ids = [str(order.conversion.conversion_id) for order in orders]
        for repeated in sorted({one for one in ids if ids.count(one) > 1}):
            self._report.at(fields.key("conversions"), f"two conversions have the id {repeated!r}")

    def _order(self, conversion: Conversion | None, fields: Fields, node: yaml.Node) -> Order | None:
        expect = fields.get("expect")
        if expect is None:
            self._report.at(node, f"{fields.what} has expect: who is credited, such as expect: bob by SAVE10")
            return None
        anchor = _ANY_TIME if conversion is None else _time(conversion)
        expected = read_expected(expect, anchor, self._setting, self._report)
        return None if conversion is None else Order(conversion, expected, node.start_mark.line + 1)

    def _conversion(self, fields: Fields, shared: Shared, number: int) -> Conversion | None:
        own = _shared(fields, shared, self._setting, self._report)
        amount = fields.text("amount")
        try:
            parse_amount(amount)
        except ValueError as error:
            self._report.at(fields.get("amount") or fields.node, str(error))
        ident = fields.text("id") or str(number)
        conversion = self._made(self._codes(fields.get("promo_code")), own, fields.node, ident)
        return None if conversion is None else replace(conversion, amount=amount, currency=fields.text("currency"))

    def _made(
        self, promo_code: str | list[str | None] | None, shared: Shared, node: yaml.Node, ident: str = "1"
    ) -> Conversion | None:
        if shared.at is None:
            self._report.at(node, "when was the order? Give at, in the case or in the file's defaults")
            return None
        return Conversion(ident, shared.at, shared.customer_id, promo_code, program_id=shared.program_id)

    def _codes(self, node: yaml.Node | None) -> str | list[str | None] | None:
        if isinstance(node, yaml.SequenceNode):
            return [text_of(item, "used code", self._report) for item in node.value]
        if node is not None and is_null(node) and not node.value:
            self._report.at(node, "a code is missing", "quote one that begins with #, write null for none")
        return None if node is None else text_of(node, "used code", self._report)


def _time(conversion: Conversion) -> datetime:
    return cast(datetime, conversion.event_time)  # as `_made` makes it


def _customer(conversion: Conversion) -> str | None:
    return cast(str | None, conversion.customer_id)
