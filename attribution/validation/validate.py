"""The front door of validation: a program to its findings.

Findings come by file, place and check. Problems of loading are findings as well, and all that is right is looked at.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from attribution.errors import ArgumentError
from attribution.events.readers import Source
from attribution.events.time_columns import parse_time
from attribution.json_values import json_fields
from attribution.program import Program, Settings
from attribution.program.problem import Place
from attribution.program.program_files import Paths
from attribution.validation.allowances import Allowances
from attribution.validation.check import Check, Needs, Notice
from attribution.validation.checks import BY_CODE, CHECKS
from attribution.validation.finding import Allowed, Finding, Severity
from attribution.validation.placing import promo_code_place, setting_place, whole_file
from attribution.validation.program_reading import Reading, read
from attribution.validation.select import chosen, named
from attribution.validation.subject import Subject
from attribution.validation.unusable import LOADING, unusable
from attribution.validation.usage import read_usage


@dataclass(frozen=True, slots=True)
class Review:
    """What a validation has to say.

    allowed  findings that the program allows, in the same order
    checks   those that ran, and those about loading and allowances
    files    the program files as given, none for a program from memory
    promo_codes  how many were looked at
    """

    findings: Sequence[Finding]
    allowed: Sequence[Allowed]
    checks: Sequence[Check]
    as_of: datetime
    files: Sequence[str]
    promo_codes: int

    def to_dict(self) -> dict[str, Any]:
        """Findings and summary in the values of JSON: the manual's page on `validate` has the keys."""
        counts = {one.value: sum(finding.severity is one for finding in self.findings) for one in Severity}
        return {
            "findings": [finding.to_dict() for finding in self.findings],
            "allowed": [one.to_dict() for one in self.allowed],
            "summary": {
                **json_fields(self, "files", "promo_codes"),
                "checks": [check.code for check in self.checks],
                **json_fields(self, "as_of"),
                **counts,
                "allowed": len(self.allowed),
            },
        }


def validate(  # noqa: PLR0913 -- a program, its tables, and what overrides either
    program: Program | Paths,
    *,
    conversions: Source | None = None,
    clicks: Source | None = None,
    columns: Mapping[str, str] | None = None,
    partner_id: str | int | None = None,
    preset: str | None = None,
    settings: Mapping[str, Any] | Settings | None = None,
    select: Collection[str] = (),
    ignore: Collection[str] = (),
    as_of: datetime | date | str | None = None,
) -> list[Finding]:
    """Find what is wrong, or probably not meant, in a program: for a gate before it goes live.

    `program` is a `Program`, or the paths of its files; then findings have file, line and column, and what loading
    refuses is among them (checks F001 to F003 and P001) instead of raising. `partner_id`, `preset` and `settings` are
    those of `Program.load`. With `conversions` and `clicks`, tables as `Engine.credit` takes them, checks that look at
    data run as well. `select` and `ignore` are codes, slugs or beginnings of codes of checks (also as one text, with
    commas). `as_of` is the time of the export, now if not given; text and naive times are local time of the program's
    time zone.

    What the program allows is left out. Findings come by file, place and check. Raises `ProgramError` where a file is
    not there, `ArgumentError` (a `ValueError`) for checks that do not exist, and `EventError` for tables of the wrong
    shape.
    """
    return list(
        review(
            program,
            conversions=conversions,
            clicks=clicks,
            columns=columns,
            partner_id=partner_id,
            preset=preset,
            settings=settings,
            select=select,
            ignore=ignore,
            as_of=as_of,
        ).findings
    )


def review(  # noqa: PLR0913 -- the arguments of `validate`
    program: Program | Paths,
    *,
    conversions: Source | None = None,
    clicks: Source | None = None,
    columns: Mapping[str, str] | None = None,
    partner_id: str | int | None = None,
    preset: str | None = None,
    settings: Mapping[str, Any] | Settings | None = None,
    select: Collection[str] = (),
    ignore: Collection[str] = (),
    as_of: datetime | date | str | None = None,
) -> Review:
    """Do what `validate` does; give also the findings that are allowed and the checks that ran."""
    given = _given(conversions, clicks)
    select, ignore = _names(select), _names(ignore)
    checks = _able(chosen(CHECKS, select, ignore, LOADING), select, given)
    reading = read(program, partner_id, preset, settings)
    day = _instant(as_of, reading.program.settings.timezone)
    found = list(unusable(reading, BY_CODE))
    if reading.program.promo_codes:
        usage = read_usage(reading.program, conversions, clicks, columns or {}) if len(given) > 1 else None
        subject = Subject(reading.program, as_of=day, usage=usage, raw=reading.raw())
        found += [_finding(reading, check, notice) for check in checks for notice in check.find(subject)]
    codes = {check.code for check in checks}
    left, allowed = Allowances(reading, BY_CODE, day, codes).apply(found)
    order = _order(reading)
    return Review(
        findings=sorted((finding for finding in left if finding.check in codes), key=order),
        allowed=sorted(allowed, key=lambda one: order(one.finding)),
        checks=checks,
        as_of=day,
        files=[file.name for file in reading.files],
        promo_codes=len(reading.program.promo_codes),
    )


def _names(given: Collection[str]) -> Collection[str]:
    """Names of checks; a text has them as the command line takes them."""
    return given.split(",") if isinstance(given, str) else given


def _given(conversions: object, clicks: object) -> set[Needs]:
    tables = {Needs.CONVERSIONS: conversions, Needs.CLICKS: clicks}
    return {Needs.NOTHING, *(need for need, table in tables.items() if table is not None)}


def _able(checks: Sequence[Check], select: Collection[str], given: Collection[Needs]) -> tuple[Check, ...]:
    """The checks that have what they need; ArgumentError for a name in `select` that stands for no other."""
    for name in select:
        lacking = named(CHECKS, name)
        if all(check.needs not in given for check in lacking):
            needs = sorted({check.needs.value for check in lacking}, reverse=True)
            raise ArgumentError(f"{name!r} looks at {' and '.join(needs)}, which are not given")
    return tuple(check for check in checks if check.needs in given)


def _instant(as_of: datetime | date | str | None, timezone: str) -> datetime:
    if as_of is None:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        return parse_time(as_of, timezone)
    except ValueError as error:
        raise ArgumentError(f"as_of: {error}; write it as 2026-06-01 or 2026-06-01T14:30:00+02:00") from None


def _finding(reading: Reading, check: Check, notice: Notice) -> Finding:
    promo_codes = reading.program.promo_codes
    return Finding(
        check=check.code,
        slug=check.slug,
        severity=notice.severity or check.severity,
        promo_codes=tuple(promo_codes[index].id for index in notice.promo_codes),
        place=_place(reading, notice),
        message=notice.message,
        help=notice.help,
        facts=notice.facts,
    )


_SETTINGS: Final = "settings."


def _place(reading: Reading, notice: Notice) -> Place:
    """Where the first promo code of a notice says what is meant; a setting, as `settings.lookback`; else the file."""
    if not notice.promo_codes:
        if not reading.files:
            return Place(field=notice.field if notice.field.startswith(_SETTINGS) else "")
        if notice.field.startswith(_SETTINGS):
            return setting_place(reading.files, notice.field.removeprefix(_SETTINGS))
        return whole_file(reading.files[0])
    index = notice.promo_codes[0]
    if not reading.files:
        return Place(position=f"promo_codes[{index}]", field=notice.field)
    origin = reading.origins[index]
    value: object = reading.program.promo_codes[index]
    for name in notice.field.split("."):
        value = getattr(value, name, None)
    return promo_code_place(reading.files[origin.document], origin.element, notice.field, value, notice.span)


def _order(reading: Reading) -> Callable[[Finding], tuple[object, ...]]:
    """The key that sorts findings by file, place, check and promo codes."""
    files = {file.name: number for number, file in enumerate(reading.files)}
    known = {code.id: number for number, code in enumerate(reading.program.promo_codes)}

    def key(finding: Finding) -> tuple[object, ...]:
        place = finding.place
        numbers = tuple(known.get(name, -1) for name in finding.promo_codes)
        where = (place.line or 0, place.column or 0) if place.file else numbers[:1]
        return (files.get(place.file, -1), where, finding.check, numbers, finding.message)

    return key
