"""Pay partners order by order: `decide` in the middle of an order pipeline.

Orders and clicks come in as dictionaries, as from a queue and a session store; payouts go out. The engine is built
once and serves every order, also from several threads. Run it from the project's root:

    python samples/order_pipeline/pipeline.py
"""

from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any, NamedTuple

from attribution import AttributionError, Decision, Engine, Program

COMMISSION = {"blog": Decimal("0.08"), "coupons": Decimal("0.03")}
"""What each partner is paid of an order that it is credited with."""

PROGRAM = {
    "settings": {"lookback": "14d", "code_separator": ",", "resolution": "split"},
    "promo_codes": [
        {"id": "1", "code": "READER15", "match_mode": "LI", "credit_rule": "ALWAYS", "partner_id": "blog"},
        {"id": "2", "code": "SAVE\\d+", "match_mode": "RE", "credit_rule": "INVOLVED", "partner_id": "coupons"},
    ],
}

ORDERS: list[dict[str, Any]] = [
    {"conversion_id": 501, "event_time": "2026-06-01T10:00:00Z", "customer_id": 7, "promo_code": "READER15",
     "amount": "100.00", "currency": "EUR"},
    {"conversion_id": 502, "event_time": "2026-06-01T11:00:00Z", "customer_id": 8, "promo_code": "SAVE20",
     "amount": "59.90", "currency": "EUR"},
    {"conversion_id": 503, "event_time": "2026-06-01T12:00:00Z", "customer_id": 9, "promo_code": "READER15, SAVE20",
     "amount": "25.00", "currency": "USD"},
    {"conversion_id": 504, "event_time": "2026-06-01T13:00:00Z", "customer_id": 9, "promo_code": None,
     "amount": "80.00", "currency": "USD"},
    {"conversion_id": 505, "event_time": "1 June", "customer_id": 9, "amount": "80.00", "currency": "USD"},
]  # fmt: skip

CLICKS: dict[int, list[dict[str, Any]]] = {
    8: [{"event_time": "2026-05-10T09:00:00Z", "customer_id": 8, "partner_id": "coupons"}],
    9: [{"event_time": "2026-05-31T09:00:00Z", "customer_id": 9, "partner_id": "coupons"}],
}
"""The clicks of each customer, as the session store keeps them."""


class Payout(NamedTuple):
    """What one partner is paid for one order."""

    conversion_id: str
    partner_id: str
    amount: Decimal
    currency: str


def payouts(order: dict[str, Any], decision: Decision) -> Iterator[Payout]:
    """Each credited partner's commission on its share of the order, in cents."""
    for credit in decision.credits:
        share = Decimal(order["amount"]) / round(1 / credit.share)
        commission = (share * COMMISSION[credit.partner_id]).quantize(Decimal("0.01"), ROUND_HALF_EVEN)
        yield Payout(decision.conversion_id, credit.partner_id, commission, order["currency"])


def process(orders: Iterable[dict[str, Any]], engine: Engine) -> Iterator[str]:
    """One line for each order: what it pays, or why it pays nothing."""
    for order in orders:
        try:
            decision = engine.decide(order, CLICKS.get(order["customer_id"], []))
        except AttributionError as problem:
            yield f"{order['conversion_id']}: set aside: {problem}"
            continue
        paid = [f"{payout.partner_id} {payout.amount} {payout.currency}" for payout in payouts(order, decision)]
        yield f"{decision.conversion_id}: {decision.outcome} {decision.reason}: {', '.join(paid) or 'nobody is paid'}"


if __name__ == "__main__":
    for line in process(ORDERS, Engine(Program.model_validate(PROGRAM))):
        print(line)  # noqa: T201 -- this is what the script is for
