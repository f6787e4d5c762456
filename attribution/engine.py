"""The front door for code: a program, compiled once, that matches used codes and credits conversions."""

import pickle
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, cast

import polars as pl

from attribution.collector import without_collector
from attribution.crediting import one
from attribution.crediting.batch import credit_table
from attribution.crediting.intake import BadRows, take_in
from attribution.crediting.results import CreditResult, Decision
from attribution.crediting.ruleset import Ruleset
from attribution.events.event_records import Click, Conversion
from attribution.events.readers import Source
from attribution.events.time_columns import parse_time
from attribution.matching import Matcher
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
        self._catalogue, self._matcher = without_collector(
            lambda: (Ruleset(program), Matcher(program.promo_codes, program.settings))
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
        conversions: Source,
        clicks: Source | None = None,
        *,
        columns: Mapping[str, str] | None = None,
        bad_rows: BadRows = "stop",
    ) -> CreditResult:
        """Credit a table of conversions against a table of clicks.

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
        self, conversions: Source, clicks: Source | None, columns: Mapping[str, str], bad_rows: BadRows
    ) -> CreditResult:
        codes, settings = self._catalogue, self._settings
        taken = take_in(conversions, clicks, columns, bad_rows, codes, settings)
        credits, verdicts = credit_table(taken.conversions, taken.path_clicks, codes, self._matcher, settings)
        return CreditResult(
            credits,
            verdicts,
            taken.rejected,
            taken.conversions_read,
            taken.conversions_rejected,
            taken.clicks,
        )

    def decide(
        self, conversion: Conversion | Mapping[str, Any], clicks: Iterable[Click | Mapping[str, Any]] = ()
    ) -> Decision:
        """Credit one order, given its customer's clicks (those of other customers are in no path).

        Mappings have the column names of a table. A conversion that carries a `click_path` is judged by that path
        alone. Agrees with `credit` on every input; raises `BadRecordError` for what would be a bad row there.
        """
        return one.decide(conversion, clicks, self._catalogue, self._matcher, self._settings)

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
        program = self._catalogue.resolve_program(None if program_id is None else str(program_id) or None)
        anywhere = program is None and self._catalogue.needs_program
        codes = self._catalogue
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
        found = self._matcher.match_column(stripped.filter(stripped != "").rename("used_code"))
        promo_codes = self._catalogue.frame.select("promo_code_id", "precedence")
        named = pl.concat([found, promo_codes.select(pl.all().gather(found["promo_index"]))], how="horizontal")
        return named.sort("used_code", "precedence").select("used_code", "promo_code_id")
