"""An allowance: one finding of validation that is known and accepted, for a reason, until a day.

It is part of the program, so that it is reviewed and versioned with it, and it ends, so that nobody forgets it.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, model_validator

from attribution.program.values import Reader, end, text

_READERS: Final[Mapping[str, Reader]] = {"check": text, "promo_code": text, "until": end, "reason": text}


class Allowance(BaseModel):
    """Silences one check for one promo code. An `until` without a time is the end of that day.

    Whether check and promo code exist is for validation to say, not for loading: a program does not stop working
    because a check was renamed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    check: str = Field(min_length=1, description="the code or the slug of the check that is silenced")
    promo_code: str = Field(min_length=1, description="the id of the promo code that the finding is about")
    until: datetime = Field(description="the last day on which the allowance holds, such as 2026-12-31")
    reason: str = Field(min_length=1, description="why the finding is accepted")

    @model_validator(mode="before")
    @classmethod
    def _read(cls, data: Any, info: ValidationInfo) -> Any:
        if not isinstance(data, Mapping):
            return data
        timezone = (info.context or {}).get("timezone", "UTC")
        said = {name: value for name, value in data.items() if not _is_blank(value)}
        return {name: _READERS[name](value, timezone) if name in _READERS else value for name, value in said.items()}


def _is_blank(value: object) -> bool:
    """Whether a field says nothing: null, or white space alone."""
    return value is None or (isinstance(value, str) and not value.strip())
