"""When promo codes are active, and which of several are active at some time of a period."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.program import PromoCode
from attribution.validation.periods import FIRST, LAST, Period, Periods, period
from tests.validation.literals.looking import AS_OF, promo

DAYS = [AS_OF + timedelta(days=day) for day in range(6)]
small_periods = st.lists(st.sampled_from(DAYS), min_size=2, max_size=2).map(lambda ends: Period(*sorted(ends)))


@given(st.lists(small_periods, max_size=5), small_periods)
def test_of_periods_that_overlap_one_is_found(members: list[Period], asked: Period) -> None:
    overlapping = [index for index, one in enumerate(members) if one.start <= asked.end and asked.start <= one.end]
    found = Periods([(one, index) for index, one in enumerate(members)]).overlapping(asked)
    assert found in overlapping if overlapping else found is None


@pytest.mark.parametrize(
    ("first", "second", "common"),
    [
        pytest.param((0, 1), (1, 2), True, id="one instant in common"),
        pytest.param((0, 1), (2, 3), False, id="one after the other"),
        pytest.param((0, 3), (1, 2), True, id="one within the other"),
    ],
)
def test_periods_overlap_where_they_have_an_instant_in_common(
    first: tuple[int, int], second: tuple[int, int], common: bool
) -> None:
    one, other = (Period(*(DAYS[day] for day in ends)) for ends in (first, second))
    assert one.overlaps(other) is other.overlaps(one) is common


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({}, Period(FIRST, LAST), id="no dates"),
        pytest.param({"start_date": DAYS[1]}, Period(DAYS[1], LAST), id="open end"),
        pytest.param({"end_date": DAYS[1]}, Period(FIRST, DAYS[1]), id="open start"),
        pytest.param({"start_date": DAYS[1], "end_date": DAYS[1]}, Period(DAYS[1], DAYS[1]), id="one instant"),
        pytest.param({"start_date": DAYS[2], "end_date": DAYS[1]}, None, id="the end first"),
        pytest.param({"state": "INACTIVE"}, None, id="ended nobody knows when"),
        pytest.param({"state": "FUTUREDATE", "end_date": DAYS[1]}, None, id="to come nobody knows when"),
        pytest.param({"state": "INACTIVE", "end_date": DAYS[1]}, Period(FIRST, DAYS[1]), id="ended on a day"),
    ],
)
def test_a_code_is_active_in_a_period_or_never(fields: dict[str, object], expected: Period | None) -> None:
    code = PromoCode.model_validate(promo("A1", **fields))
    assert period(code) == expected
    assert any(code.is_active(day) for day in (FIRST, *DAYS, LAST)) is (expected is not None)
