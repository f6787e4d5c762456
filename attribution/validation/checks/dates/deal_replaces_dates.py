"""D006: dates of a promo code that its deal replaces by others."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from attribution.program.spellings import TIMEZONE
from attribution.program.values import Reader, end, start
from attribution.times import iso
from attribution.validation.check import Check, Notice, Severity, Subject
from attribution.validation.periods import dates_are_the_deals
from attribution.validation.promo_code_naming import moment, named

_READERS: Final[dict[str, Reader]] = {"start_date": start, "end_date": end}


def find(subject: Subject) -> Iterator[Notice]:
    """One notice for each date that is replaced by another, or by none; only a file still says what was replaced."""
    for index, code in enumerate(subject.promo_codes):
        if code.deal is None or not dates_are_the_deals(code):
            continue
        deal = f" '{code.deal.id}'" if code.deal.id else ""
        zone = (code.model_extra or {}).get(TIMEZONE) or subject.settings.timezone
        for field, reader in _READERS.items():
            effective: datetime | None = getattr(code, field)
            written = subject.written(index, field)
            own = None if written is None else reader(written, zone)
            if not isinstance(own, datetime) or own == effective:
                continue
            kind = field.removesuffix("_date")
            article = "an" if kind == "end" else "a"
            instead = moment(effective) if effective else f"none: its {kind} is open"
            yield Notice(
                message=f"{named(code)} has {article} {field} of its own, {moment(own)}, "
                f"which its deal{deal} replaces by {instead}",
                help="remove it, or set synch_ads_promo_codes to false if the code has dates of its own",
                promo_codes=(index,),
                field=field,
                facts={"field": field, "own": iso(own), "effective": iso(effective) if effective else None},
            )


CHECK: Final = Check(
    code="D006",
    slug="deal-replaces-dates",
    severity=Severity.INFO,
    summary="a promo code has dates of its own, which its deal replaces by others",
    why="""\
With synch_ads_promo_codes the dates of the deal replace those of the promo code, also where the deal
has none. What the code says itself has no effect, and who reads it there is misled. Looks at what the
program file says, so it has nothing to say of programs from memory. Facts: field, own, effective.""",
    example="""\
promo_codes:
  - {id: A1, code: SUMMER10, match_mode: LI, credit_rule: ALWAYS, partner_id: amy, end_date: 2026-12-31,
     deal: {id: D7, end_date: 2026-08-31, synch_ads_promo_codes: true}}
""",
    mend="Remove the code's own dates, or do not let the deal replace them.",
    mending={" end_date: 2026-12-31,": ""},
    find=find,
)
