"""Compares what is expected with what came out: only the fields that are given, and who is credited in all."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any, Final

from attribution.cases.case import Expected
from attribution.cases.evaluate import Answer, Row, Settled
from attribution.explaining.phrases import instant
from attribution.json_values import json_fields
from attribution.program import Program
from attribution.text import plain, quoted

NOT_CREDITED: Final = "not credited"
_CLOSE: Final = Fraction(1, 10**9)
"""Shares that are nearer to each other are equal: a third has no exact float."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that is not as expected. `conversion_id` is None in a case that has one conversion only."""

    conversion_id: str | None
    field: str
    expected: str
    got: str

    def to_dict(self) -> dict[str, Any]:
        """The difference in the values of JSON."""
        return json_fields(self, "conversion_id", "field", "expected", "got")


class Names:
    """How partners and promo codes are called in messages, and which promo codes a text names."""

    def __init__(self, program: Program, partners: Mapping[str, str]) -> None:
        self._partners = {ident: name for name, ident in partners.items() if ident != name}
        self._texts = {code.id: code.code for code in program.promo_codes}
        self._ids: dict[str, set[str]] = {}
        for code in program.promo_codes:
            self._ids.setdefault(code.code, set()).add(code.id)

    def named(self, name: str | None) -> set[str | None]:
        """The ids that a promo code's id, or else its text, stands for."""
        if name is None or name in self._texts:
            return {name}
        return set(self._ids.get(name, ()))

    def partner(self, partner_id: str | None) -> str:
        """A partner by the file's own name for it and its id."""
        if partner_id is None:
            return "nobody"
        name = self._partners.get(partner_id)
        return f"{plain(name)} ({plain(partner_id)})" if name else plain(partner_id)

    def promo_code(self, promo_code_id: str | None) -> str:
        """A promo code by id and text."""
        if promo_code_id is None:
            return "none"
        return f"{plain(promo_code_id)} ({quoted(self._texts[promo_code_id])})"

    def wanted(self, name: str | None) -> str:
        """A promo code as it was written, with what is unknown of it."""
        if name is None:
            return "none"
        return plain(name) if self.named(name) else f"{plain(name)}, which no promo code of the program is"


def differences(
    expected: Sequence[Expected], answer: Answer, names: Names, conversion_id: str | None
) -> Iterator[Difference]:
    """What is not as expected of one conversion, in the order in which it was written."""
    for wanted, row in _paired(expected, answer.credits):
        if row is None:
            partner = names.partner(wanted.fields["partner_id"]) if wanted else ""
            yield Difference(conversion_id, "partner_id", partner, NOT_CREDITED)
        elif wanted is None:
            yield Difference(conversion_id, "partner_id", NOT_CREDITED, names.partner(row["partner_id"]))
        else:
            for field, value in wanted.fields.items():
                if not _same(field, value, row, names):
                    yield Difference(conversion_id, field, *_shown(field, value, row, names))


def _paired(expected: Sequence[Expected], rows: Sequence[Row]) -> Iterator[tuple[Expected | None, Row | None]]:
    """Each expected credit with the row of its partner; of what is left, the first with the first, and so on."""
    if len(expected) == 1 and "partner_id" not in expected[0].fields:
        yield from ((expected[0], row) for row in rows)
        return
    by_partner = {row["partner_id"]: row for row in rows}
    wanted = {one.fields.get("partner_id") for one in expected}
    left = [row for row in rows if row["partner_id"] not in wanted]
    for one in expected:
        yield one, by_partner.get(one.fields.get("partner_id")) or (left.pop(0) if left else None)
    yield from ((None, row) for row in left)


def _same(field: str, value: Any, row: Row, names: Names) -> bool:
    match field:
        case "promo_code":
            return row["promo_code_id"] in names.named(value)
        case "share":
            return bool(abs(Fraction(row["share"]) - value) < _CLOSE)
    return bool(row[field] == value)


def _shown(field: str, value: Any, row: Row, names: Names) -> tuple[str, str]:
    if field == "promo_code":
        return names.wanted(value), names.promo_code(row["promo_code_id"])
    return _text(field, value, names), _text(field, row[field], names)


def _text(field: str, value: Any, names: Names) -> str:
    if field in ("partner_id", "winner_partner_id"):
        return names.partner(value)
    if value is None:
        return "none"
    if field == "share":
        return _share(Fraction(value))
    return instant(value) if isinstance(value, datetime) else plain(str(value))


def _share(value: Fraction) -> str:
    """A fraction as people write it: `1/3` for a third, `0.333` for a share that only comes near."""
    near = value.limit_denominator(1000)
    return str(near) if abs(near - value) < _CLOSE else f"{float(value):.9g}"


def disagreements(settled: Settled, conversion_id: str | None) -> Iterator[Difference]:
    """What the two evaluators say differently: `expected` by tables, `got` by the single order."""
    for name, by_tables, by_order in zip(Answer._fields, settled.by_tables, settled.by_order, strict=True):
        if len(by_tables) != len(by_order):
            yield Difference(conversion_id, f"rows of {name}", str(len(by_tables)), str(len(by_order)))
            continue
        for number, (one, other) in enumerate(zip(by_tables, by_order, strict=True), start=1):
            for field in one:
                if _comparable(one[field]) != _comparable(other[field]):
                    place = f"{name} row {number}, {field}"
                    yield Difference(conversion_id, place, plain(str(one[field])), plain(str(other[field])))


def _comparable(value: Any) -> Any:
    return round(value, 12) if isinstance(value, float) else value
