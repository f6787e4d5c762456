"""An allowance: one finding of validation that is known and accepted, for a reason, until a day.

It is part of the program, so that it is reviewed and versioned with it, and it ends, so that nobody forgets it.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, model_validator

from attribution.program.values import Reader, end, text

MEANINGS: Final[Mapping[str, str]] = {
    "check": "the code or the slug of the check that is silenced",
    "promo_code": "the id of the promo code that the finding is about",
    "until": "the last day on which the allowance holds, such as 2026-12-31",
    "reason": "why the finding is accepted",
}
_READERS: Final[Mapping[str, Reader]] = {"check": text, "promo_code": text, "until": end, "reason": text}


class Allowance(BaseModel):
    """Silences one check for one promo code, up to and including `until`.

    `check` is a code or a slug, `promo_code` the id of the promo code that the finding is about. A date without a time
    is the end of that day. Whether check and promo code exist is for validation to say, not for loading: a program
    does not stop working because a check was renamed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    check: Annotated[str, Field(min_length=1)]
    promo_code: Annotated[str, Field(min_length=1)]
    until: datetime
    reason: Annotated[str, Field(min_length=1)]

    @model_validator(mode="before")
    @classmethod
    def _read(cls, data: Any, info: ValidationInfo) -> Any:
        if not isinstance(data, Mapping):
            return data
        timezone = (info.context or {}).get("timezone", "UTC")
        return {name: _value(name, value, timezone) for name, value in data.items() if not _is_blank(value)}


def _is_blank(value: object) -> bool:
    """Whether a field says nothing: null, or white space alone."""
    return value is None or (isinstance(value, str) and not value.strip())


def _value(name: str, value: object, timezone: str) -> object:
    reader = _READERS.get(name)
    return value if reader is None else reader(value, timezone)
