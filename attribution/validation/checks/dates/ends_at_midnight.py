"""D004: an end at the first instant of a day, where the whole day was probably meant.

Midnight is that of the program's time zone, of the zone that the promo code's own record names (`Timezone` in the bulk
file), or of the offset that the file writes. A date without a time is the end of its day, and no finding.
"""

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta, tzinfo
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

from attribution.matching.language import Language
from attribution.program import PromoCode
from attribution.program.spellings import TIMEZONE
from attribution.times import iso, zone
from attribution.validation.check import Check, Notice, Severity, Subject, program
from attribution.validation.periods import dates_are_the_deals, period
from attribution.validation.promo_code_naming import named

_OFFSET: Final = re.compile(r":\d\d(?:\.\d+)?([Zz]|[+-]\d\d(?::?\d\d)?)\s*$")
_Programs = dict[tuple[Language, datetime], set[str | None]]


def find(subject: Subject) -> Iterator[Notice]:
    """One notice for each promo code, unless another record of the same code starts at that instant."""
    suspects = list(_suspects(subject))
    starts = _starts(subject, {end for _, end in suspects})
    for index, local in suspects:
        code = subject.promo_codes[index]
        programs = starts.get((subject.languages[index], local), set())
        if programs and (code.program_id is None or {None, code.program_id} & programs):
            continue
        yield Notice(
            message=f"{named(code)} ends as {local:%Y-%m-%d} begins ({local.tzinfo}): orders of that day match no more",
            help=_way_out(local),
            promo_codes=(index,),
            field="end_date",
            facts={"end_date": iso(code.end_date or local), "timezone": str(local.tzinfo)},
        )


def _way_out(local: datetime) -> str:
    """Dates of a time zone need no offset; where only the written offset makes it midnight, neither may be left out."""
    second = timedelta(seconds=1)
    if isinstance(local.tzinfo, ZoneInfo):
        whole, eve = f"on {local:%Y-%m-%d}, without a time,", f"{local - second:%Y-%m-%dT%H:%M:%S}"
    else:
        whole, eve = f"at {(local + timedelta(days=1) - second).isoformat()}", (local - second).isoformat()
    return f"end {whole} to include that day, or at {eve} if not"


def _suspects(subject: Subject) -> Iterator[tuple[int, datetime]]:
    """Promo codes that end at a midnight, with the local time of it."""
    here = zone(subject.settings.timezone)
    for index, code in enumerate(subject.promo_codes):
        end = code.end_date
        if end is None or not 1 < end.year < 9999 or period(code) is None:
            continue
        places = (_own_zone(code) or here, _written_offset(subject, index, code))
        midnights = (local for place in places if place and (local := end.astimezone(place)).time() == time.min)
        yield from ((index, local) for local in islice(midnights, 1))


def _written_offset(subject: Subject, index: int, code: PromoCode) -> tzinfo | None:
    """The offset of the end that counts, where the file writes one."""
    text = subject.written(index, "deal.end_date" if dates_are_the_deals(code) else "end_date")
    found = _OFFSET.search(text) if isinstance(text, str) else None
    return found and datetime.fromisoformat(f"2000-01-01T00:00{found[1].upper()}").tzinfo


def _own_zone(code: PromoCode) -> ZoneInfo | None:
    name = (code.model_extra or {}).get(TIMEZONE)
    return zone(name) if isinstance(name, str) and name else None


def _starts(subject: Subject, instants: set[datetime]) -> _Programs:
    """Which codes start at these instants, and in which programs."""
    starts: _Programs = {}
    for language, code in zip(subject.languages, subject.promo_codes, strict=True):
        if code.start_date in instants and code.start_date is not None and period(code):
            starts.setdefault((language, code.start_date), set()).add(code.program_id)
    return starts


CHECK: Final = Check(
    code="D004",
    slug="ends-at-midnight",
    severity=Severity.WARNING,
    summary="a promo code ends at the first instant of a day that was probably meant to be included",
    why="""\
End dates are inclusive, and 31 August at 00:00 is the first instant of that day: the orders of the day
itself match no more, and its evening is when most codes are used. Midnight is taken in the program's
time zone, in the Timezone that a bulk file gives, and in the offset that is written. A date without a
time includes its day. Where the same code starts anew at that instant, the end is meant.
Facts: end_date, timezone.""",
    example=program(
        "id: A1, code: SUMMER10, match_mode: LI, credit_rule: ALWAYS, partner_id: amy, end_date: 2026-08-31T00:00:00Z",
    ),
    mend="Write the date alone, or the last second of the day.",
    mending={"T00:00:00Z": ""},
    find=find,
)
