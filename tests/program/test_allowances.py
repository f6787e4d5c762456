"""Allowances in program files: what one says, and what is wrong with one."""

from typing import Any

import pytest

from attribution.program import Allowance, Program, ProgramError
from tests.program.pages import PARTNER, Write, code

SPELLED = {"check": "O001", "promo_code": 12, "until": "2026-12-31", "reason": "agreed with both partners"}


def allowed(**changes: Any) -> dict[str, Any]:
    """A right allowance with changes; a change to `...` leaves the field out."""
    return {name: value for name, value in {**SPELLED, **changes}.items() if value is not ...}


def program(*allow: Any, **settings: Any) -> dict[str, Any]:
    return {"settings": settings, "promo_codes": [code()], "allow": list(allow)}


def test_an_allowance_names_check_promo_code_end_and_reason() -> None:
    (found,) = Program.model_validate(program(allowed())).allow
    assert found.model_dump(mode="json") == {**SPELLED, "promo_code": "12", "until": "2026-12-31T23:59:59.999999Z"}


def test_its_last_day_ends_in_the_time_zone_of_the_program() -> None:
    (found,) = Program.model_validate(program(allowed(), timezone="America/New_York")).allow
    assert str(found.until) == "2027-01-01 04:59:59.999999+00:00"


def test_an_instant_is_taken_as_it_is() -> None:
    (found,) = Program.model_validate(program(allowed(until="2026-12-31T12:00:00+02:00"))).allow
    assert str(found.until) == "2026-12-31 10:00:00+00:00"


def test_allowances_of_several_files_are_put_together(file: Write) -> None:
    paths = [
        file("codes.json", program(allowed())),
        file("more.yaml", "allow:\n- {check: shadowed, promo_code: 007, until: 2026-01-31, reason: NO}\n"),
        file("page.json", {"PromoCodes": [{**PARTNER, "Id": "2"}], "allow": [allowed(promo_code="2")]}),
    ]
    found = Program.load(paths, partner_id=7).allow
    assert [(one.check, one.promo_code, one.reason) for one in found] == [
        ("O001", "12", SPELLED["reason"]),
        ("shadowed", "007", "NO"),
        ("O001", "2", SPELLED["reason"]),
    ]


def test_a_program_with_allowances_survives_being_written_and_read() -> None:
    made = Program.model_validate(program(allowed(), timezone="Asia/Tokyo"))
    assert [type(one) for one in made.allow] == [Allowance]
    assert Program.model_validate(made.model_dump(mode="json")) == made
    assert Program.model_validate(made.model_dump()) == made
    assert made.with_settings(lookback="1d").allow == made.allow


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        pytest.param(allowed(check=...), "allow[0]: check: missing; the code or the slug of the check", id="no check"),
        pytest.param(allowed(promo_code=""), "promo_code: missing; the id of the promo code", id="an empty promo code"),
        pytest.param(allowed(until=None), "until: missing; the last day on which the allowance holds", id="for ever"),
        pytest.param(allowed(until="never"), "until: 'never' is not an ISO 8601 date-time", id="no date"),
        pytest.param(allowed(until=True), "until: true is not a date-time", id="a flag for a date"),
        pytest.param(allowed(reason=" \t"), "reason: missing; why the finding is accepted", id="a blank reason"),
        pytest.param(allowed(reason=["x"]), "reason: ['x'] is not text", id="a list for a reason"),
        pytest.param(allowed(until=..., untill="2026-01-01"), "did you mean it by 'untill'?", id="a misspelt field"),
        pytest.param(
            allowed(partner="7"),
            "partner: is not known here; an allowance has check, promo_code, until, reason",
            id="an unknown field",
        ),
        pytest.param("O001", "allow[0]: 'O001' is not an object with check, promo_code, until, reason", id="text"),
    ],
)
def test_a_wrong_allowance_is_reported_with_its_place(wrong: Any, message: str) -> None:
    with pytest.raises(ProgramError) as failure:
        Program.model_validate(program(wrong))
    assert message in str(failure.value)
    assert failure.value.problems[0].place.position == "allow[0]"


def test_allowances_that_are_no_list_are_refused() -> None:
    with pytest.raises(ProgramError, match="allow: 'O001' is not a list of allowances"):
        Program.model_validate({"promo_codes": [code()], "allow": "O001"})


def test_a_file_may_have_allowances_only(file: Write) -> None:
    paths = [file("allow.json", {"allow": [allowed()]}), file("codes.json", [code()])]
    assert len(Program.load(paths).allow) == 1
