"""Decide one order in plain Python: what `batch` does for tables, in microseconds and with its reasons.

It shares the matcher, the window, the table of decisions and the vocabulary with the batch, not the arrays.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final, assert_never

from attribution.crediting.ledger import Credit, Decision, Verdict
from attribution.crediting.order import Order, own_clicks, read_order
from attribution.crediting.record_errors import BadRecordError
from attribution.crediting.rules import HAS_WINNER, IS_MET, MATCHED, RULES, Paid, Ruling, is_met
from attribution.crediting.ruleset import Ruleset
from attribution.crediting.window import Path, path_of
from attribution.events.event_records import Click, Conversion
from attribution.matching import Matcher
from attribution.matching.used_codes import used_codes
from attribution.program import Settings
from attribution.terms import Resolution, RowReason

_new: Final = tuple.__new__  # half the time of a named tuple's own constructor, and this is called per order
_RULE_FACTS: Final = {rule: MATCHED * (number + 1) for number, rule in enumerate(RULES)}

Hit = tuple[int, int, int, str]
"""A promo code that a used code matched: code_position, precedence, number, used code; sorts by precedence."""


def decide(
    conversion: Conversion | Mapping[str, Any],
    clicks: Iterable[Click | Mapping[str, Any]],
    ruleset: Ruleset,
    matcher: Matcher,
    settings: Settings,
) -> Decision:
    """The crediting of one conversion, given the clicks of its customer, or of any customers."""
    order = read_order(conversion, settings.timezone)
    program_id = ruleset.resolve_program(order.program_id)
    if program_id is None and ruleset.needs_program:
        raise BadRecordError("conversions", RowReason.NO_PROGRAM, order.conversion_id)
    path = click_path(order, program_id, clicks, settings)
    hits = _hits(order, program_id, ruleset, matcher, settings) if order.promo_code else []
    verdicts = _judge(hits, path, ruleset, settings.resolution) if hits else ()
    facts = HAS_WINNER if path.clicks else 0
    if verdicts:
        deciding = next((verdict for verdict in verdicts if verdict.met), verdicts[0])
        facts += _RULE_FACTS[deciding.credit_rule] + (IS_MET if deciding.met else 0)
    ruling = ruleset.decisions[facts]
    credits = _credits(ruling, verdicts, path, ruleset.splits)
    return _new(
        Decision,
        (
            order.conversion_id,
            program_id,
            order.event_time,
            ruling.outcome,
            ruling.reason,
            credits,
            verdicts,
            path.winner,
            path.last_time,
            path.clicks,
            order.amount,
            order.currency,
        ),
    )


def click_path(
    order: Order, program_id: str | None, clicks: Iterable[Click | Mapping[str, Any]], settings: Settings
) -> Path:
    """The order's path among `clicks`, or in the clicks that it carries itself; `clicks` are read in either case."""
    carried = order.click_path
    own = own_clicks(clicks, None if carried is not None else order.customer_id, program_id, settings.timezone)
    return path_of(own if carried is None else carried, order.event_time, settings.lookback)


def _hits(order: Order, program_id: str | None, ruleset: Ruleset, matcher: Matcher, settings: Settings) -> list[Hit]:
    found: dict[int, Hit] = {}
    for position, used_code in enumerate(used_codes(order.promo_code, settings.code_separator), start=1):
        for number in matcher.match_one(used_code):
            if number not in found and ruleset.applies(number, order.event_time, program_id):
                found[number] = (position, ruleset.precedence[number], number, used_code)
    return sorted(found.values()) if len(found) > 1 else list(found.values())


def _judge(hits: list[Hit], path: Path, ruleset: Ruleset, resolution: Resolution) -> tuple[Verdict, ...]:
    verdicts = []
    claimed: set[str] = set()
    winner = path.winner
    for position, _, number, used_code in hits:
        partner_id, rule = ruleset.partner_id[number], ruleset.credit_rule[number]
        involved, won = partner_id in path.partners, partner_id == winner
        met = is_met(rule, involved, won)
        claim = _claim(partner_id, resolution)
        selected = met and claim not in claimed
        if selected:
            claimed.add(claim)
        name, mode = ruleset.promo_code_id[number], ruleset.match_mode[number]
        verdict = (name, used_code, position, mode, rule, partner_id, involved, won, met, selected)
        verdicts.append(_new(Verdict, verdict))
    return tuple(verdicts)


def _claim(partner_id: str, resolution: Resolution) -> str:
    """What can be credited once: the conversion, or each partner of it."""
    match resolution:
        case Resolution.ONE:
            return ""
        case Resolution.SPLIT | Resolution.EACH:
            return partner_id
    assert_never(resolution)


def _credits(ruling: Ruling, verdicts: tuple[Verdict, ...], path: Path, splits: bool) -> tuple[Credit, ...]:
    match ruling.paid:
        case Paid.NOBODY:
            return ()
        case Paid.WINNER:
            return (_new(Credit, (path.winner, None, None, None, 1.0)),)
        case Paid.PROMO_CODE:
            paid = [verdict for verdict in verdicts if verdict.selected]
            share = 1.0 / len(paid) if splits else 1.0
            return tuple(
                [_new(Credit, (v.partner_id, v.promo_code_id, v.credit_rule, v.used_code, share)) for v in paid]
            )
    assert_never(ruling.paid)
