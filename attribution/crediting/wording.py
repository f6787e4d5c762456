"""An explanation in words that can be sent to a partner: sentences, as lines of text without line breaks inside.

Lines begin with as many spaces as they are indented. Codes are quoted, and what cannot be seen in them, such as a
zero-width space, is written as an escape.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final

from attribution.crediting.explain import Explanation, Place, PlacedClick
from attribution.crediting.near import Difference, NearMiss
from attribution.crediting.results import Decision, Verdict
from attribution.program import Program, PromoCode, Settings
from attribution.program.durations import duration_text
from attribution.terms import CreditRule, MatchMode, Outcome, Reason, Resolution

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

NEAR_SHOWN: Final = 5
CLICKS_SHOWN: Final = 20


def partner_names(program: Program) -> dict[str, str]:
    """Partner id -> the name that the program has for it, the first where there are several."""
    return {code.partner_id: code.partner_name for code in reversed(program.promo_codes) if code.partner_name}


def in_words(explanation: Explanation, program: Program) -> list[str]:
    """The whole explanation: the outcome and why, each promo code, the clicks; "" between the parts."""
    words = _Words(explanation, program)
    parts = [words.heading(), words.outcome(), words.promo_codes(), words.near_misses(), words.clicks()]
    lines: list[str] = []
    for part in parts:
        if found := list(part):
            lines += ["", *found] if lines else found
    return lines


def verdict_in_words(verdict: Verdict, explanation: Explanation, program: Program) -> str:
    """What became of one matched promo code, and why."""
    return _Words(explanation, program).verdict(verdict)


def near_miss_in_words(miss: NearMiss) -> str:
    """Why a used code does not match a promo code that it nearly matches, as a clause."""
    causes = [_cause(difference, miss) for difference in miss.differences]
    return causes[0] if len(causes) == 1 else f"{', '.join(causes[:-1])} and {causes[-1]}"


def instant(moment: datetime) -> str:
    """A time in UTC as people read it; parts of a second only where there are any."""
    text = moment.strftime("%Y-%m-%d %H:%M:%S")
    return f"{text}{f'.{moment.microsecond:06}'.rstrip('0') if moment.microsecond else ''} UTC"


def quoted(code: str) -> str:
    """A code in quotes, as it is but for what cannot be seen."""
    return f"'{''.join(char if char.isprintable() else char.encode('unicode_escape').decode() for char in code)}'"


def code_in_words(promo_code: PromoCode) -> str:
    """A promo code by id and text."""
    kind = "literal" if promo_code.match_mode is MatchMode.LI else "pattern"
    return f"promo code {promo_code.id} ({kind} {quoted(promo_code.code)})"


def promo_code_in_full(promo_code: PromoCode) -> str:
    """A promo code with its partner, rule, program and dates."""
    code = promo_code
    owner = f"{code.partner_name} ({code.partner_id})" if code.partner_name else f"partner {code.partner_id}"
    program = f", program {code.program_id}" if code.program_id else ""
    return f"{code_in_words(code)} of {owner}, {code.credit_rule}{program}, {_period(code)}"


def _period(code: PromoCode) -> str:
    if code.never_active:
        return f"never active: {code.state} since or until nobody knows when"
    since = f" from {instant(code.start_date)}" if code.start_date else ""
    until = f" to {instant(code.end_date)}" if code.end_date else ""
    return f"active{since}{until}" if since or until else "active at any time"


def _cause(difference: Difference, miss: NearMiss) -> str:
    code = miss.promo_code
    causes = {
        Difference.CASE: "upper and lower case differ",
        Difference.WHITE_SPACE: "white space inside differs",
        Difference.PART: f"the pattern matches only a part of it, {quoted(miss.part or '')}",
        Difference.PROGRAM: f"it is a promo code of program {code.program_id}",
        Difference.NOT_YET: f"it starts on {code.start_date and instant(code.start_date)}",
        Difference.ENDED: f"it ended on {code.end_date and instant(code.end_date)}",
        Difference.STATE: f"its state is {code.state}, and the date of that is not known",
    }
    return causes[difference]


def _elapsed(length: timedelta) -> str:
    """A length of time in its largest unit, rounded down; never 0 of it."""
    for unit, size in (("day", timedelta(days=1)), ("hour", timedelta(hours=1)), ("minute", timedelta(minutes=1))):
        if length >= size:
            return _counted(length // size, unit)
    return "less than a minute"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


class _Words:
    """The sentences about one decision."""

    def __init__(self, explanation: Explanation, program: Program) -> None:
        self._explained = explanation
        self._decision: Decision = explanation.decision
        self._settings: Settings = program.settings
        self._names = partner_names(program)
        wanted = {verdict.promo_code_id for verdict in explanation.decision.verdicts}
        self._codes = {code.id: code for code in program.promo_codes if code.id in wanted}

    def partner(self, partner_id: str | None) -> str:
        """A partner by name and id."""
        name = self._names.get(partner_id or "")
        return f"{name} ({partner_id})" if name else f"partner {partner_id}"

    def heading(self) -> Iterator[str]:
        """The order."""
        about, decision = self._explained, self._decision
        amount = "" if about.amount is None else f", {about.amount:,} {about.currency or '(no currency)'}"
        program = f", program {decision.program_id}" if decision.program_id else ""
        customer = f", customer {about.customer_id}" if about.customer_id else ", no customer"
        yield f"Conversion {decision.conversion_id} of {instant(about.event_time)}{amount}{program}{customer}"
        yield f"{decision.outcome}, {decision.reason}: {REASONS[decision.reason]}"

    def outcome(self) -> Iterator[str]:
        """Who is credited, or why nobody is."""
        decision = self._decision
        for credit in decision.credits:
            share = Fraction(credit.share).limit_denominator(len(decision.credits))
            part = "the whole conversion" if share == 1 else f"{share} of the conversion"
            cause = "by the last click" if credit.promo_code_id is None else f"by promo code {credit.promo_code_id}"
            yield f"Credited: {self.partner(credit.partner_id)}, {part}, {cause}."
        if not decision.credits:
            yield "Credited: nobody."
        if decision.outcome is Outcome.WITHHELD:
            yield "A promo code is for its own partner: when its rule is not met, no other partner is credited (uncredited = withhold)."  # noqa: E501 -- one sentence
        elif decision.reason is Reason.RULE_NOT_MET:
            yield "When no rule of a matched promo code is met, the last click is credited (uncredited = default)."
        elif decision.reason is Reason.DEFAULT_NONE:
            yield "When no promo code is credited, nobody is (default_crediting = none)."

    def promo_codes(self) -> Iterator[str]:
        """The used codes and what they matched."""
        used = self._explained.used_codes
        if not used:
            yield "Promo codes: the order has none."
            return
        yield f"Promo codes: the order has {', '.join(map(quoted, used))}."
        matched = {verdict.used_code for verdict in self._decision.verdicts}
        for code in used:
            for verdict in self._decision.verdicts:
                if verdict.used_code == code:
                    yield f"  {self.verdict(verdict)}"
            if code not in matched:
                # It may match one that an earlier used code matched.
                no = "no other" if matched else "no"
                yield f"  {quoted(code)} matches {no} promo code that is active at that time."

    def verdict(self, verdict: Verdict) -> str:
        """What became of one matched promo code."""
        owner, path = self.partner(verdict.partner_id), self._explained.clicks
        own = sum(click.in_path and click.partner_id == verdict.partner_id for click in path)
        match verdict.credit_rule:
            case CreditRule.ALWAYS:
                why = "met: it needs no click"
            case CreditRule.INVOLVED if verdict.met:
                why = f"met: {owner} has {_counted(own, 'click')} in the click path"
            case CreditRule.INVOLVED:
                why = f"not met: {owner} has no click in the click path"
            case CreditRule.WINNER if verdict.met:
                why = f"met: {owner} drove the last click"
            case _:
                why = f"not met: {self._not_winner()}"
        code = code_in_words(self._codes[verdict.promo_code_id])
        rule = f"Rule {verdict.credit_rule} is {why}.{self._passed_over(verdict)}"
        return f"{quoted(verdict.used_code)} matches {code} of {owner}. {rule}"

    def _not_winner(self) -> str:
        winner = self._decision.winner_partner_id
        return "the click path is empty" if winner is None else f"{self.partner(winner)} drove the last click"

    def _passed_over(self, verdict: Verdict) -> str:
        if not verdict.met or verdict.selected:
            return ""
        if self._settings.resolution is Resolution.ONE:
            return " Another promo code comes before it and is credited."
        return " Another promo code of the same partner comes before it; a partner is credited once."

    def near_misses(self) -> Iterator[str]:
        """Promo codes that would have matched but for something."""
        misses = self._explained.near_misses
        if misses:
            yield "Nearly matched:"
        for miss in misses[:NEAR_SHOWN]:
            code = f"{code_in_words(miss.promo_code)} of {self.partner(miss.promo_code.partner_id)}"
            yield f"  {quoted(miss.used_code)} and {code}: {near_miss_in_words(miss)}."
        if len(misses) > NEAR_SHOWN:
            yield f"  and {len(misses) - NEAR_SHOWN:,} more"

    def clicks(self) -> Iterator[str]:
        """The click path, then the customer's other clicks."""
        window = duration_text(self._settings.lookback)
        path = [click for click in self._explained.clicks if click.in_path]
        others = [click for click in self._explained.clicks if not click.in_path]
        if path:
            yield f"Click path: {_counted(len(path), 'click')} in the {window} up to the conversion, the last one last."
        elif self._explained.customer_id is None and not self._explained.clicks:
            yield "Click path: empty, the conversion names no customer."
        else:
            yield f"Click path: empty, the customer has no click in the {window} up to the conversion."
        yield from self._listed(path)
        if others:
            yield f"Not in the click path: {_counted(len(others), 'click')}."
        yield from self._listed(others)
        if bad := self._explained.bad_clicks:
            yield f"Left out: {_counted(bad, 'click')} of the customer without partner or without a readable time."

    def _listed(self, clicks: list[PlacedClick]) -> Iterator[str]:
        if len(clicks) > CLICKS_SHOWN:
            yield f"  {_counted(len(clicks) - CLICKS_SHOWN, 'earlier click')}"
        for click in clicks[-CLICKS_SHOWN:]:
            yield f"  {instant(click.event_time)}  {self.partner(click.partner_id)}{self._place(click)}"

    def _place(self, click: PlacedClick) -> str:
        before = self._explained.event_time - click.event_time
        match click.place:
            case Place.LAST:
                return ", the last click"
            case Place.TOO_OLD:
                return f", {_elapsed(before)} before: too old"
            case Place.AFTER:
                return ", after the conversion"
            case Place.OTHER_PROGRAM:
                return f", of program {click.program_id}"
            case Place.IN_PATH:
                return ""
