"""What can be wrong with a single order: the same reasons as for rows of a table, raised at once."""

from attribution.events.event_errors import EventError, explain
from attribution.terms import RowReason


class BadRecordError(EventError):
    """A conversion or a click is not well formed. An order pipeline has nothing to set it aside in, so it raises."""

    def __init__(self, table: str, reason: RowReason, identifier: str | None, value: object = None) -> None:
        self.table = table
        self.reason = reason
        self.identifier = identifier
        self.value = value
        super().__init__(table, reason, identifier, value)

    def __str__(self) -> str:
        """Which record, the reason's name and what it means."""
        record = self.table.removesuffix("s") + ("" if self.identifier is None else f" {self.identifier!r}")
        value = None if self.value is None else str(self.value)
        return f"{record} is bad: {self.reason}: {explain(self.reason, self.identifier, value)}"


class NotAnIdError(EventError):
    """A value given as an id or a code is neither text nor an integer."""

    def __init__(self, value: object) -> None:
        self.value = value
        super().__init__(value)

    def __str__(self) -> str:
        """The value and its type."""
        return f"{self.value!r} ({type(self.value).__name__}) is no id: ids and codes are text or integers"
