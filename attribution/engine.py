"""The front door for code: a program, compiled once, that matches used codes and credits conversions."""

import pickle
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, cast

import polars as pl

from attribution.collector import without_collector
from attribution.crediting import one
from attribution.crediting.batch import credit_batch
from attribution.crediting.gather import BadRows, Gathered, Reading, gather
from attribution.crediting.history import History
from attribution.crediting.ledger import CreditResult, Decision
from attribution.crediting.ruleset import Ruleset
from attribution.events.event_records import Click, Conversion
from attribution.events.readers import Source
from attribution.events.time_columns import parse_time
from attribution.explaining.explain import explained
from attribution.explaining.wording import Explanation
from attribution.matching import Matcher
from attribution.matching.language import languages
from attribution.matching.used_codes import used_codes
from attribution.program import Program, PromoCode
from attribution.terms import WHITE_SPACE


class Engine:
    """Applies a program's crediting rules, to tables with `credit` and to single orders with `decide`.

    Immutable once built, so one engine serves any number of threads; it can be pickled to other processes.
    """

    def __init__(self, program: Program) -> None:
        if not isinstance(program, Program):
            raise TypeError(f"an Engine is built from a Program, not {type(program).__name__}; see Program.load")
        self._program: Program | bytes = program
        self._settings = program.settings
        self._ruleset, self._matcher = without_collector(
            lambda: (Ruleset(program), _matcher(program))
        )

    @property
    def program(self) -> Program:
        """What the engine was built from."""
        program = self._program
        if isinstance(program, bytes):
            program = self._program = cast(Program, pickle.loads(program))
        return program

    def __getstate__(self) -> dict[str, Any]:
        # Records are slow to unpickle, and crediting does not need them: they stay packed until somebody asks.
        packed = self._program if isinstance(self._program, bytes) else pickle.dumps(self._program)
        return {**self.__dict__, "_program": packed}

    def credit(
        self,
        conversions: Source | History,
        clicks: Source | None = None,
        *,
        columns: Mapping[str, str] | None = None,
        bad_rows: BadRows = "stop",
    ) -> CreditResult:
        """Credit a table of conversions against a table of clicks, or a `History` that stands for both.

        Tables are Polars frames (eager or lazy), paths, globs and directories of Parquet, CSV or NDJSON files, or
        anything that speaks the Arrow PyCapsule interface. Clicks are streamed and may be larger than memory;
        conversions are held in it. A conversion with a `click_path` of its own is judged by that path alone.
        `columns` names columns that the tables spell otherwise: `{"clicks.partner_id": "Pub"}`.

        Raises `BadRowsError` if a row is bad, unless `bad_rows="reject"` sets it aside, and other `EventError`s if
        a table is not of the shape that it must have.
        """
        # What a large program is made of would be walked through for cycles while tables are computed.
        return without_collector(lambda: self._credit(conversions, clicks, columns or {}, bad_rows))

    def _credit(
        self, conversions: Source | History, clicks: Source | None, columns: Mapping[str, str], bad_rows: BadRows
    ) -> CreditResult:
        settings, needs_program = self._settings, self._ruleset.needs_program
        if isinstance(conversions, History):
            if clicks is not None or columns:
                raise TypeError("a history has its clicks and its columns; give neither beside it")
            return self._judged(conversions.for_rules(settings, needs_program=needs_program, bad_rows=bad_rows))
        reading = Reading(settings.timezone, columns, bad_rows, settings.code_separator, needs_program)
        return self._judged(gather(conversions, clicks, settings.lookback, reading))

    def _judged(self, gathered: Gathered) -> CreditResult:
        return CreditResult(
            credit_batch(gathered, self._ruleset, self._matcher, self._settings),
            gathered.rejected,
            gathered.conversions_read,
            gathered.conversions_rejected,
            gathered.clicks,
        )

    def decide(
        self, conversion: Conversion | Mapping[str, Any], clicks: Iterable[Click | Mapping[str, Any]] = ()
    ) -> Decision:
        """Credit one order, given its customer's clicks (those of other customers are in no path).

        Mappings have the column names of a table. A conversion that carries a `click_path` is judged by that path
        alone. Agrees with `credit` on every input; raises `BadRecordError` for what would be a bad row there.
        """
        return one.decide(conversion, clicks, self._ruleset, self._matcher, self._settings)

    def explain(
        self, conversion: Conversion | Mapping[str, Any], clicks: Iterable[Click | Mapping[str, Any]] = ()
    ) -> Explanation:
        """Explain why one order has its credit: its promo codes, its customer's clicks, what nearly matched.

        Takes, decides and raises what `decide` does. Near misses take some 0.5 s in a program of 100,000 promo codes.
        """
        given = list(clicks)
        return explained(conversion, given, self.decide(conversion, given), self.program)

    def match(
        self, code: str, *, at: datetime | date | str | None = None, program_id: str | int | None = None
    ) -> tuple[PromoCode, ...]:
        """The promo codes that one used code matches, in precedence order; none if it is blank.

        `at` is the conversion's time; without it dates are left aside. `program_id` is the conversion's program;
        without it, where the promo codes name several, promo codes of every program are considered.
        """
        if not isinstance(code, str):
            raise TypeError(f"a used code is text, not {type(code).__name__}")
        instant = None if at is None else parse_time(at, self._settings.timezone)
        program = self._ruleset.resolve_program(None if program_id is None else str(program_id) or None)
        anywhere = program is None and self._ruleset.needs_program
        codes = self._ruleset
        found = [
            index
            for used_code in used_codes([code], None)
            for index in self._matcher.match_one(used_code)
            if codes.applies(index, instant, codes.program_id[index] if anywhere else program)
        ]
        in_order = sorted(found, key=codes.precedence.__getitem__)
        return tuple(self.program.promo_codes[index] for index in in_order)

    def match_column(self, codes: pl.Series | Sequence[str | None]) -> pl.DataFrame:
        """The promo codes whose text each used code of a column matches; programs and dates are left aside.

        One row per distinct used code (stripped) and promo code: `used_code`, `promo_code_id`; by used code, then
        precedence.
        """
        column = codes if isinstance(codes, pl.Series) else pl.Series(codes, dtype=pl.String)
        if column.dtype.is_nested():
            raise TypeError(f"a column of used codes is text, not {column.dtype}")
        stripped = column.cast(pl.String).str.strip_chars(WHITE_SPACE).unique()
        used_codes = stripped.filter(stripped != "")
        number, index = self._matcher.match_column(used_codes)
        promo_codes = self._ruleset.frame.select(pl.col("promo_code_id", "precedence").gather(index))
        named = promo_codes.with_columns(used_codes.gather(number).alias("used_code"))
        return named.sort("used_code", "precedence").select("used_code", "promo_code_id")


def _matcher(program: Program) -> Matcher:
    promo_codes = program.promo_codes
    return Matcher(languages(promo_codes, program.settings), [code.id for code in promo_codes])
