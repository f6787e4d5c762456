"""The promo codes of a program, laid out for crediting: by index for single orders, as a table for batches.

A promo code's index is its place in `Program.promo_codes`; the matcher speaks in these indices. Here live the two
conditions of a match that are not about text: the program and the dates (specification, section 2, items 1 and 2).
"""

from datetime import datetime
from functools import cached_property
from typing import Any, Final

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


class Ruleset:
    """What crediting knows of a program's promo codes: a list per fact, each in the order of the program. Immutable.

    Lists, not records: a hundred thousand records would cost more to make, to collect and to pickle than to use.
    """

    def __init__(self, program: Program) -> None:
        codes = program.promo_codes
        self.promo_code_id = [code.id for code in codes]
        self.partner_id = [code.partner_id for code in codes]
        self.match_mode = [code.match_mode for code in codes]
        self.credit_rule = [code.credit_rule for code in codes]
        self.program_id = [code.program_id for code in codes]
        self.active_from = [code.start_date for code in codes]
        self.active_to = [code.end_date for code in codes]
        self.never_active = [code.never_active for code in codes]
        self.precedence = rules.precedence(codes)
        self.program_ids = program.program_ids
        self._only_program = self.program_ids[0] if len(self.program_ids) == 1 else None
        self.needs_program = len(self.program_ids) > 1
        """Whether a conversion without a program is a bad row: the promo codes name several."""

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in self.__dict__.items() if name != "frame"}

    @cached_property
    def frame(self) -> pl.DataFrame:
        """One row per promo code, in index order; `active_from`, `active_to`, `promo_program_id` null where open."""
        columns = [
            self.promo_code_id,
            self.partner_id,
            [_WORDS[word] for word in self.match_mode],
            [_WORDS[word] for word in self.credit_rule],
            self.program_id,
            self.active_from,
            self.active_to,
            self.never_active,
            self.precedence,
        ]
        return pl.DataFrame(columns, schema=_SCHEMA)

    def applies(self, index: int, at: datetime | None, program_id: str | None) -> bool:
        """Whether promo code `index` is of the program and active `at` that instant; None leaves dates aside."""
        of_program = self.program_id[index]
        if of_program is not None and of_program != program_id:
            return False
        if at is None:
            return True
        start, end = self.active_from[index], self.active_to[index]
        if self.never_active[index] or (start is not None and at < start):
            return False
        return end is None or at <= end

    def resolve_program(self, program_id: str | None) -> str | None:
        """A conversion's program: its own, else the only one that the promo codes name, else none."""
        return self._only_program if program_id is None else program_id


def applies() -> pl.Expr:
    """`Ruleset.applies` over the columns of `frame`, `event_time` and `program_id`: Boolean, never null."""
    at = pl.col("event_time")
    of_program = (pl.col("promo_program_id") == pl.col("program_id")).fill_null(False)
    return (
        (pl.col("promo_program_id").is_null() | of_program)
        & ~pl.col("never_active")
        & (pl.col("active_from") <= at).fill_null(True)
        & (at <= pl.col("active_to")).fill_null(True)
    )
