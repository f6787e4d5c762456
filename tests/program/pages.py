"""One promo code in every spelling, and the writing of program files."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from attribution.program import Program

NATIVE: dict[str, Any] = {
    "id": "12",
    "code": "HAZEL10",
    "match_mode": "LI",
    "credit_rule": "INVOLVED",
    "partner_id": "77",
    "program_id": "21282",
    "program_name": "Acme",
    "state": "ACTIVE",
    "created_date": "2026-01-15T18:00:00Z",
    "start_date": "2026-06-01T07:00:00Z",
    "end_date": "2026-09-01T06:59:59Z",
    "deal": {"id": "3", "name": "Summer"},
}

DATES = {
    "CreatedDate": "2026-01-15T10:00:00-08:00",
    "StartDate": "2026-06-01T00:00:00-07:00",
    "EndDate": "2026-08-31T23:59:59-07:00",
}

PARTNER = {
    "Id": "12",
    "Code": "HAZEL10",
    "MatchMode": "LI",
    "CreditRule": "INVOLVED",
    "Program": {"Id": "21282", "Name": "Acme"},
    "State": "ACTIVE",
    "Deal": {"Id": "3", "Name": "Summer"},
    **DATES,
}

BRAND = {
    "Id": 12,
    "Code": "HAZEL10",
    "Type": "LI",
    "CreditPolicy": "INVOLVED",
    "CampaignId": 21282,
    "CampaignName": "Acme",
    "AssignedPartnerId": 77,
    "State": "ACTIVE",
    "DealId": 3,
    "DealName": "Summer",
    **DATES,
}


def code(**changes: Any) -> dict[str, Any]:
    """A small native promo code; a change to `...` leaves the field out."""
    fields = {"id": "1", "code": "SAVE10", "match_mode": "LI", "credit_rule": "ALWAYS", "partner_id": "7", **changes}
    return {name: value for name, value in fields.items() if value is not ...}


def only(data: Any) -> Any:
    """The one promo code of a program."""
    (promo_code,) = Program.model_validate(data).promo_codes
    return promo_code


def write(path: Path, content: object) -> Path:
    """The file, with the text, or with the data as JSON."""
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def without(fields: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """The other fields."""
    return {name: value for name, value in fields.items() if name not in names}


Write = Callable[[str, object], Path]
