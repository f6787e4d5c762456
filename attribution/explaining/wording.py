"""An explanation: a decision with what it was made from, in values and in words that can be sent to a partner.

The words are sentences, as lines of text without line breaks inside. Lines begin with as many spaces as they are
indented.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final, assert_never

from attribution.crediting.ledger import Decision, Verdict
from attribution.crediting.window import Place
from attribution.explaining.near import NearMiss
from attribution.explaining.phrases import (
    code_in_words,
    elapsed,
    instant,
    near_miss_in_words,
    number_in_words,
    owner_in_words,
)
from attribution.explaining.placed_clicks import ClicksFrom, PlacedClick
from attribution.json_values import amount_text, json_fields, json_values
from attribution.program import Program, Settings
from attribution.terms import CreditRule, Outcome, Reason, Resolution
from attribution.text import counted, plain, quoted_use
from attribution.times import duration_text

REASONS: Final[Mapping[Reason, str]] = {
    Reason.RULE_ALWAYS: "A promo code paid; its rule credits the partner whatever was clicked.",
    Reason.RULE_INVOLVED: "A promo code paid; its partner has a click in the click path.",
    Reason.RULE_WINNER: "A promo code paid; its partner drove the last click.",
    Reason.NO_CODE_MATCHED: "The last click paid; no promo code matched.",
    Reason.RULE_NOT_MET: "The last click paid; promo codes matched, and the rule of none was met.",
    Reason.NOT_INVOLVED: "Nobody is paid; the promo code's partner has no click in the click path.",
    Reason.NOT_WINNER: "Nobody is paid; the promo code's partner did not drive the last click.",
    Reason.DEFAULT_NONE: "Nobody is paid; no promo code paid, and the default is to credit nobody.",
    Reason.NO_CLICKS: "Nobody is paid; no promo code paid, and the click path is empty.",
}
"""What each reason means, in a sentence."""

CREDITED_BY: Final[Mapping[Outcome, str]] = {
    Outcome.PROMO_CODE: "by promo code {}",
    Outcome.LAST_CLICK: "by the last click",
    Outcome.WITHHELD: "",
    Outcome.UNATTRIBUTED: "",
}
"""What a partner is credited by, given the promo code; "" for outcomes that credit nobody."""

NEAR_SHOWN: Final = 5
CLICKS_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Explanation:
    """A decision with what it was made from.

    `clicks` are all of the customer's, in path order, without the `bad_clicks`: rows of a table that have no partner or
    no time. A conversion that carries its own path has those clicks alone; others are not looked at then.
    `near_misses` are those of each used code, in order, the nearest first. `program` is the engine's.
    """

    program: Program = field(repr=False, compare=False)
    decision: Decision
    customer_id: str | None
    used_codes: tuple[str, ...]
    clicks: tuple[PlacedClick, ...]
    bad_clicks: int
    clicks_from: ClicksFrom
    near_misses: tuple[NearMiss, ...]

    def to_dict(self) -> dict[str, Any]:
        """The explanation in the values of JSON: times as text in UTC, the amount as text, and `text` the words."""
        decision, words = self.decision, _Words(self, self.program)
        return {
            **json_fields(decision, "conversion_id", "program_id", "outcome", "reason", "event_time"),
            **json_fields(self, "customer_id"),
            **json_fields(decision, "currency"),
            **json_fields(self, "used_codes"),
            "amount": None if decision.amount is None else amount_text(decision.amount),
            "credits": [json_values(credit._asdict()) for credit in decision.credits],
            "verdicts": [{**json_values(one._asdict()), "why": words.verdict(one)} for one in decision.verdicts],
            **json_fields(decision, "winner_partner_id", "last_click_time", "path_clicks"),
            "clicks": [click.to_dict() for click in self.clicks],
            **json_fields(self, "bad_clicks", "clicks_from"),
            "near_misses": [
                {
                    **json_fields(miss, "used_code", "differences"),
                    "promo_code_id": miss.promo_code.id,
                    "why": near_miss_in_words(miss),
                }
                for miss in self.near_misses
            ],
            "text": in_words(self),
        }


def in_words(explanation: Explanation, program: Program | None = None) -> list[str]:
    """Tell the whole explanation: the outcome and why, each promo code, the clicks; "" between the parts.

    `program` is the one whose names are told, if it is another than the engine's.
    """
    words = _Words(explanation, program or explanation.program)
    parts = [words.heading(), words.outcome(), words.promo_codes(), words.near_misses(), words.clicks()]
    lines: list[str] = []
    for part in parts:
        if found := list(part):
            lines += ["", *found] if lines else found
    return lines


class _Words:
    """The sentences about one decision."""

    def __init__(self, explanation: Explanation, program: Program) -> None:
        self._explained = explanation
        self._decision: Decision = explanation.decision
        self._settings: Settings = program.settings
        self._names = program.partner_names
        wanted = {verdict.promo_code_id for verdict in explanation.decision.verdicts}
        self._codes = {code.id: code for code in program.promo_codes if code.id in wanted}

    def partner(self, partner_id: str | None) -> str:
        """A partner by name and id."""
        return owner_in_words(partner_id, self._names.get(partner_id or ""))

    def heading(self) -> Iterator[str]:
        """The order."""
        about, decision = self._explained, self._decision
        currency = plain(decision.currency or "(no currency)")
        amount = "" if decision.amount is None else f", {number_in_words(decision.amount)} {currency}"
        program = f", program {plain(decision.program_id)}" if decision.program_id else ""
        customer = f", customer {plain(about.customer_id)}" if about.customer_id else ", no customer"
        yield f"Conversion {plain(decision.conversion_id)} of {instant(decision.event_time)}{amount}{program}{customer}"
        yield f"{decision.outcome}, {decision.reason}: {REASONS[decision.reason]}"

    def outcome(self) -> Iterator[str]:
        """Who is credited, or why nobody is."""
        decision = self._decision
        for credit in decision.credits:
            share = Fraction(credit.share).limit_denominator(len(decision.credits))
            part = "the whole conversion" if share == 1 else f"{share} of the conversion"
            cause = CREDITED_BY[decision.outcome].format(plain(credit.promo_code_id or ""))
            yield f"Credited: {self.partner(credit.partner_id)}, {part}, {cause}."
        if not decision.credits:
            yield "Credited: nobody."
        match decision.reason:
            case Reason.NOT_INVOLVED | Reason.NOT_WINNER:
                yield "A promo code is for its own partner: when its rule is not met, no other partner is credited (uncredited = withhold)."  # noqa: E501 -- one sentence
            case Reason.RULE_NOT_MET:
                yield "When no rule of a matched promo code is met, the last click is credited (uncredited = default)."
            case Reason.DEFAULT_NONE:
                yield "When no promo code is credited, nobody is (default_crediting = none)."
            case Reason.RULE_ALWAYS | Reason.RULE_INVOLVED | Reason.RULE_WINNER:
                pass
            case Reason.NO_CODE_MATCHED | Reason.NO_CLICKS:
                pass
            case _:
                assert_never(decision.reason)

    def promo_codes(self) -> Iterator[str]:
        """The used codes and what they matched."""
        used = self._explained.used_codes
        if not used:
            yield "Promo codes: the order has none."
            return
        yield f"Promo codes: the order has {', '.join(map(quoted_use, used))}."
        matched = {verdict.used_code for verdict in self._decision.verdicts}
        for code in used:
            for verdict in self._decision.verdicts:
                if verdict.used_code == code:
                    yield f"  {self.verdict(verdict)}"
            if code not in matched:
                # It may match one that an earlier used code matched.
                no = "no other" if matched else "no"
                yield f"  {quoted_use(code)} matches {no} promo code that is active at that time."

    def verdict(self, verdict: Verdict) -> str:
        """What became of one matched promo code."""
        owner = self.partner(verdict.partner_id)
        code = code_in_words(self._codes[verdict.promo_code_id])
        rule = f"Rule {verdict.credit_rule} is {self._why(verdict, owner)}.{self._passed_over(verdict)}"
        return f"{quoted_use(verdict.used_code)} matches {code} of {owner}. {rule}"

    def _why(self, verdict: Verdict, owner: str) -> str:
        """Whether the rule is met, and by what."""
        match verdict.credit_rule:
            case CreditRule.ALWAYS:
                return "met: it needs no click"
            case CreditRule.INVOLVED:
                own = sum(click.in_path and click.partner_id == verdict.partner_id for click in self._explained.clicks)
                met = f"{owner} has {counted(own, 'click')} in the click path"
                unmet = f"{owner} has no click in the click path"
            case CreditRule.WINNER:
                winner = self._decision.winner_partner_id
                met = f"{owner} drove the last click"
                unmet = "the click path is empty" if winner is None else f"{self.partner(winner)} drove the last click"
            case _:
                assert_never(verdict.credit_rule)
        if not verdict.met and self._explained.clicks_from is ClicksFrom.NOT_GIVEN:
            return "not met: it needs a click, and no click table was given"
        return f"met: {met}" if verdict.met else f"not met: {unmet}"

    def _passed_over(self, verdict: Verdict) -> str:
        if not verdict.met or verdict.selected:
            return ""
        match self._settings.resolution:
            case Resolution.ONE:
                return " Another promo code comes before it and is credited."
            case Resolution.SPLIT | Resolution.EACH:
                return " Another promo code of the same partner comes before it; a partner is credited once."
        assert_never(self._settings.resolution)

    def near_misses(self) -> Iterator[str]:
        """Promo codes that would have matched but for something."""
        misses = self._explained.near_misses
        if misses:
            yield "Nearly matched:"
        for miss in misses[:NEAR_SHOWN]:
            code = f"{code_in_words(miss.promo_code)} of {self.partner(miss.promo_code.partner_id)}"
            yield f"  {quoted_use(miss.used_code)} and {code}: {near_miss_in_words(miss)}."
        if len(misses) > NEAR_SHOWN:
            yield f"  and {len(misses) - NEAR_SHOWN:,} more"

    def clicks(self) -> Iterator[str]:
        """The click path, then the customer's other clicks."""
        path = [click for click in self._explained.clicks if click.in_path]
        others = [click for click in self._explained.clicks if not click.in_path]
        window = f"in the {duration_text(self._settings.lookback)} up to the conversion"
        if path:
            yield f"Click path: {counted(len(path), 'click')} {window}, the last one last."
        else:
            yield f"Click path: empty; {self._why_empty(window)}."
        yield from self._listed(path)
        if others:
            yield f"Not in the click path: {counted(len(others), 'click')}."
        yield from self._listed(others)
        if bad := self._explained.bad_clicks:
            yield f"Left out: {counted(bad, 'click')} of the customer without partner or without a readable time."

    def _why_empty(self, window: str) -> str:
        about = self._explained
        match about.clicks_from:
            case ClicksFrom.CONVERSION:
                none = f"none of its clicks is {window}" if about.clicks else "which has no click"
                return f"the conversion carries its own, {none}, and no click table is asked"
            case ClicksFrom.NOT_GIVEN:
                return "no click table was given"
            case ClicksFrom.TABLE if about.customer_id is None:
                return "the conversion names no customer"
            case ClicksFrom.TABLE:
                pass
            case _:
                assert_never(about.clicks_from)
        elsewhere = any(click.place is Place.OTHER_PROGRAM for click in about.clicks)
        of_program = f" of program {plain(self._decision.program_id or '')}" if elsewhere else ""
        besides = "but for what is left out below, " if about.bad_clicks else ""
        return f"{besides}the customer has no click{of_program} {window}"

    def _listed(self, clicks: list[PlacedClick]) -> Iterator[str]:
        if len(clicks) > CLICKS_SHOWN:
            yield f"  {counted(len(clicks) - CLICKS_SHOWN, 'earlier click')}"
        for click in clicks[-CLICKS_SHOWN:]:
            yield f"  {instant(click.event_time)}  {self.partner(click.partner_id)}{self._place(click)}"

    def _place(self, click: PlacedClick) -> str:
        before = self._decision.event_time - click.event_time
        match click.place:
            case Place.LAST:
                return ", the last click"
            case Place.TOO_OLD:
                return f", {elapsed(before)} before: too old"
            case Place.AFTER:
                return ", after the conversion"
            case Place.OTHER_PROGRAM:
                return f", of program {plain(click.program_id or '')}"
            case Place.IN_PATH:
                return ""
        assert_never(click.place)
