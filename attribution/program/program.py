"""A program: its settings and all its promo codes, read from files or data and checked as a whole."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, model_validator

from attribution.collector import without_collector
from attribution.program.allowance import Allowance
from attribution.program.documents import Document, document
from attribution.program.parts import Gathered, gather
from attribution.program.program_error import ProgramError
from attribution.program.program_files import Paths, read_documents
from attribution.program.promo_code import PromoCode
from attribution.program.settings import Settings


class Program(BaseModel):
    """What decides who is credited: settings, and promo codes with distinct ids, at least one.

    Made by `load`, by `model_validate` from parsed data in any shape that a file may have, or from its fields. In each
    case everything wrong is one `ProgramError`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    preset: str | None = None
    settings: Settings = Settings()
    promo_codes: tuple[PromoCode, ...]
    allow: tuple[Allowance, ...] = ()
    """What validation does not report; crediting does not look at it."""

    @model_validator(mode="before")
    @classmethod
    def _read(cls, data: Any) -> Any:
        if isinstance(data, Program):
            return data
        gathered = data if isinstance(data, Gathered) else without_collector(lambda: _sound([document(data)]))
        return {name: getattr(gathered, name) for name in cls.model_fields}

    @classmethod
    def load(
        cls,
        paths: Paths,
        *,
        partner_id: str | int | None = None,
        preset: str | None = None,
        settings: Mapping[str, Any] | Settings | None = None,
    ) -> Self:
        """The program that one file gives, or several together: pages of an API response, settings apart from codes.

        JSON (`.json`), YAML (`.yaml`, `.yml`) and the platform's bulk CSV (`.csv`). `partner_id` is the partner of the
        promo codes that name none; `preset` and `settings` override what the files say, single settings by name
        (text as in a file will do).

        110,000 promo codes of JSON, 10,000 of them patterns: 1.5 s of processor time with seven native fields each, 3 s
        as full API pages (45 MB), measured on a busy machine with two cores.
        """
        return cls.model_validate(
            without_collector(
                lambda: _sound(read_documents(paths), partner_id=partner_id, preset=preset, settings=settings)
            )
        )

    @property
    def program_ids(self) -> tuple[str, ...]:
        """The programs that the promo codes name: sorted, distinct, without those of no program."""
        return tuple(sorted({code.program_id for code in self.promo_codes if code.program_id is not None}))

    @property
    def partner_names(self) -> dict[str, str]:
        """Partner id -> the name that promo codes give the partner, the first where there are several."""
        return {code.partner_id: code.partner_name for code in reversed(self.promo_codes) if code.partner_name}

    def with_settings(self, **overrides: Any) -> Self:
        """The program with its promo codes under other settings: what would last quarter have paid?

        Takes the names and values of `Settings`. Dates were read already: another `timezone` does not move them.
        """
        same = {name: getattr(self.settings, name) for name in Settings.model_fields}
        changed = _sound([Document(settings=same, promo_codes=self.promo_codes[:1])], settings=overrides)
        return self.model_copy(update={"settings": changed.settings})


def _sound(documents: Sequence[Document], **given: Any) -> Gathered:
    """Gather the documents, with the arguments of `gather`; ProgramError with every problem."""
    gathered = gather(documents, **given)
    if gathered.problems:
        raise ProgramError(gathered.problems)
    return gathered
