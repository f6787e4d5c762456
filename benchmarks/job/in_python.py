"""Ours in Python, phase by phase: a program, an engine, one call, the figures, the tables."""

import json
from pathlib import Path
from typing import Any

from attribution import Engine, Program
from attribution.crediting.summary import Money, Summary, summarise
from attribution.events.output import write_tables
from benchmarks.cases import Measured
from benchmarks.job.counts import counts
from benchmarks.job.job_summary import FILE
from benchmarks.job.place import output
from benchmarks.phases import Phases


def run(program: str, conversions: str, clicks: str, answer: str | None) -> Measured:
    """Credit everything, add it up and write the result."""
    phases = Phases()
    with phases("load"):
        loaded = Program.load(program)
    with output(answer) as place, phases("job"):
        with phases("engine"):
            engine = Engine(loaded)
        with phases("credit"):
            result = engine.credit(conversions, clicks)
        with phases("summary"):
            summary = summarise(result, loaded)
        with phases("write"):
            write_tables(place, {"credits": result.credits, "verdicts": result.verdicts})
    if answer is None:
        return {"seconds": dict(phases)}
    (Path(answer) / FILE).write_text(json.dumps(_figures(summary)), encoding="utf-8")
    return {"seconds": dict(phases), "counts": counts(result.credits, result.verdicts)}


def _figures(summary: Summary) -> dict[str, Any]:
    names = ("conversions_read", "conversions_credited", "conversions_rejected", "withheld_without_clicks")
    return {
        **{name: getattr(summary, name) for name in names},
        "outcomes": [
            {"outcome": one.outcome, "reason": one.reason, "conversions": one.conversions} for one in summary.outcomes
        ],
        "attributed": _amounts(summary.money),
        "partners": [
            {
                "partner_id": one.partner_id,
                "by_promo_code": one.by_promo_code,
                "by_last_click": one.by_last_click,
                "attributed": _amounts(one.money),
            }
            for one in summary.partners
        ],
        "clicks": {"read": summary.clicks.read, "without_customer": summary.clicks.without_customer},
    }


def _amounts(all_money: tuple[Money, ...]) -> list[dict[str, Any]]:
    return [
        {
            "currency": one.currency,
            "conversions": one.conversions,
            "without_amount": one.without_amount,
            "amount": one.text(),
        }
        for one in all_money
    ]
