"""Field names of a promo code in every API version and in the bulk file, and the one native name of each.

A dotted name is a field of a nested object: `Program.Id` is the key `Id` of the object `Program`.
"""

from collections.abc import Mapping
from enum import Enum, auto
from typing import Final


class Kind(Enum):
    """What a field holds, as far as reading it differs."""

    TEXT = auto()
    WORD = auto()
    START = auto()
    END = auto()
    FLAG = auto()


_FIELDS: Final[Mapping[str, tuple[Kind, tuple[str, ...]]]] = {
    "id": (Kind.TEXT, ("Id",)),
    "code": (Kind.TEXT, ("Code", "Promo Code")),
    "match_mode": (Kind.WORD, ("MatchMode", "Type", "Match Mode")),
    "credit_rule": (Kind.WORD, ("CreditRule", "CreditPolicy", "Credit Rule")),
    "partner_id": (Kind.TEXT, ("AssignedPartnerId", "Media Id")),
    "partner_name": (Kind.TEXT, ("AssignedPartnerName",)),
    "program_id": (Kind.TEXT, ("Program.Id", "CampaignId", "ProgramId", "Campaign Id", "Program Id")),
    "program_name": (Kind.TEXT, ("Program.Name", "CampaignName", "ProgramName")),
    "advertiser_id": (Kind.TEXT, ("Advertiser.Id",)),
    "advertiser_name": (Kind.TEXT, ("Advertiser.Name",)),
    "state": (Kind.WORD, ("State",)),
    "created_date": (Kind.START, ("CreatedDate",)),
    "start_date": (Kind.START, ("StartDate", "Active Start Date")),
    "end_date": (Kind.END, ("EndDate", "Active End Date")),
    "uri": (Kind.TEXT, ("Uri",)),
    "deal.id": (Kind.TEXT, ("Deal.Id", "DealId", "Deal Id")),
    "deal.name": (Kind.TEXT, ("Deal.Name", "DealName", "Deal Name")),
    "deal.uri": (Kind.TEXT, ("Deal.Uri",)),
    "deal.start_date": (Kind.START, ("Deal.StartDate", "DealStartDate")),
    "deal.end_date": (Kind.END, ("Deal.EndDate", "DealEndDate")),
    "deal.synch_ads_promo_codes": (Kind.FLAG, ("Deal.SynchAdsPromoCodes", "SynchAdsPromoCodes")),
}

TIMEZONE: Final = "Timezone"
"""Not a field of a promo code: the zone of its dates that carry no offset."""

TYPE: Final = "Type"
"""The match mode in Brand API v14, `TRACKING` and the like in the bulk file: `normal` tells them apart."""

FLAT: Final = {
    name: (field, kind)
    for field, (kind, names) in _FIELDS.items()
    for name in (field, *names)
    if "." not in name and name != TYPE
}
"""Name of a field of the promo code itself -> native field, kind."""


def _inside(*alike: str) -> dict[str, tuple[str, Kind]]:
    """The names within the objects of these names."""
    return {
        name.partition(".")[2]: (field, kind)
        for field, (kind, names) in _FIELDS.items()
        for name in (field, *names)
        if name.partition(".")[0] in alike
    }


NESTED: Final[Mapping[str, Mapping[str, tuple[str, Kind]]]] = {
    "Program": _inside("Program"),
    "Advertiser": _inside("Advertiser"),
    "Deal": _inside("Deal", "deal"),
    "deal": _inside("Deal", "deal"),
}
"""Name of a nested object -> name of its field -> native field, kind."""

MATCH_MODE_NAMES: Final = tuple(name for name, (field, _) in FLAT.items() if field == "match_mode")


def names_of(field: str) -> tuple[str, ...]:
    """All spellings of a native field, the native one first."""
    return (field, *_FIELDS[field][1]) if field in _FIELDS else (field,)


def name_in(raw: object, field: str) -> str:
    """The spelling of a native field that a raw promo code gives a value, or has at all; else the native one."""
    said = sayings(raw, field)
    return next((name for name, value in said.items() if value not in (None, "")), next(iter(said), field))


def value_in(raw: object, field: str) -> object:
    """What a raw promo code says for a native field, under whatever spelling; None where it says nothing."""
    return next((value for value in sayings(raw, field).values() if value not in (None, "")), None)


def sayings(raw: object, field: str) -> dict[str, object]:
    """Every spelling under which a raw promo code has this native field, and what it says there."""
    nested = (f"{outer}.{name}" for outer in NESTED for name, (known, _) in NESTED[outer].items() if known == field)
    said = {}
    for name in (*names_of(field), *nested):
        outer, _, last = name.rpartition(".")
        holder = raw.get(outer) if outer and isinstance(raw, Mapping) else raw
        if isinstance(holder, Mapping) and last in holder:
            said[name] = holder[last]
    return said
