"""Decide one order in plain Python: what `batch` does for tables, in microseconds and with its reasons.

It shares the matcher, the vocabulary and the rules with the batch plan, not the plan.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from attribution.crediting.order import NO_SHAPE, Order, PathClick, click_shape, read_click, read_order
from attribution.crediting.paths import window_start
from attribution.crediting.record_errors import BadRecordError
from attribution.crediting.results import Credit, Decision, Verdict
from attribution.crediting.rules import REASON_MET, REASON_UNMET, is_met
from attribution.crediting.ruleset import Ruleset
from attribution.events.event_records import Click, Conversion
from attribution.matching import Matcher
from attribution.matching.used_codes import used_codes
from attribution.program import Settings
from attribution.terms import DefaultCrediting, Outcome, Reason, Resolution, RowReason, Uncredited

_new: Final = tuple.__new__  # half the time of a named tuple's own constructor, and this is called per order
_NO_CLICK: Final = (None, "", None)
_NOBODY: Final = object()
"""Whose clicks count for a conversion without a customer: equal to no id, nor to a missing one."""


class Path(NamedTuple):
    """A click path: the time and the partner of its last click, the partners in it and its length."""

    last_time: datetime | None
    winner: str | None
    partners: set[str]
    clicks: int


Hit = tuple[int, int, int, str]
"""A promo code that a used code matched: code_position, precedence, index, used code; sorts by precedence."""


def decide(
    conversion: Conversion | Mapping[str, Any],
    clicks: Iterable[Click | Mapping[str, Any]],
    codes: Ruleset,
    matcher: Matcher,
    settings: Settings,
) -> Decision:
    """The crediting of one conversion, given the clicks of its customer, or of any customers."""
    order = read_order(conversion, settings.timezone)
    program_id = codes.resolve_program(order.program_id)
    if program_id is None and codes.needs_program:
        raise BadRecordError("conversions", RowReason.NO_PROGRAM, order.conversion_id)
    path = click_path(order, program_id, clicks, settings)
    hits = _hits(order, program_id, codes, matcher, settings) if order.promo_code else []
    verdicts = _judge(hits, path, codes, settings.resolution) if hits else ()
    outcome, reason = _outcome(verdicts, path, settings)
    credits = _credits(outcome, verdicts, path, settings.resolution)
    about_path = path.winner, path.last_time, path.clicks
    return _new(Decision, (order.conversion_id, program_id, outcome, reason, credits, verdicts, *about_path))


def click_path(
    order: Order, program_id: str | None, clicks: Iterable[Click | Mapping[str, Any]], settings: Settings
) -> Path:
    """The order's path among `clicks`, or in the clicks that it carries itself.

    About 0.4 us a click. One loop, without a call per click where its values are already UTC and text and its keys
    those of the click before; every click is read, so that a bad one is an error whether it counts or not.
    """
    at = order.event_time
    customer_id: object = _NOBODY if order.customer_id is None or order.click_path is not None else order.customer_id
    earliest = latest = window_start(at, settings.lookback)
    last: PathClick | None = None
    partners: set[str] = set()
    length = 0
    size, fields, others, no_id, no_program = NO_SHAPE
    for record in clicks:
        if record.__class__ is not dict or len(record) != size:
            size, fields, others, no_id, no_program = click_shape(record)
        try:
            values = fields(record)
            if others is not None:
                others(record)
        except KeyError:  # as many keys, but not the same
            size, fields, others, no_id, no_program = click_shape(record)
            values = fields(record)
        time, partner_id, whose, click_id, of_program = values
        if no_id:
            click_id = None
        if no_program:
            of_program = None
        if not (
            time.__class__ is datetime
            and time.tzinfo is UTC
            and partner_id.__class__ is str
            and partner_id
            and (click_id is None or click_id.__class__ is str)
            and (of_program is None or of_program.__class__ is str)
            and whose.__class__ is str
        ):
            values = time, partner_id, whose, click_id, of_program
            time, partner_id, whose, click_id, of_program = read_click(values, settings.timezone)
        if whose != customer_id or not earliest <= time <= at:
            continue
        if of_program and program_id is not None and of_program != program_id:
            continue
        length += 1
        partners.add(partner_id)
        if time >= latest:
            click = (time, click_id or "", partner_id)
            last = click if last is None or time > latest else max(last, click)
            latest = time
    if order.click_path is not None:
        return _carried_path([click for click in order.click_path if earliest <= click[0] <= at])
    time, _, winner = last or _NO_CLICK
    return Path(time, winner, partners, length)


def _carried_path(clicks: list[PathClick]) -> Path:
    """The path of an order that carries its own clicks; those in the window."""
    time, _, winner = max(clicks, default=_NO_CLICK)
    return Path(time, winner, {click[2] for click in clicks}, len(clicks))


def _hits(order: Order, program_id: str | None, codes: Ruleset, matcher: Matcher, settings: Settings) -> list[Hit]:
    found: dict[int, Hit] = {}
    for position, used_code in enumerate(used_codes(order.promo_code, settings.code_separator), start=1):
        for index in matcher.match_one(used_code):
            if index not in found and codes.applies(index, order.event_time, program_id):
                found[index] = (position, codes.precedence[index], index, used_code)
    return sorted(found.values()) if len(found) > 1 else list(found.values())


def _judge(hits: list[Hit], path: Path, codes: Ruleset, resolution: Resolution) -> tuple[Verdict, ...]:
    verdicts = []
    claimed: set[str] = set()
    winner = path.winner
    for position, _, index, used_code in hits:
        partner_id, rule = codes.partner_id[index], codes.credit_rule[index]
        involved, won = partner_id in path.partners, partner_id == winner
        met = is_met(rule, involved, won)
        claim = "" if resolution is Resolution.ONE else partner_id
        selected = met and claim not in claimed
        if selected:
            claimed.add(claim)
        name, mode = codes.promo_code_id[index], codes.match_mode[index]
        verdict = (name, used_code, position, mode, rule, partner_id, involved, won, met, selected)
        verdicts.append(_new(Verdict, verdict))
    return tuple(verdicts)


def _outcome(verdicts: tuple[Verdict, ...], path: Path, settings: Settings) -> tuple[Outcome, Reason]:
    for verdict in verdicts:
        if verdict.met:
            return Outcome.PROMO_CODE, REASON_MET[verdict.credit_rule]
    if verdicts and settings.uncredited is Uncredited.WITHHOLD:
        return Outcome.WITHHELD, REASON_UNMET[verdicts[0].credit_rule]
    if settings.default_crediting is DefaultCrediting.NONE:
        return Outcome.UNATTRIBUTED, Reason.DEFAULT_NONE
    if not path.clicks:
        return Outcome.UNATTRIBUTED, Reason.NO_CLICKS
    return Outcome.LAST_CLICK, Reason.RULE_NOT_MET if verdicts else Reason.NO_CODE_MATCHED


def _credits(outcome: Outcome, verdicts: tuple[Verdict, ...], path: Path, resolution: Resolution) -> tuple[Credit, ...]:
    if outcome is Outcome.LAST_CLICK and path.winner is not None:
        return (_new(Credit, (path.winner, None, None, None, 1.0)),)
    paid = [verdict for verdict in verdicts if verdict.selected]
    share = 1.0 / len(paid) if resolution is Resolution.SPLIT and paid else 1.0
    return tuple([_new(Credit, (v.partner_id, v.promo_code_id, v.credit_rule, v.used_code, share)) for v in paid])
