"""`attribution explain`: why one conversion has its credit."""

from typing import Any

from attribution.cli.command_inputs import ProgramFiles, Tables
from attribution.cli.printing import json_fields, print_json, print_lines
from attribution.cli.progress import progress
from attribution.crediting.ledger import amount_text
from attribution.engine import Engine
from attribution.explaining.explain import Explanation, explain
from attribution.explaining.phrases import near_miss_in_words
from attribution.explaining.wording import in_words, verdict_in_words
from attribution.program import Program


def run(files: ProgramFiles, tables: Tables, conversion_id: str, *, as_json: bool) -> None:
    """Prints the explanation."""
    with progress() as stage:
        stage("loading the program")
        program = files.load()
        engine = Engine(program)
        stage("reading")
        found = explain(engine, tables.conversions, tables.clicks, conversion_id, columns=tables.columns)
    if as_json:
        print_json(_as_json(found, program))
    else:
        print_lines(in_words(found, program))


def _as_json(explanation: Explanation, program: Program) -> dict[str, Any]:
    decision = explanation.decision
    amount = explanation.amount
    return {
        **json_fields(decision, "conversion_id", "program_id", "outcome", "reason"),
        **json_fields(explanation, "event_time", "customer_id", "currency", "used_codes"),
        "amount": None if amount is None else amount_text(amount),
        "credits": [dict(one._asdict()) for one in decision.credits],
        "verdicts": [
            {**one._asdict(), "why": verdict_in_words(one, explanation, program)} for one in decision.verdicts
        ],
        **json_fields(decision, "winner_partner_id", "last_click_time", "path_clicks"),
        "clicks": [
            json_fields(click, "event_time", "partner_id", "click_id", "program_id", "place")
            for click in explanation.clicks
        ],
        **json_fields(explanation, "bad_clicks", "clicks_from"),
        "near_misses": [
            {
                **json_fields(miss, "used_code", "differences"),
                "promo_code_id": miss.promo_code.id,
                "why": near_miss_in_words(miss),
            }
            for miss in explanation.near_misses
        ],
        "text": in_words(explanation, program),
    }
