"""What can be wrong with tables of events: their files, columns, types and rows; and with where results go."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from attribution.errors import AttributionError
from attribution.terms import RowReason
from attribution.text import did_you_mean, joined

if TYPE_CHECKING:
    import polars as pl

_SHOWN: Final = 5


class EventError(AttributionError):
    """A table of events cannot be read, or a table of results cannot be written."""


class SourceError(EventError):
    """What was given as a table names no files, or files that do not belong together."""

    def __init__(self, source: object, problem: str) -> None:
        self.source = source
        self.problem = problem
        super().__init__(source, problem)

    def __str__(self) -> str:
        """The source and what is wrong with it."""
        return f"{self.source}: {self.problem}"


class UnreadableFileError(SourceError):
    """A file is empty, damaged or not of the format that its name says."""


class OutputError(SourceError):
    """Results cannot be written there."""


class MissingColumnError(EventError):
    """A table lacks columns that it cannot do without. `accepted` has the names that were looked for."""

    def __init__(self, source: str, accepted: Mapping[str, Sequence[str]], present: Sequence[str]) -> None:
        self.source = source
        self.accepted = dict(accepted)
        self.present = tuple(present)
        super().__init__(source, accepted, present)

    def __str__(self) -> str:
        """Each missing column with the name most like it, then all the names there are."""
        lines = [f"{self.source}: {_columns(len(self.accepted))} missing"]
        for canonical, names in self.accepted.items():
            others = f" (or {', '.join(names[1:])})" if len(names) > 1 else ""
            lines.append(joined(f"  no {canonical}{others}", did_you_mean(*names, among=self.present)))
        lines.append(f"  columns there are: {', '.join(self.present) or 'none'}")
        lines.append("  name another column with columns={...} or --map canonical=TheirName")
        return "\n".join(lines)


class MappedColumnError(EventError):
    """A mapping of columns names a column that the table or the specification does not have."""

    def __init__(self, source: str, problem: str, name: str, allowed: Sequence[str]) -> None:
        self.source = source
        self.problem = problem
        self.name = name
        self.allowed = tuple(allowed)
        super().__init__(source, problem, name, allowed)

    def __str__(self) -> str:
        """The wrong name, the nearest right one and all right ones."""
        said = joined(f"{self.source}: {self.problem} {self.name!r}", did_you_mean(self.name, among=self.allowed))
        return f"{said}\n  there are: {', '.join(self.allowed) or 'none'}"


class WrongTypeError(EventError):
    """A column has a type that cannot be what the column is."""

    def __init__(self, source: str, column: str, canonical: str, found: "pl.DataType", accepted: str) -> None:
        self.source = source
        self.column = column
        self.canonical = canonical
        self.found = found
        self.accepted = accepted
        super().__init__(source, column, canonical, found, accepted)

    def __str__(self) -> str:
        """The column, the type it has and the types it may have."""
        read_as = "" if self.column == self.canonical else f" (read as {self.canonical})"
        return f"{self.source}: column {self.column!r}{read_as} is {self.found}; it must be {self.accepted}"


class BadRowsError(EventError):
    """Some rows are bad and were not to be set aside.

    `counts` says how many of each reason, per table; `rejected` has the first of them, in the columns of
    `schema.REJECTED`; `sources` is how to call each table in the message.
    """

    def __init__(
        self,
        counts: Mapping[str, Mapping[str, int]],
        rejected: "pl.DataFrame",
        sources: Mapping[str, str] | None = None,
    ) -> None:
        self.counts = {table: dict(reasons) for table, reasons in counts.items()}
        self.rejected = rejected
        self.sources = dict(sources or {})
        super().__init__(counts, rejected, sources)

    def __str__(self) -> str:
        """The counts by reason and the first rows of each table, then the way out."""
        lines: list[str] = []
        for table, reasons in self.counts.items():
            if total := sum(reasons.values()):
                lines += self._table(table, total, reasons)
        lines.append('nothing was written; use bad_rows="reject" (--bad-rows reject) to set them aside')
        return "\n".join(lines)

    def _table(self, table: str, total: int, reasons: Mapping[str, int]) -> Iterator[str]:
        named = self.sources.get(table, table)
        order = [str(reason) for reason in RowReason if reasons.get(reason)]
        by_reason = ", ".join(f"{reasons[reason]:,} {reason}" for reason in order)
        yield f"{total:,} bad {'row' if total == 1 else 'rows'} in {named}: {by_reason}"
        rows = [row for row in self.rejected.iter_rows(named=True) if row["table"] == table][:_SHOWN]
        several = len({row["source"] for row in rows} - {named, None}) > 0
        for row in rows:
            where = f"{row['source']} row" if several and row["source"] else "row"
            number = "" if row["row"] is None else f" {row['row']:,}"
            yield f"  {where}{number}: {explain(row['reason'], row['id'], row['value'])}"
        if total > len(rows):
            yield f"  ... and {total - len(rows):,} more"


ROW_PROBLEMS: Final[Mapping[RowReason, str]] = {
    RowReason.NO_ID: "no conversion_id",
    RowReason.NO_TIME: "no event_time",
    RowReason.UNREADABLE_TIME: "event_time {value!r} cannot be read as a time",
    RowReason.NO_PARTNER: "no partner_id",
    RowReason.DUPLICATE_ID: "conversion_id {identifier!r} is there more than once",
    RowReason.UNREADABLE_AMOUNT: "amount {value!r} cannot be read as a decimal number",
    RowReason.BAD_CLICK_PATH: "click_path has a click without partner_id or event_time: {value}",
    RowReason.NO_PROGRAM: "no program_id, and the promo codes name several programs",
}
"""What is wrong with a row of each reason, in a clause."""


def explain(reason: str, identifier: str | None, value: str | None) -> str:
    """What is wrong with one bad row, in a clause."""
    return ROW_PROBLEMS[RowReason(reason)].format(identifier=identifier, value=value)


def _columns(number: int) -> str:
    return "a column is" if number == 1 else f"{number} columns are"


@contextmanager
def reading(source: object, locate: Callable[[], tuple[str, str] | None] | None = None) -> Iterator[None]:
    """Turns what Polars and the system raise while a source is read into `UnreadableFileError`.

    `locate` looks for the place once something went wrong: the file, and what is wrong where; None if it found
    nothing.
    """
    import polars as pl  # noqa: PLC0415 -- the messages of this module serve commands that never load Polars

    try:
        yield
    except (pl.exceptions.PolarsError, OSError, UnicodeDecodeError) as error:
        found = None
        with suppress(pl.exceptions.PolarsError, OSError):
            found = locate() if locate is not None else None
        place, problem = found or (source, first_line(error))
        raise UnreadableFileError(place, f"cannot be read: {problem}") from error


def first_line(error: BaseException) -> str:
    """The part of a foreign message that says something: its first line."""
    return str(error).strip().split("\n", 1)[0] or type(error).__name__
