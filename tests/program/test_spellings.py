"""Field names of every API version give the same program."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.program import Program, ProgramError, PromoCode
from tests.program.pages import BRAND, NATIVE, PARTNER, code, only


@pytest.mark.parametrize(
    "page",
    [
        pytest.param([NATIVE], id="native"),
        pytest.param({"@page": "1", "@total": "1", "PromoCodes": [{**PARTNER, "partner_id": "77"}]}, id="partner"),
        pytest.param([BRAND], id="brand"),
    ],
)
def test_every_version_of_the_api_says_the_same(page: Any) -> None:
    assert only(page) == only({"promo_codes": [NATIVE]})


SPELLINGS = {
    "id": ["id", "Id"],
    "code": ["code", "Code", "Promo Code"],
    "match_mode": ["match_mode", "MatchMode", "Type", "Match Mode"],
    "credit_rule": ["credit_rule", "CreditRule", "CreditPolicy", "Credit Rule"],
    "partner_id": ["partner_id", "AssignedPartnerId", "Media Id"],
    "partner_name": ["partner_name", "AssignedPartnerName"],
    "program_id": ["program_id", "Program.Id", "CampaignId", "Campaign Id", "Program Id"],
    "program_name": ["program_name", "Program.Name", "CampaignName"],
    "advertiser_id": ["advertiser_id", "Advertiser.Id"],
    "advertiser_name": ["advertiser_name", "Advertiser.Name"],
    "state": ["state", "State"],
    "created_date": ["created_date", "CreatedDate"],
    "start_date": ["start_date", "StartDate", "Active Start Date"],
    "end_date": ["end_date", "EndDate", "Active End Date"],
    "deal.id": ["deal.id", "Deal.Id", "DealId", "Deal Id"],
    "deal.name": ["deal.name", "Deal.Name", "DealName", "Deal Name"],
    "deal.uri": ["deal.uri", "Deal.Uri"],
    "deal.start_date": ["deal.start_date", "DealStartDate"],
    "deal.end_date": ["deal.end_date", "DealEndDate"],
    "deal.synch_ads_promo_codes": ["deal.synch_ads_promo_codes", "SynchAdsPromoCodes"],
    "uri": ["uri", "Uri"],
}
VALUES: dict[str, Any] = {
    "match_mode": "RE",
    "credit_rule": "WINNER",
    "state": "EXPIRED",
    "created_date": "2026-01-01T00:00:00Z",
    "start_date": "2026-01-02T00:00:00+02:00",
    "end_date": "2026-01-03T00:00:00-02:00",
    "deal.start_date": "2026-01-04T00:00:00Z",
    "deal.end_date": "2026-01-05T00:00:00Z",
    "deal.synch_ads_promo_codes": True,
}


def spelled(choice: dict[str, str]) -> dict[str, Any]:
    raw: dict[str, Any] = {}
    for field, name in choice.items():
        outer, _, last = name.rpartition(".")
        (raw.setdefault(outer, {}) if outer else raw)[last] = VALUES.get(field, field)
    return raw


@given(st.fixed_dictionaries({field: st.sampled_from(names) for field, names in SPELLINGS.items()}))
def test_any_mixture_of_spellings_is_the_same_promo_code(choice: dict[str, str]) -> None:
    native = spelled({field: field for field in SPELLINGS})
    assert PromoCode.model_validate(spelled(choice)) == PromoCode.model_validate(native)


@pytest.mark.parametrize("field", SPELLINGS)
def test_a_field_given_twice_must_say_the_same_twice(field: str) -> None:
    first, second = SPELLINGS[field][:2]
    raw = spelled({name: name for name in SPELLINGS})
    raw.pop(field, None)
    other = {"match_mode": "LI", "credit_rule": "ALWAYS", "state": "ACTIVE", "deal.synch_ads_promo_codes": False}
    change = other.get(field, "2020-01-01" if field.endswith("date") else "other")
    for name, value in [(first, VALUES.get(field, field)), (second, change)]:
        outer, _, last = name.rpartition(".")
        (raw.setdefault(outer, {}) if outer else raw)[last] = value
    with pytest.raises(ProgramError, match="given twice with different values") as failure:
        Program.model_validate([raw])
    assert first in str(failure.value)
    assert second in str(failure.value)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({"CampaignId": 5}, {"program_id": "5"}, id="an integer and its text"),
        pytest.param({"CampaignId": ""}, {"program_id": "5"}, id="nothing and something"),
        pytest.param(
            {"StartDate": "2026-01-01T01:00:00+01:00", "program_id": "5"},
            {"start_date": "2026-01-01T00:00:00Z"},
            id="one instant in two time zones",
        ),
    ],
)
def test_the_same_said_twice_is_no_contradiction(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert only([code(**one, **other)]).program_id == "5"


@pytest.mark.parametrize("kind", ["TRACKING", "", None])
def test_the_type_of_a_bulk_row_is_not_its_match_mode(kind: str | None) -> None:
    promo_code = only([{**code(match_mode=...), "Match Mode": "LI", "Type": kind}])
    assert promo_code.match_mode == "LI"
    assert promo_code.model_extra == {"Type": kind}


@pytest.mark.parametrize(
    ("given", "text"),
    [
        pytest.param(7, "7", id="an integer"),
        pytest.param(10**30, "1" + "0" * 30, id="a large integer"),
        pytest.param("007", "007", id="leading zeros"),
        pytest.param("1E10", "1E10", id="looks like a number"),
        pytest.param("true", "true", id="looks like a truth value"),
        pytest.param(" 7", " 7", id="white space"),
    ],
)
@pytest.mark.parametrize("field", ["id", "code", "partner_id", "program_id"])
def test_an_id_is_the_text_it_was_given_as(field: str, given: object, text: str) -> None:
    assert getattr(only([code(**{field: given})]), field) == text


@pytest.mark.parametrize("wrong", [True, 1.5, 7.0, ["7"], {"a": 1}, b"7"], ids=repr)
@pytest.mark.parametrize("field", ["id", "code", "partner_id", "program_id"])
def test_what_is_neither_text_nor_integer_is_no_id(field: str, wrong: object) -> None:
    with pytest.raises(ProgramError, match="is not text"):
        Program.model_validate([code(**{field: wrong})])


@pytest.mark.parametrize("nothing", [None, "", ...], ids=["null", "empty", "absent"])
@pytest.mark.parametrize("field", ["id", "code", "match_mode", "credit_rule", "partner_id"])
def test_a_promo_code_needs_its_five_fields(field: str, nothing: object) -> None:
    with pytest.raises(ProgramError, match="missing") as failure:
        Program.model_validate([code(**{field: nothing})])
    (problem,) = failure.value.problems
    assert problem.place.field == field


@pytest.mark.parametrize("nothing", [None, "", ...], ids=["null", "empty", "absent"])
@pytest.mark.parametrize("field", [field for field in SPELLINGS if "." not in field and field not in code()] + ["deal"])
def test_every_other_field_may_be_missing(field: str, nothing: object) -> None:
    assert getattr(only([code(**{field: nothing})]), field) is None


def test_unknown_fields_are_kept_where_they_were() -> None:
    raw = {
        **code(),
        "DiscountAmount": 5.0,
        "Program": {"Id": "5", "LogoUri": "/logo"},
        "Deal": {"Id": "3", "Scope": "PRODUCT"},
        "DealState": "ACTIVE",
    }
    promo_code = only([raw])
    assert promo_code.model_extra == {"DiscountAmount": 5.0, "Program": {"LogoUri": "/logo"}, "DealState": "ACTIVE"}
    assert promo_code.deal.model_extra == {"Scope": "PRODUCT"}


def test_a_flag_without_a_deal_replaces_nothing() -> None:
    promo_code = only([code(SynchAdsPromoCodes=True, DealId="", start_date="2026-01-01")])
    assert promo_code.deal is None
    assert promo_code.start_date is not None
