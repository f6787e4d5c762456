"""The summary of a whole job, in the shape that `attribution credit --json` prints, as `summary.json`.

Fields that no contender but ours knows (names of partners, files written, bad clicks) are left out of comparisons.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, NamedTuple

FILE: Final = "summary.json"


class Paid(NamedTuple):
    """The conversions of one partner in one currency."""

    partner_id: str
    currency: str | None
    conversions: int
    without_amount: int
    amount: Decimal
    by_promo_code: int


def write(
    place: Path,
    outcomes: Iterable[tuple[str, str, int]],
    withheld_without_clicks: int,
    paid: Iterable[Paid],
    clicks: dict[str, int],
) -> None:
    """Write the summary of results in which each conversion credits one partner at most."""
    counted = [{"outcome": outcome, "reason": reason, "conversions": number} for outcome, reason, number in outcomes]
    by_partner: dict[str, list[Paid]] = defaultdict(list)
    by_currency: dict[str | None, list[Paid]] = defaultdict(list)
    for row in paid:
        by_partner[row.partner_id].append(row)
        by_currency[row.currency].append(row)
    partners = [_partner(partner_id, rows) for partner_id, rows in by_partner.items()]
    read = sum(one["conversions"] for one in counted)
    summary = {
        "conversions_read": read,
        "conversions_credited": read,
        "conversions_rejected": 0,
        "outcomes": counted,
        "withheld_without_clicks": withheld_without_clicks,
        "attributed": [_money(currency, rows) for currency, rows in sorted(by_currency.items(), key=_none_last)],
        "partners": sorted(partners, key=lambda one: (-one["conversions"], one["partner_id"])),
        "clicks": clicks,
    }
    (place / FILE).write_text(json.dumps(summary), encoding="utf-8")


def compared(place: Path) -> dict[str, Any]:
    """What is compared of a summary; amounts as numbers, partners in their order."""
    summary = json.loads((place / FILE).read_text(encoding="utf-8"))
    names = ("conversions_read", "conversions_credited", "conversions_rejected", "withheld_without_clicks")
    return {
        **{name: summary[name] for name in names},
        "clicks": {name: summary["clicks"][name] for name in ("read", "without_customer")},
        "outcomes": sorted((one["outcome"], one["reason"], one["conversions"]) for one in summary["outcomes"]),
        "attributed": _amounts(summary["attributed"]),
        "partners": [
            (one["partner_id"], one["by_promo_code"], one["by_last_click"], _amounts(one["attributed"]))
            for one in summary["partners"]
        ],
    }


def _partner(partner_id: str, rows: list[Paid]) -> dict[str, Any]:
    conversions, by_code = sum(row.conversions for row in rows), sum(row.by_promo_code for row in rows)
    return {
        "partner_id": partner_id,
        "conversions": conversions,
        "by_promo_code": by_code,
        "by_last_click": conversions - by_code,
        "attributed": [
            _money(row.currency, [row]) for row in sorted(rows, key=lambda row: _none_last((row.currency,)))
        ],
    }


def _money(currency: str | None, rows: list[Paid]) -> dict[str, Any]:
    return {
        "currency": currency,
        "conversions": sum(row.conversions for row in rows),
        "without_amount": sum(row.without_amount for row in rows),
        "amount": str(sum((row.amount for row in rows), Decimal())),
    }


def _none_last(keyed: tuple[Any, ...]) -> tuple[bool, str]:
    return keyed[0] is None, keyed[0] or ""


def _amounts(rows: list[dict[str, Any]]) -> list[tuple[str | None, int, int, Decimal]]:
    return [(row["currency"], row["conversions"], row["without_amount"], Decimal(row["amount"])) for row in rows]
