"""D005: a promo code whose dates reach beyond those of its deal, where the deal does not replace them."""

from collections.abc import Iterator
from typing import Final

from attribution.json_values import json_fields, json_value
from attribution.program import Deal, PromoCode
from attribution.validation.check import Check, Notice, Severity, Subject
from attribution.validation.periods import period
from attribution.validation.promo_code_naming import moment, named


def find(subject: Subject) -> Iterator[Notice]:
    """One notice for each promo code, about its end where both ends reach beyond."""
    for index, code in enumerate(subject.promo_codes):
        deal = code.deal
        if deal is None or deal.synch_ads_promo_codes or period(code) is None:
            continue
        beyond = _beyond_the_end(code, deal) or _before_the_start(code, deal)
        if beyond is not None:
            field, said = beyond
            yield Notice(
                message=f"{named(code)} {said}",
                help=f"set {field} to that of the deal, or set synch_ads_promo_codes to true to take both its dates",
                promo_codes=(index,),
                field=field,
                facts={
                    "deal": deal.id,
                    **json_fields(code, "start_date", "end_date"),
                    "deal_start_date": json_value(deal.start_date),
                    "deal_end_date": json_value(deal.end_date),
                },
            )


def _beyond_the_end(code: PromoCode, deal: Deal) -> tuple[str, str] | None:
    if deal.end_date is None or (code.end_date is not None and code.end_date <= deal.end_date):
        return None
    end = "has no end" if code.end_date is None else f"ends at {moment(code.end_date)}"
    return "end_date", f"{end}, but its deal {_named(deal)}ends at {moment(deal.end_date)}"


def _before_the_start(code: PromoCode, deal: Deal) -> tuple[str, str] | None:
    start = code.start_date or code.created_date  # an open start means: since it was created
    if deal.start_date is None or start is None or start >= deal.start_date:
        return None
    since = "starts" if code.start_date else "is active since its creation"
    return "start_date", f"{since} at {moment(start)}, but its deal {_named(deal)}starts at {moment(deal.start_date)}"


def _named(deal: Deal) -> str:
    return f"'{deal.id}' " if deal.id else ""


CHECK: Final = Check(
    code="D005",
    slug="outlives-deal",
    severity=Severity.WARNING,
    summary="a promo code is active when its deal is not",
    why="""\
A deal has dates of its own, and a promo code takes them only where synch_ads_promo_codes is true.
Otherwise the code goes on when the offer behind it is over: orders still carry it, and its partner is
still credited. Facts: deal, start_date, end_date, deal_start_date, deal_end_date.""",
    example="""\
promo_codes:
  - {id: A1, code: SUMMER10, match_mode: LI, credit_rule: ALWAYS, partner_id: amy, end_date: 2026-12-31,
     deal: {id: D7, end_date: 2026-08-31}}
""",
    mend="Let the code end with its deal, or let the deal's dates replace the code's.",
    mending={"2026-12-31": "2026-08-31"},
    find=find,
)
