"""The settings of a program: the rules that hold for all its promo codes, their defaults, and the presets."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, field_validator

from attribution.terms import DefaultCrediting, LiteralCase, RegexMatch, Resolution, Uncredited
from attribution.times import duration, duration_text, zone

PRESETS: Final[Mapping[str, Mapping[str, object]]] = {"impact.com": {"literal_case": LiteralCase.INSENSITIVE}}
"""What each preset sets. impact.com's help centre: exact codes are not case-sensitive, regex codes are."""

Lookback = Annotated[timedelta, BeforeValidator(duration), PlainSerializer(duration_text, str, when_used="json")]


class Settings(BaseModel):
    """How codes are compared, how far back a click counts, and who is credited when.

    Unknown names are refused: a misspelt setting would silently change who is paid.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    lookback: Lookback = timedelta(days=30)
    """Clicks up to so long before the conversion count: elapsed time, both ends inclusive. Text as `30d`, `12h`."""
    literal_case: LiteralCase = LiteralCase.SENSITIVE
    regex_match: RegexMatch = RegexMatch.FULL
    code_separator: Annotated[str, Field(min_length=1)] | None = None
    """Splits the text of several used codes; None takes it as one."""
    uncredited: Uncredited = Uncredited.WITHHOLD
    default_crediting: DefaultCrediting = DefaultCrediting.LAST_CLICK
    resolution: Resolution = Resolution.ONE
    timezone: str = "UTC"
    """IANA name; the local time of date-times that carry no offset."""

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        zone(name)
        return name
