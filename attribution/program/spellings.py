"""Field names of a promo code in every API version and in the bulk file, and the one native name of each.

A dotted name is a field of a nested object: `Program.Id` is the key `Id` of the object `Program`.
"""

from collections.abc import Mapping
from typing import Final

from attribution.program.values import AS_TEXT_IS, Reader, end, flag, start, text, word

_FIELDS: Final[Mapping[str, tuple[Reader, tuple[str, ...]]]] = {
    "id": (text, ("Id",)),
    "code": (text, ("Code", "Promo Code")),
    "match_mode": (word, ("MatchMode", "Match Mode", "Type")),
    "credit_rule": (word, ("CreditRule", "CreditPolicy", "Credit Rule")),
    "partner_id": (text, ("AssignedPartnerId", "Media Id")),
    "partner_name": (text, ("AssignedPartnerName",)),
    "program_id": (text, ("Program.Id", "CampaignId", "ProgramId", "Campaign Id", "Program Id")),
    "program_name": (text, ("Program.Name", "CampaignName", "ProgramName")),
    "advertiser_id": (text, ("Advertiser.Id",)),
    "advertiser_name": (text, ("Advertiser.Name",)),
    "state": (word, ("State",)),
    "created_date": (start, ("CreatedDate",)),
    "start_date": (start, ("StartDate", "Active Start Date")),
    "end_date": (end, ("EndDate", "Active End Date")),
    "uri": (text, ("Uri",)),
    "deal.id": (text, ("Deal.Id", "DealId", "Deal Id")),
    "deal.name": (text, ("Deal.Name", "DealName", "Deal Name")),
    "deal.uri": (text, ("Deal.Uri",)),
    "deal.start_date": (start, ("Deal.StartDate", "DealStartDate")),
    "deal.end_date": (end, ("Deal.EndDate", "DealEndDate")),
    "deal.synch_ads_promo_codes": (flag, ("Deal.SynchAdsPromoCodes", "SynchAdsPromoCodes")),
}

TIMEZONE: Final = "Timezone"
"""Not a field of a promo code: the zone of its dates that carry no offset."""

TYPE: Final = "Type"
"""The match mode in Brand API v14, `TRACKING` and the like in the bulk file: `normal` tells them apart."""

Known = tuple[bool, str, Reader, bool]
"""Whether a field is the deal's, its native name there, its reader, and whether that gives text back as it is."""


def _known(field: str) -> Known:
    record, _, name = field.rpartition(".")
    reader = _FIELDS[field][0]
    return record == "deal", name, reader, reader in AS_TEXT_IS


def _inside(*objects: str) -> dict[str, Known]:
    """The names within the objects of these names; those of the promo code itself are within ""."""
    return {
        name.rpartition(".")[2]: _known(field)
        for field in _FIELDS
        for name in names_of(field)
        if name.rpartition(".")[0] in objects
    }


def names_of(field: str) -> tuple[str, ...]:
    """All spellings of a native field, the native one first."""
    return (field, *_FIELDS[field][1]) if field in _FIELDS else (field,)


FLAT: Final = {name: known for name, known in _inside("").items() if name != TYPE}
"""Spelling of a field of the promo code itself -> what is known of it."""

NESTED: Final[Mapping[str, Mapping[str, Known]]] = {
    "Program": _inside("Program"),
    "Advertiser": _inside("Advertiser"),
    "Deal": _inside("Deal", "deal"),
    "deal": _inside("Deal", "deal"),
}
"""Name of a nested object -> spelling of a field in it -> what is known of that."""

MATCH_MODE_NAMES: Final = tuple(name for name in names_of("match_mode") if name != TYPE)


def name_in(raw: object, field: str, value: object) -> str:
    """The spelling under which a raw promo code gives a field this value, else any value; else the native one."""
    said = sayings(raw, field)
    same = (name for name, other in said.items() if other == value or (value is None and other == ""))
    given = (name for name, other in said.items() if other not in (None, ""))
    return next(same, None) or next(given, field)


def value_in(raw: object, field: str) -> object:
    """What a raw promo code says for a native field, in any of its spellings; None for nothing or an empty text."""
    return next((value for value in sayings(raw, field).values() if value not in (None, "")), None)


def sayings(raw: object, field: str) -> dict[str, object]:
    """Every spelling under which a raw promo code has this native field, and what it says there."""
    if field not in _FIELDS:
        return {field: raw[field]} if isinstance(raw, Mapping) and field in raw else {}
    known = _known(field)
    nested = (f"{outer}.{name}" for outer in NESTED for name in NESTED[outer] if NESTED[outer][name] == known)
    said = {}
    for name in (*names_of(field), *nested):
        outer, _, last = name.rpartition(".")
        holder = raw.get(outer) if outer and isinstance(raw, Mapping) else raw
        if isinstance(holder, Mapping) and last in holder:
            said[name] = holder[last]
    return said
