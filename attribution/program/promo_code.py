"""One configured promo code and its deal, as records; every API version's spelling of their fields is understood.

`start_date` and `end_date` are the effective ones: where the deal's dates replace the code's, they already have.
Both ends are inclusive, and a missing end is open. All date-times are aware, in UTC, with microseconds.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, assert_never

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, model_validator

from attribution.program.normal import Ready, normal_deal, normal_promo_code
from attribution.terms import CreditRule, MatchMode, State


class Deal(BaseModel):
    """The offer behind a promo code. With `synch_ads_promo_codes` its dates are the promo code's."""

    model_config = ConfigDict(frozen=True, extra="allow")

    id: str | None = None
    name: str | None = None
    uri: str | None = None
    start_date: datetime | None = None
    end_date: datetime | None = None
    synch_ads_promo_codes: bool = False

    @model_validator(mode="before")
    @classmethod
    def _read(cls, data: Any) -> Any:
        return normal_deal(data) if isinstance(data, Mapping) and not isinstance(data, Ready) else data


class PromoCode(BaseModel):
    """One configured rule: which used codes it matches, whom it credits, and when that partner is credited.

    Fields that the platform adds are kept, under their own names, in `model_extra`.
    """

    model_config = ConfigDict(frozen=True, extra="allow")

    id: Annotated[str, Field(min_length=1)]
    code: Annotated[str, Field(min_length=1)]
    match_mode: MatchMode
    credit_rule: CreditRule
    partner_id: Annotated[str, Field(min_length=1)]
    partner_name: str | None = None
    program_id: str | None = None
    program_name: str | None = None
    advertiser_id: str | None = None
    advertiser_name: str | None = None
    state: State | None = None
    created_date: datetime | None = None
    start_date: datetime | None = None
    end_date: datetime | None = None
    deal: Deal | None = None
    uri: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _read(cls, data: Any, info: ValidationInfo) -> Any:
        if not isinstance(data, Mapping):
            return data
        context = info.context or {}
        return normal_promo_code(data, context.get("timezone", "UTC"), context.get("partner_id"))

    @property
    def never_active(self) -> bool:
        """Whether the State rules out every date, because the date that it implies is missing."""
        match self.state:
            case None | State.ACTIVE:
                return False
            case State.EXPIRED | State.INACTIVE:
                return self.end_date is None
            case State.FUTUREDATE:
                return self.start_date is None
        assert_never(self.state)

    def is_active(self, at: datetime) -> bool:
        """Whether a conversion at this instant, an aware date-time, can match; both ends are inclusive."""
        if self.never_active:
            return False
        return (self.start_date is None or self.start_date <= at) and (self.end_date is None or at <= self.end_date)
