"""A program compiled to numbers: by number for single orders, as a table and as arrays for batches.

A promo code's number is its place in `Program.promo_codes`; the matcher speaks in these numbers. Here live the two
conditions of a match that are not about text: the program and the dates (specification, section 2, items 1 and 2).
"""

from datetime import datetime
from functools import cached_property
from typing import Any, Final, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from attribution.crediting import rules
from attribution.events.schema import TIME
from attribution.program import Program
from attribution.terms import CreditRule, MatchMode, Resolution

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
_ALWAYS, _NEVER = np.iinfo(np.int64).min, np.iinfo(np.int64).max


class PromoCodeNumbers(NamedTuple):
    """The promo codes as arrays, in the order of their numbers.

    `rule` counts in `rules.RULES`, `owner` in `Ruleset.owners`, `program` in `Ruleset.program_ids`, -1 for every
    program. `active_from` and `active_to` are microseconds since 1970 in UTC, both included.
    """

    rule: NDArray[np.uint8]
    owner: NDArray[np.int64]
    program: NDArray[np.int32]
    active_from: NDArray[np.int64]
    active_to: NDArray[np.int64]
    precedence: NDArray[np.uint32]


PromoCodeFacts = tuple[str, MatchMode, CreditRule, str, int]
"""The id of a promo code, its match mode and credit rule, its owner, and its rank in precedence."""


class Ruleset:
    """What crediting knows of a program: its promo codes, a list per fact in the order of the program, and its table
    of decisions. Immutable.

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
        self.decisions = rules.decision_table(program.settings)
        self.splits = program.settings.resolution is Resolution.SPLIT
        """Whether partners share a conversion."""
        self.by_partner = rules.BY_PARTNER[program.settings.resolution]
        """Whether each partner of a conversion can be credited, and not the first alone."""
        self.program_ids = program.program_ids
        self._only_program = self.program_ids[0] if len(self.program_ids) == 1 else None
        self.needs_program = len(self.program_ids) > 1
        """Whether a conversion without a program is a bad row: the promo codes name several."""

    def __getstate__(self) -> dict[str, Any]:
        made = ("frame", "numbers", "owners", "facts")
        return {name: value for name, value in self.__dict__.items() if name not in made}

    @cached_property
    def frame(self) -> pl.DataFrame:
        """One row per promo code, by number; `active_from`, `active_to`, `promo_program_id` null where open."""
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

    @cached_property
    def facts(self) -> list[PromoCodeFacts]:
        """What a single order asks of each promo code, in one place."""
        rows = zip(
            self.promo_code_id, self.match_mode, self.credit_rule, self.partner_id, self.precedence, strict=True
        )
        return list(rows)

    @cached_property
    def owners(self) -> list[str]:
        """The distinct owners of promo codes, in the order in which they come first."""
        return list(dict.fromkeys(self.partner_id))

    @cached_property
    def numbers(self) -> PromoCodeNumbers:
        """The promo codes as arrays."""
        frame = self.frame
        owner = {partner_id: number for number, partner_id in enumerate(self.owners)}
        rule = {rule: number for number, rule in enumerate(rules.RULES)}
        program = {None: -1} | {program_id: number for number, program_id in enumerate(self.program_ids)}
        from_ = frame["active_from"].to_physical().fill_null(_ALWAYS).to_numpy()
        return PromoCodeNumbers(
            np.array([rule[one] for one in self.credit_rule], dtype=np.uint8),
            np.array([owner[one] for one in self.partner_id], dtype=np.int64),
            np.array([program[one] for one in self.program_id], dtype=np.int32),
            np.where(frame["never_active"].to_numpy(), _NEVER, from_),
            frame["active_to"].to_physical().fill_null(_NEVER).to_numpy(),
            frame["precedence"].to_numpy(),
        )

    def applies(self, number: int, at: datetime | None, program_id: str | None) -> bool:
        """Whether promo code `number` is of the program and active `at` that instant; None leaves dates aside."""
        of_program = self.program_id[number]
        if of_program is not None and of_program != program_id:
            return False
        if at is None:
            return True
        start, end = self.active_from[number], self.active_to[number]
        if self.never_active[number] or (start is not None and at < start):
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
