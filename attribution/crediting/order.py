"""One order's records, read into plain values: the same names, types and bad rows as tables have.

A record is a `Conversion` or `Click`, or a mapping with the column names of a table, the platform's own spellings
included. Which names a mapping has is looked up once per set of keys, so reading an order costs little more than a
microsecond.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter, itemgetter
from typing import Any, Final, NamedTuple

from attribution.crediting.record_errors import BadRecordError, NotAnIdError
from attribution.crediting.window import PathClick, of_program
from attribution.events.amounts import parse_amount
from attribution.events.column_names import CLICKS, CONVERSIONS, Table, find_columns
from attribution.events.event_records import Click, Conversion
from attribution.events.time_columns import is_missing_time, parse_time
from attribution.terms import RowReason

_CONVERSION_FIELDS: Final = (
    "conversion_id", "event_time", "customer_id", "promo_code", "amount", "currency", "program_id", "click_path",
)  # fmt: skip
_CLICK_FIELDS: Final = ("event_time", "click_id", "partner_id", "customer_id", "program_id")
_PATH_FIELDS: Final = ("event_time", "partner_id", "click_id")
_READ: Final = {
    "conversions": (CONVERSIONS, _CONVERSION_FIELDS),
    "clicks": (CLICKS, _CLICK_FIELDS),
    "click_path": (Table("click_path", dict.fromkeys(_PATH_FIELDS, ()), frozenset()), _PATH_FIELDS),
}

_of_conversion: Final = attrgetter(*_CONVERSION_FIELDS)
_of_click: Final = attrgetter(*_CLICK_FIELDS)
_of_path_click: Final = attrgetter(*_PATH_FIELDS)


class Order(NamedTuple):
    """A well-formed conversion; `click_path` is None unless the conversion carries its own."""

    conversion_id: str
    event_time: datetime
    customer_id: str | None
    promo_code: str | list[str | None] | None
    program_id: str | None
    click_path: list[PathClick] | None
    amount: Decimal | int | float | None
    currency: str | None


def read_order(record: Conversion | Mapping[str, Any], timezone: str) -> Order:
    """The values of a conversion; raises `BadRecordError` for what would be a bad row of a table. About 1.4 us."""
    fields = _of_conversion if isinstance(record, Conversion) else _getter("conversions", _keys(record))
    ident, time, customer_id, promo_code, amount, currency, program_id, path = fields(record)
    conversion_id = _id(ident)
    if not conversion_id:
        raise BadRecordError("conversions", RowReason.NO_ID, None)
    at = time if _is_utc(time) else _utc(time, timezone, "conversions", conversion_id)
    try:
        money = None if amount is None else parse_amount(amount)
    except ValueError as error:
        raise BadRecordError("conversions", RowReason.UNREADABLE_AMOUNT, conversion_id, amount) from error
    click_path = None if path is None else list(_path(path, timezone, conversion_id))
    ids = _id(customer_id), _codes(promo_code), _id(program_id)
    return tuple.__new__(Order, (conversion_id, at, *ids, click_path, money, _id(currency)))


def own_clicks(
    clicks: Iterable[Click | Mapping[str, Any]], customer_id: str | None, program_id: str | None, timezone: str
) -> list[PathClick]:
    """The clicks of a customer (None: of nobody) that count in a program, in any order.

    About 0.4 us a click. One loop, without a call per click where its values are already UTC and text and its keys
    those of the click before; every click is read, so that a bad one is an error whether it counts or not.
    """
    own: list[PathClick] = []
    size, fields, others, no_id, no_program = NO_SHAPE
    for record in clicks:
        if record.__class__ is not dict or len(record) != size:
            size, fields, others, no_id, no_program = click_shape(record)
        try:
            time, click_id, partner_id, whose, program = fields(record)
            if others is not None:
                others(record)
        except KeyError:  # as many keys, but not the same
            size, fields, others, no_id, no_program = click_shape(record)
            time, click_id, partner_id, whose, program = fields(record)
        if no_id:
            click_id = ""
        if no_program:
            program = None
        if not (
            time.__class__ is datetime
            and time.tzinfo is UTC
            and click_id.__class__ is str
            and partner_id.__class__ is str
            and partner_id
            and whose.__class__ is str
            and (program is None or program.__class__ is str)
        ):
            values = time, click_id, partner_id, whose, program
            time, click_id, partner_id, whose, program = read_click(values, timezone)
        if whose == customer_id and whose is not None and (not program or of_program(program, program_id)):
            own.append((time, click_id or "", partner_id))
    return own


def read_click(values: Sequence[Any], timezone: str) -> tuple[datetime, str | None, str, str | None, str | None]:
    """event_time in UTC, click_id, partner_id, customer_id, program_id of a click, from values of every type.

    A missing id is None. Raises `BadRecordError` for what would be a bad row of a table.
    """
    time, click_id, partner_id, customer_id, program_id = values
    at = _utc(time, timezone, "clicks", click_id)
    return at, _id(click_id), _partner(partner_id, "clicks", click_id), _id(customer_id), _id(program_id)


def read_record(
    record: Click | Mapping[str, Any], timezone: str
) -> tuple[datetime, str | None, str, str | None, str | None]:
    """`read_click` of a record."""
    _, fields, _, no_id, no_program = click_shape(record)
    time, click_id, partner_id, customer_id, program_id = fields(record)
    values = time, None if no_id else click_id, partner_id, customer_id, None if no_program else program_id
    return read_click(values, timezone)


class ClickShape(NamedTuple):
    """How the five values of `read_click` are read from records like one that was seen.

    A dict of `size` keys has the shape if neither `fields` nor `others`, where it has any further keys, fails with
    KeyError: then its keys are the same. Other records have a size of -1, as nothing is so long. `fields` gives five
    values; where `no_id` or `no_program`, that value is another's.
    """

    size: int
    fields: Callable[[Any], Sequence[Any]]
    others: Callable[[Any], object] | None
    no_id: bool
    no_program: bool


NO_SHAPE: Final = ClickShape(-1, _of_click, None, False, False)
"""The shape of a `Click`, which has no keys."""


def click_shape(record: Click | Mapping[str, Any]) -> ClickShape:
    """The shape of a record; found once for each set of keys."""
    if isinstance(record, Click):
        return NO_SHAPE
    shape = _shape(_keys(record))
    return shape if record.__class__ is dict else shape._replace(size=-1)


@lru_cache(maxsize=256)
def _shape(keys: tuple[str, ...]) -> ClickShape:
    names = find_columns(CLICKS, keys, {}, "clicks")
    others = set(keys) - set(names.values())
    fields = itemgetter(*(names.get(field, names["event_time"]) for field in _CLICK_FIELDS))
    return ClickShape(
        len(keys), fields, itemgetter(*others) if others else None, "click_id" not in names, "program_id" not in names
    )


def _keys(record: object) -> tuple[str, ...]:
    if record.__class__ is not dict and not isinstance(record, Mapping):
        raise TypeError(f"a record is a Conversion, a Click or a mapping of column names, not {type(record).__name__}")
    return tuple(record)


def _path(path: Sequence[Any], timezone: str, conversion_id: str) -> Iterator[PathClick]:
    for record in path:
        try:
            fields = _of_path_click if isinstance(record, Click) else _getter("click_path", _keys(record or {}))
            time, partner_id, click_id = fields(record)
            at = _utc(time, timezone, "clicks", None)
            yield at, _id(click_id) or "", _partner(partner_id, "clicks", None)
        except BadRecordError as error:
            raise BadRecordError("conversions", RowReason.BAD_CLICK_PATH, conversion_id, record) from error


@lru_cache(maxsize=256)
def _getter(kind: str, keys: tuple[str, ...]) -> Callable[[Any], Sequence[Any]]:
    """Reads the fields of a kind of record from a mapping that has these keys; what it lacks is None."""
    table, fields = _READ[kind]
    found = find_columns(table, keys, {}, kind)
    names = [found.get(field) for field in fields]
    first = [name for name in names if name is not None]
    if first != names[: len(first)] or len(first) == 1:
        return lambda record: [None if name is None else record[name] for name in names]
    get, rest = itemgetter(*first), (None,) * (len(names) - len(first))
    return (lambda record: get(record) + rest) if rest else get


def _is_utc(time: object) -> bool:
    return time.__class__ is datetime and time.tzinfo is UTC


def _utc(value: object, timezone: str, table: str, identifier: object) -> datetime:
    if is_missing_time(value):
        raise BadRecordError(table, RowReason.NO_TIME, _shown(identifier))
    try:
        return parse_time(value, timezone)
    except ValueError as error:
        raise BadRecordError(table, RowReason.UNREADABLE_TIME, _shown(identifier), value) from error


def _partner(value: object, table: str, identifier: object) -> str:
    partner_id = _id(value)
    if partner_id is None:
        raise BadRecordError(table, RowReason.NO_PARTNER, _shown(identifier))
    return partner_id


def _shown(identifier: object) -> str | None:
    return None if identifier is None else str(identifier)


def _id(value: object) -> str | None:
    """An id as text: integers as their decimal text, `""` as missing."""
    if value.__class__ is str:
        return value or None
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        raise NotAnIdError(value)
    return str(value) or None


def _codes(value: object) -> str | list[str | None] | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, Sequence):
        return [_id(code) for code in value]
    return _id(value)
