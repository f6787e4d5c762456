"""Decide one order in plain Python: what `batch` does for tables, in microseconds and with its reasons.

It shares the matcher, the window, the table of decisions and the vocabulary with the batch, not the arrays.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from attribution.crediting.ledger import Credit, Decision, Verdict
from attribution.crediting.order import Order, own_clicks, read_order
from attribution.crediting.record_errors import BadRecordError
from attribution.crediting.rules import HAS_WINNER, IS_MET, MATCHED, MET, RULES, Paid
from attribution.crediting.ruleset import Ruleset
from attribution.crediting.window import Path, path_of
from attribution.events.event_records import Click, Conversion
from attribution.matching import Matcher
from attribution.matching.used_codes import used_codes
from attribution.program import Settings
from attribution.terms import RowReason

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
    verdicts = _judge(hits, path, ruleset) if hits else ()
    ruling = ruleset.decisions[_facts(verdicts, path)]
    credits = CREDITS[ruling.paid](verdicts, path, ruleset.splits)
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


def _facts(verdicts: tuple[Verdict, ...], path: Path) -> int:
    """The number of the facts of a decision."""
    facts = HAS_WINNER if path.clicks else 0
    if not verdicts:
        return facts
    for verdict in verdicts:
        if verdict.met:
            return facts + IS_MET + _RULE_FACTS[verdict.credit_rule]
    return facts + _RULE_FACTS[verdicts[0].credit_rule]


def click_path(
    order: Order, program_id: str | None, clicks: Iterable[Click | Mapping[str, Any]], settings: Settings
) -> Path:
    """The order's path among `clicks`, or in the clicks that it carries itself; `clicks` are read in either case."""
    carried = order.click_path
    own = own_clicks(clicks, None if carried is not None else order.customer_id, program_id, settings.timezone)
    return path_of(own if carried is None else carried, order.event_time, settings.lookback)


def _hits(order: Order, program_id: str | None, ruleset: Ruleset, matcher: Matcher, settings: Settings) -> list[Hit]:
    found: dict[int, Hit] = {}
    at = order.event_time
    for position, used_code in enumerate(used_codes(order.promo_code, settings.code_separator), start=1):
        for number in matcher.match_one(used_code):
            if number not in found and ruleset.applies(number, at, program_id):
                found[number] = (position, ruleset.facts[number][4], number, used_code)
    return sorted(found.values()) if len(found) > 1 else list(found.values())


def _judge(hits: list[Hit], path: Path, ruleset: Ruleset) -> tuple[Verdict, ...]:
    verdicts = []
    claimed: set[str] = set()
    winner, partners, by_partner = path.winner, path.partners, ruleset.by_partner
    for position, _, number, used_code in hits:
        name, mode, rule, partner_id, _ = ruleset.facts[number]
        involved, won = partner_id in partners, partner_id == winner
        met = MET[rule][2 * involved + won]
        claim = partner_id if by_partner else ""  # what can be credited once: a partner, or the conversion
        selected = met and claim not in claimed
        if selected:
            claimed.add(claim)
        verdict = (name, used_code, position, mode, rule, partner_id, involved, won, met, selected)
        verdicts.append(_new(Verdict, verdict))
    return tuple(verdicts)


def _of_promo_codes(verdicts: tuple[Verdict, ...], _: Path, splits: bool) -> tuple[Credit, ...]:
    paid = [verdict for verdict in verdicts if verdict.selected]
    share = 1.0 / len(paid) if splits else 1.0
    return tuple([_new(Credit, (v.partner_id, v.promo_code_id, v.credit_rule, v.used_code, share)) for v in paid])


def _of_winner(_verdicts: tuple[Verdict, ...], path: Path, _splits: bool) -> tuple[Credit, ...]:
    return (_new(Credit, (path.winner, None, None, None, 1.0)),)


def _of_nobody(_verdicts: tuple[Verdict, ...], _path: Path, _splits: bool) -> tuple[Credit, ...]:
    return ()


CREDITS: Final[Mapping[Paid, Callable[[tuple[Verdict, ...], Path, bool], tuple[Credit, ...]]]] = {
    Paid.PROMO_CODE: _of_promo_codes,
    Paid.WINNER: _of_winner,
    Paid.NOBODY: _of_nobody,
}
"""The credits of a conversion, by who is paid."""
