"""Decides which partner is paid for an order when a promo code was used.

`Program` is what is configured, `Engine` applies it: `Engine(program).credit(conversions, clicks)` for tables and
`Engine(program).decide(conversion, clicks)` for one order. Names are imported on first use, so that the command
line answers `--help` without loading Polars.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from attribution.crediting.results import Credit, CreditResult, Decision, Verdict
    from attribution.engine import Engine
    from attribution.errors import AttributionError
    from attribution.events.records import Click, Conversion
    from attribution.program import Program, PromoCode, Settings

__all__ = [
    "AttributionError",
    "Click",
    "Conversion",
    "Credit",
    "CreditResult",
    "Decision",
    "Engine",
    "Program",
    "PromoCode",
    "Settings",
    "Verdict",
]

_HOME: Final = {
    "AttributionError": "attribution.errors",
    "Click": "attribution.events.records",
    "Conversion": "attribution.events.records",
    "Credit": "attribution.crediting.results",
    "CreditResult": "attribution.crediting.results",
    "Decision": "attribution.crediting.results",
    "Engine": "attribution.engine",
    "Program": "attribution.program",
    "PromoCode": "attribution.program",
    "Settings": "attribution.program",
    "Verdict": "attribution.crediting.results",
}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
