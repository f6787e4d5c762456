"""What a command was told to read, as the library takes it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from attribution.program import Program


@dataclass(frozen=True, slots=True)
class ProgramFiles:
    """The files of a program, and what overrides them."""

    paths: Sequence[str]
    partner_id: str | None
    preset: str | None
    settings: Mapping[str, str]

    def load(self) -> Program:
        """The program."""
        paths, overrides = list(self.paths), self.settings or None
        return Program.load(paths, partner_id=self.partner_id, preset=self.preset, settings=overrides)


@dataclass(frozen=True, slots=True)
class Tables:
    """Where conversions and clicks are, and how their columns are called there; or a history that stands for both."""

    conversions: list[str]
    clicks: list[str] | None
    columns: Mapping[str, str]
    history: str | None = None

    @property
    def paths(self) -> list[str]:
        """All paths that are read."""
        return [*self.conversions, *(self.clicks or ()), *([] if self.history is None else [self.history])]
