"""The promo codes of a program, laid out for crediting: by index for single orders, as a table for batches.

A promo code's index is its place in `Program.promo_codes`; the matcher speaks in these indices. Here live the two
conditions of a match that are not about text: the program and the dates (specification, section 2, items 1 and 2).
"""

from datetime import datetime
from functools import cached_property
from typing import Final

import polars as pl

from attribution.crediting import rules
from attribution.events.schema import TIME
from attribution.program import Program
from attribution.terms import CreditRule, MatchMode

_SCHEMA: Final = pl.Schema(
    {
        "promo_code_id": pl.String(),
        "partner_id": pl.String(),
        "match_mode": pl.String(),
        "credit_rule": pl.String(),
        "promo_program_id": pl.String(),
        "active_from": TIME,
        "active_to": TIME,
        "never_active": pl.Boolean(),
        "precedence": pl.UInt32(),
    }
)
_WORDS: Final = {word: word.value for word in (*MatchMode, *CreditRule)}  # an enum's `value` is slow to ask for


class Catalogue:
    """A program's promo codes with their precedence, programs and dates. Immutable."""

    def __init__(self, program: Program) -> None:
        self.promo_codes = program.promo_codes
        self.precedence = rules.precedence(program.promo_codes)
        self.program_ids = program.program_ids

    @cached_property
    def frame(self) -> pl.DataFrame:
        """One row per promo code, in index order; `active_from`, `active_to`, `promo_program_id` null where open."""
        codes = self.promo_codes
        columns = {
            "promo_code_id": [code.id for code in codes],
            "partner_id": [code.partner_id for code in codes],
            "match_mode": [_WORDS[code.match_mode] for code in codes],
            "credit_rule": [_WORDS[code.credit_rule] for code in codes],
            "promo_program_id": [code.program_id for code in codes],
            "active_from": [code.start_date for code in codes],
            "active_to": [code.end_date for code in codes],
            "never_active": [code.never_active for code in codes],
            "precedence": self.precedence,
        }
        return pl.DataFrame(columns, schema=_SCHEMA)

    def resolve_program(self, program_id: str | None) -> str | None:
        """A conversion's program: its own, else the only one that the promo codes name, else none."""
        if program_id is None and len(self.program_ids) == 1:
            return self.program_ids[0]
        return program_id

    @property
    def needs_program(self) -> bool:
        """Whether a conversion without a program is a bad row: the promo codes name several."""
        return len(self.program_ids) > 1

    def applies(self, index: int, at: datetime | None, program_id: str | None) -> bool:
        """Whether promo code `index` is of the program and active `at` that instant; None leaves dates aside."""
        promo_code = self.promo_codes[index]
        if promo_code.program_id is not None and promo_code.program_id != program_id:
            return False
        return at is None or promo_code.is_active(at)


def applies() -> pl.Expr:
    """`Catalogue.applies` over the columns of `frame`, `event_time` and `program_id`: Boolean, never null."""
    at = pl.col("event_time")
    of_program = (pl.col("promo_program_id") == pl.col("program_id")).fill_null(False)
    return (
        (pl.col("promo_program_id").is_null() | of_program)
        & ~pl.col("never_active")
        & (pl.col("active_from") <= at).fill_null(True)
        & (at <= pl.col("active_to")).fill_null(True)
    )
