"""Values and records as JSON has them: instants as text in UTC, exact amounts and words of the field as text."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from attribution.times import iso


def json_value(value: Any) -> Any:
    """One value of a result; a tuple becomes a list, and what JSON has stays as it is."""
    match value:
        case Enum():
            return value.value
        case datetime():
            return iso(value)
        case Decimal():
            return amount_text(value)
        case tuple() | list():
            return [json_value(part) for part in value]
    return value


def json_values(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row or the fields of a record, by name."""
    return {name: json_value(value) for name, value in row.items()}


def json_fields(record: object, *names: str) -> dict[str, Any]:
    """Some attributes of a record, by name."""
    return {name: json_value(getattr(record, name)) for name in names}


def amount_text(amount: Decimal | float, thousands: str = "") -> str:
    """An amount in digits, with two decimal places, or with as many more as it needs."""
    whole, _, fraction = f"{amount:{thousands}f}".partition(".")
    return f"{whole}.{fraction.rstrip('0').ljust(2, '0')}"
