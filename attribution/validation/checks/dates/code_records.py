"""Records of one and the same code: which promo codes match the same used codes by their text, and how they follow."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from attribution.matching.language import Language
from attribution.validation.periods import Period, period
from attribution.validation.subject import Subject


class Record(NamedTuple):
    """An active promo code, by its index."""

    period: Period
    promo_code: int
    program_id: str | None
    partner_id: str


def handovers(subject: Subject) -> Iterator[tuple[Record, Record]]:
    """Pairs of records of one code, of different partners and in the same program, the second of which starts later.

    The first is the one that ends last of all that started before. A record of all programs follows another such record
    if there is one: what a record of one program does in between changes nothing in the others.
    """
    for records in _repeated(subject):
        latest: dict[str | None, Record] = {}
        last: Record | None = None  # of all programs
        for record in sorted(records):
            own, general = latest.get(record.program_id), latest.get(None)
            earlier = general or last if record.program_id is None else _later(own, general)
            if earlier and earlier.partner_id != record.partner_id and earlier.period.start < record.period.start:
                yield earlier, record
            latest[record.program_id] = _later(own, record) or record
            last = _later(last, record)


def _later(first: Record | None, second: Record | None) -> Record | None:
    """The one that ends later, the first if both end together."""
    if first is None or second is None:
        return first or second
    return second if second.period.end > first.period.end else first


def _repeated(subject: Subject) -> Iterator[list[Record]]:
    """The active records of each code that two partners have."""
    alike: defaultdict[Language, list[int]] = defaultdict(list)
    for index, language in enumerate(subject.languages):
        alike[language].append(index)
    for indices in alike.values():
        codes = [subject.promo_codes[index] for index in indices]
        if len({code.partner_id for code in codes}) > 1:
            periods = zip(map(period, codes), indices, codes, strict=True)
            yield [Record(when, index, code.program_id, code.partner_id) for when, index, code in periods if when]
