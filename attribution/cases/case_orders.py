"""Reads the cases of a file: their conversions, clicks and what is expected.

A case has one `order`, a used code or a mapping, with `expect` beside it; or `conversions`, mappings that each have
their own `expect`. `at`, `customer` and `program_id` of a case hold for its conversions, `customer` for its clicks too;
those that it does not give are the file's `defaults`. Relative times of clicks count from the order, with `conversions`
from the case's `at`, as those of the conversions do.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

import yaml

from attribution.cases.case import Case, Order
from attribution.cases.case_clicks import Shared, read_clicks
from attribution.cases.expected import Setting, read_expected
from attribution.cases.nodes import Fields, is_null, items_of, text_of, words_of
from attribution.events.amounts import parse_amount
from attribution.events.event_records import Click, Conversion

_ANY_TIME: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands in for the time of an order that has none, which is a problem: others are found all the same."""

_SHARED: Final[dict[str, tuple[str, ...]]] = {"at": ("event_time",), "customer": ("customer_id",), "program_id": ()}
_CASE: Final = {"name": (), "order": (), "conversions": (), **_SHARED, "clicks": (), "expect": ()}
_ORDER: Final = {"promo_code": (), **_SHARED, "amount": (), "currency": (), "id": ("conversion_id",)}
_CONVERSION: Final = {**_ORDER, "expect": ()}


def read_defaults(node: yaml.Node | None, setting: Setting) -> Shared:
    """What the file's `defaults` say."""
    if node is None or is_null(node):
        return Shared()
    if not isinstance(node, yaml.MappingNode):
        setting.report.at(node, f"{words_of(node)} is no mapping of defaults", f"they are {', '.join(_SHARED)}")
        return Shared()
    return _shared(Fields(node, "defaults", _SHARED, setting.report), Shared(), setting)


def read_cases(node: yaml.Node | None, defaults: Shared, setting: Setting, place: yaml.Node) -> tuple[Case, ...]:
    """The cases of a file; what is wrong is reported. `place` is where a list of them should be."""
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        items = items_of(node)
        what = f"{words_of(items[0])} is no list of cases" if items else "there are no cases"
        setting.report.at(node or place, what, "write cases: and a list, each with name, order and expect")
        return ()
    reader = _Reader(defaults, setting)
    return tuple(case for item in node.value if (case := reader.case(item)) is not None)


def _shared(fields: Fields, otherwise: Shared, setting: Setting) -> Shared:
    """The fields' own values where they are given; a relative time counts from the one that it replaces."""
    node = fields.get("at")
    at = None if node is None else setting.time(node, otherwise.at)
    customer = fields.text("customer") if "customer" in fields else otherwise.customer_id
    program = fields.text("program_id") if "program_id" in fields else otherwise.program_id
    return Shared(at or otherwise.at, customer, program)


class _Reader:
    """Reads one case after the other; their names are distinct."""

    def __init__(self, defaults: Shared, setting: Setting) -> None:
        self._defaults = defaults
        self._setting = setting
        self._report = setting.report
        self._names: dict[str, int] = {}

    def case(self, node: yaml.Node) -> Case | None:
        """Parse one case; None if the node is not a mapping."""
        if not isinstance(node, yaml.MappingNode):
            self._report.at(node, f"{words_of(node)} is no case", "a case has name, order and expect")
            return None
        fields = Fields(node, "a case", _CASE, self._report)
        name, line = self._name(fields), node.start_mark.line + 1
        shared = _shared(fields, self._defaults, self._setting)
        if "conversions" in fields:
            orders = self._several(fields, shared)
        else:
            order, shared = self._order(self._single(fields), fields, shared, "1")
            orders = [order]
        clicks = read_clicks(fields.get("clicks"), shared, self._setting)
        self._refuse_clicks_of_nobody(clicks, orders, shared.customer_id, fields)
        return Case(name, self._report.file, line, tuple(orders), clicks)

    def _refuse_clicks_of_nobody(
        self, clicks: Sequence[Click], orders: Sequence[Order], who: str | None, fields: Fields
    ) -> None:
        """A click that does not say whose it is, where every order does, would be in no path."""
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

    def _single(self, fields: Fields) -> Fields:
        """The fields of a case's `order`; a used code stands for a mapping that has it alone."""
        node = fields.get("order")
        if not isinstance(node, yaml.MappingNode):
            code = [] if node is None else [(yaml.ScalarNode("", "promo_code"), node)]
            node = yaml.MappingNode("", code, fields.node.start_mark)
        return Fields(node, "an order", _ORDER, self._report)

    def _several(self, fields: Fields, shared: Shared) -> list[Order]:
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
            if isinstance(item, yaml.MappingNode):
                own = Fields(item, "a conversion", _CONVERSION, self._report)
                found.append(self._order(own, own, shared, str(number))[0])
            else:
                message = f"{words_of(item)} is no conversion"
                self._report.at(item, message, "it is a mapping with promo_code and expect")
        ids = [str(order.conversion.conversion_id) for order in found]
        for repeated in sorted({one for one in ids if ids.count(one) > 1}):
            self._report.at(fields.key("conversions"), f"two conversions have the id {repeated!r}")
        return found

    def _order(self, fields: Fields, whole: Fields, shared: Shared, ident: str) -> tuple[Order, Shared]:
        """An order, and what holds for its clicks; `whole` are the fields that say what is expected of it."""
        own = _shared(fields, shared, self._setting)
        at = own.at or _ANY_TIME
        if own.at is None:
            self._report.at(fields.node, "when was the order? Give at, in the case or in the file's defaults")
        amount, currency = fields.text("amount"), fields.text("currency")
        try:
            parse_amount(amount)
        except ValueError as error:
            self._report.at(fields.get("amount") or fields.node, str(error))
        codes = self._codes(fields.get("promo_code"))
        ident = fields.text("id") or ident
        conversion = Conversion(ident, at, own.customer_id, codes, amount, currency, own.program_id)
        expect = whole.get("expect")
        if expect is None:
            message = f"{whole.what} has expect: who is credited, such as expect: bob by SAVE10"
            self._report.at(whole.node, message)
        expected = () if expect is None else read_expected(expect, at, self._setting)
        return Order(conversion, expected, whole.node.start_mark.line + 1), own._replace(at=at)

    def _codes(self, node: yaml.Node | None) -> str | list[str | None] | None:
        if isinstance(node, yaml.SequenceNode):
            return [text_of(item, "used code", self._report) for item in node.value]
        if node is not None and is_null(node) and not node.value:
            self._report.at(node, "a code is missing", "quote one that begins with #, write null for none")
        return None if node is None else text_of(node, "used code", self._report)
