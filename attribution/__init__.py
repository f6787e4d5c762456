"""Decides which partner is paid for an order when a promo code was used.

`Program` is what is configured, `Engine` applies it: `Engine(program).credit(conversions, clicks)` for tables and
`Engine(program).decide(conversion, clicks)` for one order; `validate` finds what is wrong with a program before it goes
live, and `run_cases` runs its own test cases. Names are imported on first use, so that the command line answers
`--help` without loading Polars.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from attribution.cases.run import run_cases
    from attribution.crediting.history import History
    from attribution.crediting.ledger import Credit, CreditResult, Decision, Verdict
    from attribution.crediting.summary import Summary, summarise
    from attribution.engine import Engine
    from attribution.errors import AttributionError
    from attribution.events.event_errors import BadRowsError
    from attribution.events.event_records import Click, Conversion
    from attribution.events.history_files import NotGatheredError
    from attribution.explaining.wording import Explanation, in_words
    from attribution.program import Program, PromoCode, Settings
    from attribution.validation.finding import Finding, Severity
    from attribution.validation.validate import validate

__all__ = [
    "AttributionError",
    "BadRowsError",
    "Click",
    "Conversion",
    "Credit",
    "CreditResult",
    "Decision",
    "Engine",
    "Explanation",
    "Finding",
    "History",
    "NotGatheredError",
    "Program",
    "PromoCode",
    "Settings",
    "Severity",
    "Summary",
    "Verdict",
    "in_words",
    "run_cases",
    "summarise",
    "validate",
]

_HOME: Final = {
    "AttributionError": "attribution.errors",
    "BadRowsError": "attribution.events.event_errors",
    "Click": "attribution.events.event_records",
    "Conversion": "attribution.events.event_records",
    "Credit": "attribution.crediting.ledger",
    "CreditResult": "attribution.crediting.ledger",
    "Decision": "attribution.crediting.ledger",
    "Engine": "attribution.engine",
    "Explanation": "attribution.explaining.wording",
    "Finding": "attribution.validation.finding",
    "History": "attribution.crediting.history",
    "NotGatheredError": "attribution.events.history_files",
    "Program": "attribution.program",
    "PromoCode": "attribution.program",
    "Settings": "attribution.program",
    "Severity": "attribution.validation.finding",
    "Summary": "attribution.crediting.summary",
    "Verdict": "attribution.crediting.ledger",
    "in_words": "attribution.explaining.wording",
    "run_cases": "attribution.cases.run",
    "summarise": "attribution.crediting.summary",
    "validate": "attribution.validation.validate",
}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
