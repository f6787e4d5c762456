"""Orders as a pipeline passes them: a mapping with ten clicks as mappings, times as aware date-times."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

from benchmarks.make.programs import literal_codes, regex_codes
from benchmarks.make.world import FIRST, PARTNERS

Order = tuple[dict[str, Any], list[dict[str, Any]]]

CLICKS = 10


def orders(kind: str, count: int, literals: int, regexes: int) -> Iterator[Order]:
    """Orders whose used code is a literal, matches a regex or is unknown, by `kind`; each made when it is asked for."""
    random = Random(f"{kind} {count}")
    codes = {
        "literal": literal_codes(literals)["code"].to_list(),
        "regex": [f"{prefix}{number}" for number, prefix in enumerate(regex_codes(regexes)["prefix"].to_list())],
        "unknown": [f"DEAL{number}" for number in range(literals)],
    }[kind]
    return (_order(random, number, random.choice(codes)) for number in range(count))


def _order(random: Random, number: int, code: str) -> Order:
    at = FIRST + timedelta(days=60, seconds=number)
    conversion = {
        "conversion_id": f"O{number}",
        "event_time": at,
        "customer_id": f"C{number}",
        "promo_code": code,
        "amount": "19.90",
        "currency": "EUR",
    }
    clicks = [
        {
            "click_id": f"K{number}-{place}",
            "event_time": at - timedelta(minutes=random.randrange(60 * 24 * 35)),
            "customer_id": f"C{number}",
            "partner_id": str(10_001 + random.randrange(PARTNERS) // random.randint(1, 200)),
        }
        for place in range(CLICKS)
    ]
    return conversion, clicks
