"""Finds the canonical columns of a table under the names that the input has for them.

A name given in the mapping wins; then the canonical name; then the names of the platform's exports in the
order of `Table.aliases` (an actions export has both `Id` and `Oid`: `Id` is the conversion's id unless the
mapping says otherwise). Names are compared exactly. Other columns are left alone.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from attribution.events.event_errors import MappedColumnError, MissingColumnError


@dataclass(frozen=True, slots=True)
class Table:
    """A kind of table: its canonical columns with their other names, and those it cannot do without."""

    name: str
    aliases: Mapping[str, tuple[str, ...]]
    required: frozenset[str]

    def names(self, canonical: str) -> tuple[str, ...]:
        """All names of a column, the canonical one first."""
        return (canonical, *self.aliases[canonical])


CONVERSIONS: Final = Table(
    "conversions",
    {
        "conversion_id": ("Id", "OrderId", "Oid"),
        "event_time": ("EventDate",),
        "customer_id": ("CustomerId",),
        "promo_code": ("PromoCode", "OrderPromoCode"),
        "amount": ("Amount",),
        "currency": ("Currency", "CurrencyCode"),
        "program_id": ("CampaignId", "ProgramId"),
        "click_path": (),
    },
    frozenset({"conversion_id", "event_time"}),
)

CLICKS: Final = Table(
    "clicks",
    {
        "customer_id": ("ProfileId", "CustomerId"),
        "partner_id": ("MediaId",),
        "event_time": ("EventDate",),
        "click_id": ("Id",),
        "program_id": ("CampaignId", "ProgramId"),
    },
    frozenset({"customer_id", "partner_id", "event_time"}),
)


def columns_by_table(columns: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """`{"clicks.partner_id": "Pub"}` as `{"clicks": {"partner_id": "Pub"}, "conversions": {}}`."""
    tables: dict[str, Table] = {table.name: table for table in (CONVERSIONS, CLICKS)}
    allowed = [f"{name}.{column}" for name, table in tables.items() for column in table.aliases]
    by_table: dict[str, dict[str, str]] = {name: {} for name in tables}
    for key, theirs in columns.items():
        if key not in allowed:
            raise MappedColumnError("columns", "there is no column", key, allowed)
        name, _, canonical = key.partition(".")
        by_table[name][canonical] = theirs
    return by_table


def check_mapping(table: Table, columns: Mapping[str, str]) -> None:
    """Refuses canonical names that the table does not have."""
    for canonical in columns:
        if canonical not in table.aliases:
            raise MappedColumnError(table.name, "no canonical column is called", canonical, list(table.aliases))


def find_columns(table: Table, present: Sequence[str], columns: Mapping[str, str], source: str) -> dict[str, str]:
    """Canonical name -> name in the input, for every canonical column that the input has."""
    found = {name: theirs for name in table.aliases if (theirs := _find(table, name, present, columns, source))}
    missing = [name for name in table.aliases if name in table.required and name not in found]
    if missing:
        raise MissingColumnError(source, {name: table.names(name) for name in missing}, present)
    return found


def _find(
    table: Table, canonical: str, present: Collection[str], columns: Mapping[str, str], source: str
) -> str | None:
    if (mapped := columns.get(canonical)) is not None:
        if mapped not in present:
            problem = f"{canonical} was mapped to a column that is not there,"
            raise MappedColumnError(source, problem, mapped, list(present))
        return mapped
    return next((name for name in table.names(canonical) if name in present), None)
